from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class AuditConfig(AppConfig):
    name = "jitasa.audit"
    verbose_name = "บันทึกการใช้งาน"

    def ready(self) -> None:
        """Collect what every app calls its acts."""
        from jitasa.audit.labels import register

        for app in apps.get_app_configs():
            module = f"{app.name}.audit_labels"
            if app.name.startswith("jitasa.") and find_spec(module) is not None:
                words = import_module(module)
                register(words.LABELS, getattr(words, "FIELDS", None), getattr(words, "VALUES", None))
