from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "jitasa.api"
    verbose_name = "API"
