from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "jitasa.ui"
    verbose_name = "ส่วนแสดงผล"
