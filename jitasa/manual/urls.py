"""Addresses under ``/manual/``."""

from django.urls import URLPattern, path

from jitasa.manual import views

app_name = "manual"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("print/", views.whole, name="print"),
    path("<slug:slug>/", views.chapter, name="chapter"),
]
