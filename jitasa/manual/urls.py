from django.urls import URLPattern

app_name = "manual"
urlpatterns: list[URLPattern] = []
