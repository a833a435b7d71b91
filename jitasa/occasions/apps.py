from django.apps import AppConfig


class OccasionsConfig(AppConfig):
    name = "jitasa.occasions"
    verbose_name = "วันสำคัญ"
