from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "jitasa.activities"
    verbose_name = "กิจกรรม"
