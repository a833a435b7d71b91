from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jitasa.accounts"
    verbose_name = "ผู้ใช้"
