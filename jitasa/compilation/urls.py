from django.urls import URLPattern

app_name = "compilation"
urlpatterns: list[URLPattern] = []
