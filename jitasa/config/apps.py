from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    name = "jitasa.config"
    verbose_name = "ตั้งค่า"

    def ready(self) -> None:
        from jitasa.config.checks import INSTALLATION, data_is_private, limits_hold
        from jitasa.config.observing.logs import watch_statements

        register(data_is_private, INSTALLATION)
        register(limits_hold, INSTALLATION)
        watch_statements()
