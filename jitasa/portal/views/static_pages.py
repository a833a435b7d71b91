"""Pages about the site itself. Their long texts are documents in two languages: ``portal/pages/<name>.<language>.html``."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from jitasa.portal import rules
from jitasa.portal.selectors import contacts, places
from jitasa.portal.views.page import page
from jitasa.rounds.models import Kind
from jitasa.ui.public_pages import public_file


def _document(request: HttpRequest, name: str, more: dict[str, Any] | None = None) -> HttpResponse:
    language = "en" if get_language() == "en" else "th"
    context = {"document": f"portal/pages/{name}.{language}.html", **(more or {})}
    return render(request, f"portal/{name}.html", context)


@page
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who runs it, where the numbers come from."""
    return _document(request, "about")


@page
def contact(request: HttpRequest) -> HttpResponse:
    """The department's letterhead, and the offices of one province (``?province=81``) with their addresses."""
    asked = request.GET.get("province", "")
    provinces = contacts.provinces()
    province = next((one for one in provinces if one.office.code == asked), None)
    offices = contacts.offices_of(asked) if province else []
    context = {
        "department": contacts.department(),
        "provinces": provinces,
        "province": province,
        "offices": offices,
        "phones": any(one.phone for one in offices),
    }
    return render(request, "portal/contact.html", context)


@page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, on what ground, for how long (PDPA 2562)."""
    return _document(
        request,
        "privacy",
        {
            "erased_after": rules.ERASED_AFTER.days,
            "answer_within": rules.ANSWER_WITHIN.days,
            "session_days": settings.SESSION_COOKIE_AGE // 86400,
            "addresses_kept": settings.AUDIT_ADDRESS_DAYS,
            "logs_kept": settings.ACCESS_LOG_DAYS,
            "session_cookie": settings.SESSION_COOKIE_NAME,
            "csrf_cookie": settings.CSRF_COOKIE_NAME,
            "language_cookie": settings.LANGUAGE_COOKIE_NAME,
        },
    )


@page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What WCAG 2.2 AA asks, what is not met, how to tell us."""
    return _document(request, "accessibility")


@page
def sitemap_page(request: HttpRequest) -> HttpResponse:
    """Every kind of page, for people."""
    context = {
        "provinces": places.provinces(),
        "kinds": Kind.objects.active().order_by("position"),
    }
    return render(request, "portal/sitemap_page.html", context)


@public_file
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Officers' pages and askers' private links are no use to a search engine."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/work/", "/accounts/", "/r/", "/pictures/requests/")),
        "Disallow: /*/request/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
