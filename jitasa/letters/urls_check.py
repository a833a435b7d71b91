"""The address printed on letters, for ever: whether the paper is true."""

from django.urls import URLPattern, path

from jitasa.letters.views.check import check

check_urlpatterns: list[URLPattern] = [path("<uuid:uuid>/<str:code>/", check, name="letter_check")]
