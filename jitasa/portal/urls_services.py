"""Addresses of what stands beside the pages: pictures, requests about them, feeds, pages about the site."""

from django.urls import URLPattern, path

from jitasa.photos import converters  # noqa: F401 (registers <photo_size:…>)
from jitasa.portal.views import cards, feeds, pictures, sitemaps, static_pages, takedown
from jitasa.portal.views import desk as desk_views

services: list[URLPattern] = [
    path("pictures/<number:pk>-<photo_size:size>.jpg", pictures.picture, name="picture"),
    path("pictures/<number:pk>/request/", takedown.takedown, name="takedown"),
    path("pictures/requests/<slug:token>/", takedown.answer, name="takedown_answer"),
    path("about/", static_pages.about, name="about"),
    path("contact/", static_pages.contact, name="contact"),
    path("privacy/", static_pages.privacy, name="privacy"),
    path("accessibility/", static_pages.accessibility, name="accessibility"),
    path("site-map/", static_pages.sitemap_page, name="sitemap_page"),
    path("robots.txt", static_pages.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.part, name="sitemap_part"),
    path("feed.atom", feeds.newest, name="feed"),
    path("o/<str:code>/feed.atom", feeds.of_office, name="feed_office"),
    path("a/<str:number>/card-<slug:shape>.png", cards.card, name="card"),
]
desk: list[URLPattern] = [
    path("requests/", desk_views.requests, name="requests"),
    path("requests/register.xlsx", desk_views.requests_xlsx, name="requests_xlsx"),
    path("requests/<number:pk>/", desk_views.one, name="request"),
    path("requests/<number:pk>/answer/", desk_views.act, name="request_act"),
]
