from django.apps import AppConfig


class ManualConfig(AppConfig):
    name = "jitasa.manual"
    verbose_name = "คู่มือ"
