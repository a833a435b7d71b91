"""Addresses of publicity, under ``/work/publicity/``."""

from django.urls import URLPattern, path

from jitasa.publicity.views import board, broadcasts, campaigns, channels, files, home, materials, post

app_name = "publicity"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("materials/", materials.materials, name="materials"),
    path("materials.xlsx", materials.materials_xlsx, name="materials_xlsx"),
    path("materials/new/", materials.material_new, name="material_new"),
    path("materials/<number:pk>/", materials.material, name="material"),
    path("materials/<number:pk>/edit/", materials.material_edit, name="material_edit"),
    path("materials/<number:pk>/withdraw/", materials.material_withdraw, name="material_withdraw"),
    path("materials/<number:pk>/files/", files.files, name="files"),
    path("materials/<number:pk>/files/add/", files.file_add, name="file_add"),
    path("files/<number:pk>/remove/", files.file_remove, name="file_remove"),
    path("files/<number:pk>/<slug:variant>/", files.file, name="file"),
    path("files/<number:pk>/<slug:variant>/view/", files.preview, name="preview"),
    path("public/<number:pk>/<slug:variant>/", files.public_file, name="public_file"),
    path("public/<number:pk>/<slug:variant>/view/", files.public_preview, name="public_preview"),
    path("channels/", channels.channels, name="channels"),
    path("channels.xlsx", channels.channels_xlsx, name="channels_xlsx"),
    path("channels/new/", channels.channel_new, name="channel_new"),
    path("channels/<number:pk>/", channels.channel, name="channel"),
    path("channels/<number:pk>/retire/", channels.channel_retire, name="channel_retire"),
    path("channels/<number:pk>/restore/", channels.channel_restore, name="channel_restore"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/<uuid:uuid>/", campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:uuid>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("campaigns/<uuid:uuid>/send/", campaigns.campaign_send, name="campaign_send"),
    path("campaigns/<uuid:uuid>/stop/", campaigns.campaign_stop, name="campaign_stop"),
    path("campaigns/<uuid:uuid>/remind/", campaigns.campaign_remind, name="campaign_remind"),
    path("campaigns/<uuid:uuid>/progress/", campaigns.campaign_progress, name="campaign_progress"),
    path("campaigns/<uuid:uuid>/offices.xlsx", campaigns.campaign_xlsx, name="campaign_xlsx"),
    path("broadcasts/", broadcasts.broadcasts, name="broadcasts"),
    path("broadcasts.xlsx", broadcasts.broadcasts_xlsx, name="broadcasts_xlsx"),
    path("broadcasts/new/", broadcasts.broadcast_new, name="broadcast_new"),
    path("broadcasts/<number:pk>/", broadcasts.broadcast, name="broadcast"),
    path("broadcasts/<number:pk>/withdraw/", broadcasts.broadcast_withdraw, name="broadcast_withdraw"),
    path("broadcasts/<number:pk>/photo/", broadcasts.broadcast_photo, name="broadcast_photo"),
    path("board/", board.board, name="board"),
    path("board.xlsx", board.board_xlsx, name="board_xlsx"),
    path("activities/<uuid:uuid>/post/", post.page, name="post"),
    path("activities/<uuid:uuid>/card-<slug:shape>.png", post.card, name="post_card"),
]
