from django.apps import AppConfig


class CompilationConfig(AppConfig):
    name = "jitasa.compilation"
    verbose_name = "รวบรวม"

    def ready(self) -> None:
        from jitasa.checking import Check, register
        from jitasa.compilation.services import keep_files

        register(Check("compilation.file", keep_files.missing_files, keep_files.forget_missing))
