from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "jitasa.config"
    verbose_name = "ตั้งค่า"
