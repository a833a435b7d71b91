from django.urls import URLPattern, path

from jitasa.home import views

app_name = "home"
urlpatterns: list[URLPattern] = [path("", views.start, name="start")]
