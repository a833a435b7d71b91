"""Addresses of publicity, under ``/work/publicity/``."""

from django.urls import URLPattern, path

from jitasa.publicity.views import post

app_name = "publicity"
urlpatterns: list[URLPattern] = [
    path("activities/<uuid:uuid>/post/", post.page, name="post"),
    path("activities/<uuid:uuid>/card-<slug:shape>.png", post.card, name="post_card"),
]
