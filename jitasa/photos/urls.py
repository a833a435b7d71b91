from django.urls import path, register_converter

from jitasa.photos import views
from jitasa.photos.converters import Sha256Converter, SizeConverter

register_converter(Sha256Converter, "sha256")
register_converter(SizeConverter, "photo_size")

app_name = "photos"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("missing/", views.missing, name="missing"),
    path("<sha256:sha256>/<photo_size:size>.jpg", views.file, name="file"),
    path("<sha256:sha256>/<photo_size:size>/tile/", views.tile, name="tile"),
]
