from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "jitasa.portal"
    verbose_name = "เว็บสาธารณะ"
