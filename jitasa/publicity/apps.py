from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "jitasa.publicity"
    verbose_name = "ประชาสัมพันธ์"

    def ready(self) -> None:
        """Let ``jitasa check`` count again what this app keeps."""
        from jitasa.checking import register
        from jitasa.publicity.services.check import CHECK

        register(CHECK)
