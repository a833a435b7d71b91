"""Addresses of what stands beside the pages: pictures, requests about them, feeds, pages about the site."""

from django.urls import URLPattern, path

from jitasa.photos import converters  # noqa: F401 (registers <photo_size:…>)
from jitasa.portal.views import pictures

services: list[URLPattern] = [
    path("pictures/<int:pk>-<photo_size:size>.jpg", pictures.picture, name="picture"),
]
desk: list[URLPattern] = []
