from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "jitasa.publicity"
    verbose_name = "ประชาสัมพันธ์"
