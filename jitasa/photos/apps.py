from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "jitasa.photos"
    verbose_name = "ภาพ"
