from django.apps import AppConfig


class OpenRosaConfig(AppConfig):
    name = "jitasa.openrosa"
    verbose_name = "OpenRosa"
