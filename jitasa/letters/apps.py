from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "jitasa.letters"
    verbose_name = "หนังสือ"

    def ready(self) -> None:
        """Let ``jitasa check`` count again what this app keeps."""
        from jitasa.checking import register
        from jitasa.letters.services.check import CHECK

        register(CHECK)
