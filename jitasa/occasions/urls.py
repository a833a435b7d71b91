from django.urls import URLPattern, path

from jitasa.occasions import views

app_name = "occasions"
urlpatterns: list[URLPattern] = [
    path("", views.listing, name="list"),
    path("add/", views.add, name="add"),
    path("fill/", views.fill, name="fill"),
    path("<int:pk>/", views.one, name="edit"),
    path("<int:pk>/retire/", views.retire, name="retire"),
    path("<int:pk>/restore/", views.restore, name="restore"),
]
