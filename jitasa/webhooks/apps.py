from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "jitasa.webhooks"
    verbose_name = "Webhooks"
