from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "jitasa.documents"
    verbose_name = "เอกสาร"
