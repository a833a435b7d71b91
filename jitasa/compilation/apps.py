from django.apps import AppConfig


class CompilationConfig(AppConfig):
    name = "jitasa.compilation"
    verbose_name = "รวบรวม"

    def ready(self) -> None:
        """Let ``jitasa check`` look for the files that this app keeps."""
        from jitasa.checking import register
        from jitasa.compilation.services.check_kept_files import CHECK

        register(CHECK)
