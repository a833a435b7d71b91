from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jitasa.audit"
    verbose_name = "บันทึกการใช้งาน"
