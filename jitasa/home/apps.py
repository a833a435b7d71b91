from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "jitasa.home"
    verbose_name = "หน้าแรก"
