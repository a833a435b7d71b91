"""Addresses under ``/work/review/``."""

from django.urls import URLPattern, path

from jitasa.activities.views import review, review_bulk, review_compare

app_name = "review"
urlpatterns: list[URLPattern] = [
    path("", review.mailbox, name="list"),
    path("accept-many/", review_bulk.accept_chosen, name="accept_many"),
    path("selectable/", review_bulk.selectable_now, name="selectable"),
    path("<uuid:uuid>/", review.record, name="record"),
    path("<uuid:uuid>/accept/", review.accept_record, name="accept"),
    path("<uuid:uuid>/return/", review.send_back, name="return"),
    path("<uuid:uuid>/undo/", review.undo, name="undo"),
    path("<uuid:uuid>/compare/<uuid:other>/", review_compare.compare, name="compare"),
]
