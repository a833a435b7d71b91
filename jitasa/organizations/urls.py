from django.urls import URLPattern, URLResolver, include, path

app_name = "organizations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", include("jitasa.organizations.people_urls")),
]
