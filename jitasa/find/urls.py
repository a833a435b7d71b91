"""Addresses under ``/work/``."""

from django.urls import URLPattern, path

from jitasa.find.views import saved, search

app_name = "find"
urlpatterns: list[URLPattern] = [
    path("search/", search.search, name="search"),
    path("views/", saved.views, name="views"),
    path("views/new/", saved.view_new, name="view_new"),
    path("views/<number:pk>/", saved.view_edit, name="view_edit"),
    path("views/<number:pk>/remove/", saved.view_remove, name="view_remove"),
]
