from django.urls import URLPattern, path

from jitasa.audit import views

app_name = "audit"
urlpatterns: list[URLPattern] = [path("", views.entries, name="list")]
