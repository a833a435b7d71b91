from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "jitasa.organizations"
    verbose_name = "ทะเบียนหน่วยงาน"
