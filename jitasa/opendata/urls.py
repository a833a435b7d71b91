"""Addresses of the open data, under ``/opendata/``. Public."""

from django.urls import URLPattern

app_name = "opendata"
urlpatterns: list[URLPattern] = []
