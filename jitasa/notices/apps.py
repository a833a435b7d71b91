from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "jitasa.notices"
    verbose_name = "แจ้งเตือน"
