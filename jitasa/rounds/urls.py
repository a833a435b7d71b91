from django.urls import URLPattern, path

from jitasa.rounds.views import items, rounds, settings

app_name = "rounds"
urlpatterns: list[URLPattern] = [
    path("", settings.hub, name="settings"),
    path("months/", rounds.listing, name="list"),
    path("months/<str:month>/", rounds.one, name="round"),
    path("lists/<slug:slug>/", items.listing, name="items"),
    path("lists/<slug:slug>/add/", items.add, name="item_add"),
    path("lists/<slug:slug>/<number:pk>/", items.edit, name="item_edit"),
    path("lists/<slug:slug>/<number:pk>/move/", items.move, name="item_move"),
    path("lists/<slug:slug>/<number:pk>/retire/", items.retire, name="item_retire"),
    path("lists/<slug:slug>/<number:pk>/restore/", items.restore, name="item_restore"),
    path("lists/<slug:slug>/history/<slug:code>/", items.history, name="item_history"),
]
