"""The site map for search engines, by Django's ``sitemaps``: an index, and its sections in pages."""

from django.conf import settings
from django.contrib.sitemaps import views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jitasa.portal.selectors import sitemap
from jitasa.ui.public_pages import public_file

XML = "application/xml; charset=utf-8"
KEPT = f"public, max-age={sitemap.KEPT_SECONDS}"


@public_file
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The sections there are, each page of them, under the site's own address whatever host was asked."""
    found = [SitemapIndexItem(_address(name, page)) for name, page in sitemap.parts()]
    response = render(request, "sitemap_index.xml", {"sitemaps": found}, content_type=XML)
    response["Cache-Control"] = KEPT
    return response


@public_file
@require_safe
def part(request: HttpRequest, section: str) -> HttpResponse:
    """A page (``?p=2``) of one section."""
    try:
        found = sitemap.section(section)
    except LookupError:
        raise Http404 from None
    response = views.sitemap(request, {section: found}, section=section, content_type=XML)
    response["Cache-Control"] = KEPT
    return response


def _address(name: str, page: int) -> str:
    path = reverse("portal:sitemap_part", args=[name])
    return f"{settings.SITE_URL}{path}{f'?p={page}' if page > 1 else ''}"
