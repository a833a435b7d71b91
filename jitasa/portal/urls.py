"""Addresses of the public site, under ``/``, and of its desk for officers, under ``/work/portal/``."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []
work_urlpatterns: list[URLPattern] = []
