from django.apps import AppConfig


class FindConfig(AppConfig):
    name = "jitasa.find"
    verbose_name = "ค้นหา"
