"""Addresses: the API under ``/api/v1/``, and the office's tokens under ``/work/api/``."""

from django.urls import URLPattern, path

from jitasa.api.v1 import api
from jitasa.api.views import docs, tokens

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("openapi.json", docs.openapi, name="openapi"),
    path("docs", docs.docs, name="docs"),
]
work_urlpatterns: list[URLPattern] = [
    path("", tokens.tokens, name="tokens"),
    path("new/", tokens.new, name="new"),
    path("<number:pk>/revoke/", tokens.revoke, name="revoke"),
]
_patterns, _app, _space = api.urls
# without ninja's page at the root, which would lead to its own documentation
operations = ([each for each in _patterns if getattr(each, "name", "") != "api-root"], _app, _space)
