"""Addresses under ``/work/``."""

from django.urls import URLPattern, path

from jitasa.find import views

app_name = "find"
urlpatterns: list[URLPattern] = [path("search/", views.search, name="search")]
