"""Addresses under ``/work/webhooks/``."""

from django.urls import URLPattern, path

from jitasa.webhooks import views

app_name = "webhooks"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<number:pk>/", views.detail, name="detail"),
    path("<number:pk>/try/", views.try_now, name="try"),
    path("<number:pk>/on/", views.on, name="on"),
    path("<number:pk>/revoke/", views.revoke, name="revoke"),
]
