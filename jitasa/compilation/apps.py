from django.apps import AppConfig


class CompilationConfig(AppConfig):
    name = "jitasa.compilation"
    verbose_name = "รวบรวม"
