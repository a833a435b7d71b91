from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "jitasa.sheets"
    verbose_name = "Excel"
