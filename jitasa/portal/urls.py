"""Addresses of the public site, under ``/``, and of its desk for officers, under ``/work/portal/``.

Short, readable and for ever: what stands here is printed, shared and linked (docs/adr/0007). Every page
also answers under ``/en/`` in English.
"""

from django.urls import URLPattern, path

from jitasa.portal.urls_services import desk, services
from jitasa.portal.views import activities, calendar, materials, pages, receipts
from jitasa.portal.views import map as map_views

app_name = "portal"

public: list[URLPattern] = [
    path("activities/", activities.activities, name="activities"),
    path("a/<str:number>/", activities.activity, name="activity"),
    path("map/", map_views.map_page, name="map"),
    path("map/points.json", map_views.map_points, name="map_points"),
    path("o/<str:code>/", pages.office, name="office"),
    path("d/<str:code>/", pages.district, name="district"),
    path("p/<str:code>/", pages.province, name="province"),
    path("materials/", materials.materials, name="materials"),
    path("materials/<number:pk>/", materials.material, name="material"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("days/", calendar.year_list, name="days"),
    path("days/<number:year>/<slug:code>/", calendar.day, name="day"),
    path("days/<number:year>/<slug:code>/<str:province>/", calendar.day, name="day_of_province"),
]
urlpatterns: list[URLPattern] = [*public, *services]
work_urlpatterns: list[URLPattern] = [*desk]
receipt_urlpatterns: list[URLPattern] = [
    path("", receipts.receipts, name="receipts"),
    path("<str:code>/", receipts.receipt, name="receipt"),
]
