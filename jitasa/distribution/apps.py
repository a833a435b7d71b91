from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "jitasa.distribution"
    verbose_name = "การส่งถึงหน่วยงาน"
