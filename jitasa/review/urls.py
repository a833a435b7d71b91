"""Addresses under ``/work/review/``."""

from django.urls import URLPattern, path

from jitasa.review.views import bulk, comments, compare, inbox

app_name = "review"
urlpatterns: list[URLPattern] = [
    path("", inbox.mailbox, name="list"),
    path("accept-many/", bulk.accept_chosen, name="accept_many"),
    path("selectable/", bulk.selectable_now, name="selectable"),
    path("<uuid:uuid>/", inbox.record, name="record"),
    path("<uuid:uuid>/photos/", inbox.photos, name="photos"),
    path("<uuid:uuid>/accept/", inbox.accept_record, name="accept"),
    path("<uuid:uuid>/return/", inbox.send_back, name="return"),
    path("<uuid:uuid>/undo/", inbox.undo, name="undo"),
    path("<uuid:uuid>/comment/", comments.add, name="comment"),
    path("<uuid:uuid>/compare/<uuid:other>/", compare.compare, name="compare"),
]
