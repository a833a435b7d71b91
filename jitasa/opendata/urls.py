"""Addresses of the open data, under ``/opendata/``. Public and permanent."""

from django.urls import URLPattern, path

from jitasa.opendata.views import catalogue, downloads, pages

app_name = "opendata"
urlpatterns: list[URLPattern] = [
    path("", pages.index, name="index"),
    path("catalog.jsonld", catalogue.catalog, name="catalog"),
    path("<slug:slug>/", pages.dataset, name="dataset"),
    path("<slug:slug>/dictionary.<slug:form>", catalogue.dictionary, name="dictionary"),
    path(
        "<slug:slug>/v<number:number>.<slug:form>.sha256", downloads.version_checksum, name="version_checksum"
    ),
    path("<slug:slug>/v<number:number>.<slug:form>", downloads.version, name="version"),
    path("<slug:slug>.<slug:form>.sha256", downloads.checksum, name="checksum"),
    path("<slug:slug>.<slug:form>", downloads.latest, name="download"),
]
