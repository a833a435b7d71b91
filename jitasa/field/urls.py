"""Addresses: the page and its worker are the same for everybody; what an office needs is under ``/work/field/``."""

from django.urls import URLPattern, path

from jitasa.field.views import desk, pages

app_name = "field"
urlpatterns: list[URLPattern] = [
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("sw.js", pages.worker, name="worker"),
    path("field/", pages.shell, name="shell"),
    path("field/share/", pages.share, name="share"),
]
work_urlpatterns: list[URLPattern] = [path("desk.json", desk.desk, name="desk")]
