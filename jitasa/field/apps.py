from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "jitasa.field"
    verbose_name = "บันทึกนอกสถานที่"
