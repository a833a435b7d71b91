from django.urls import path

from jitasa.photos import (
    converters,  # noqa: F401 (registers <sha256:…> and <photo_size:…>)
    views,
)

app_name = "photos"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("<sha256:sha256>/", views.piece, name="piece"),
    path("missing/", views.missing, name="missing"),
    path("<sha256:sha256>/<photo_size:size>.jpg", views.file, name="file"),
    path("<sha256:sha256>/<photo_size:size>/tile/", views.tile, name="tile"),
]
