from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "jitasa.demo"
    verbose_name = "ข้อมูลสาธิต"
