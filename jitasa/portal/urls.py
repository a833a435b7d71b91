"""Addresses of the public site, under ``/``, and of its desk for officers, under ``/work/portal/``.

Short, readable and for ever: what stands here is printed, shared and linked (docs/adr/0007). Every page
also answers under ``/en/`` in English.
"""

from django.urls import URLPattern, path

from jitasa.portal.urls_services import desk, services
from jitasa.portal.views import activities

app_name = "portal"

pages: list[URLPattern] = [
    path("activities/", activities.activities, name="activities"),
]
urlpatterns: list[URLPattern] = [*pages, *services]
work_urlpatterns: list[URLPattern] = [*desk]
