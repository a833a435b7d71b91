"""Addresses of letters: the page (writing, issuing, documents) and its way (inbox, registers, following)."""

from django.urls import URLPattern

from jitasa.letters.urls_page import page_urlpatterns
from jitasa.letters.urls_way import way_urlpatterns

app_name = "letters"
urlpatterns: list[URLPattern] = [*page_urlpatterns, *way_urlpatterns]
