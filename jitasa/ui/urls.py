from django.urls import URLPattern, path

from jitasa.ui import views

app_name = "ui"
urlpatterns: list[URLPattern] = [path("", views.gallery, name="gallery")]
