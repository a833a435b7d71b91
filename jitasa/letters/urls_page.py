"""Addresses of writing, issuing and printing letters."""

from django.urls import URLPattern

page_urlpatterns: list[URLPattern] = []
