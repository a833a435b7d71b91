from django.urls import URLPattern, path

from jitasa.notices import views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("", views.notices, name="list"),
    path("<number:pk>/read/", views.read, name="read"),
    path("own/<number:pk>/read/", views.read_personal, name="read_personal"),
    path("read-all/", views.read_all, name="read_all"),
]
