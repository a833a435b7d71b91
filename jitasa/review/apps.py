from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "jitasa.review"
    verbose_name = "การตรวจ"
