from django.urls import URLPattern, path

from jitasa.occasions.views import calendar, editing, feeds

app_name = "occasions"
urlpatterns: list[URLPattern] = [
    path("", calendar.calendar, name="calendar"),
    path("manage/", editing.listing, name="list"),
    path("add/", editing.add, name="add"),
    path("fill/", editing.fill, name="fill"),
    path("adopt/", editing.adopt, name="adopt"),
    path("<number:pk>/", editing.one, name="edit"),
    path("<number:pk>/order/", editing.order_file, name="order"),
    path("<number:pk>/retire/", editing.retire, name="retire"),
    path("<number:pk>/restore/", editing.restore, name="restore"),
]
# At the root of the site: calendar programs keep these addresses for years.
feed_urlpatterns: list[URLPattern] = [
    path("calendar.ics", feeds.national, name="calendar_feed"),
    path("calendar/<str:code>.ics", feeds.of_office, name="calendar_feed_office"),
]
