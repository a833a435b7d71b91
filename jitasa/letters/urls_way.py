"""Addresses of a letter's way."""

from django.urls import URLPattern

way_urlpatterns: list[URLPattern] = []
