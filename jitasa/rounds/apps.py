from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "jitasa.rounds"
    verbose_name = "รอบรายงาน"
