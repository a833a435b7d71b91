from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "jitasa.opendata"
    verbose_name = "ข้อมูลเปิด"
