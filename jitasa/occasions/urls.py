from django.urls import URLPattern

app_name = "occasions"
urlpatterns: list[URLPattern] = []
