"""Pages that belong to no app."""

import logging
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from jitasa.ui.busy import busy_answer
from jitasa.ui.database import is_passing
from jitasa.ui.gallery import samples
from jitasa.ui.public_pages import readers_language
from jitasa.ui.request_guard import words_of

logger = logging.getLogger(__name__)
BARE_ERROR_PAGE = """<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>ระบบขัดข้อง</title></head><body><main><h1>ระบบขัดข้องชั่วคราว</h1>
<p>สิ่งที่ส่งสำเร็จแล้วไม่หาย รอสักครู่แล้วกดย้อนกลับเพื่อส่งอีกครั้ง ถ้ายังไม่ได้ ให้แจ้งผู้ดูแลระบบพร้อมเวลาที่เกิดเหตุ</p>
<p lang="en">Something went wrong for a moment. What was sent is not lost: wait a little, go back and send again.</p>
<p><a href="/work/">กลับไปงานของฉัน</a></p></main></body></html>
"""


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, light and dark; exists in development only."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "ui/gallery.html", samples(request))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The form's safety token is out of date: say so, and how to go on without losing the text.

    Whoever signs in or writes as a guest has no session that could have ended: the page was open for long, or the
    browser takes no cookies.
    """
    request.refused_form = True  # type: ignore[attr-defined]  # a mark for the audit of refusals
    is_guest = not request.user.is_authenticated and not request.path_info.startswith("/work/")
    return render(request, "ui/csrf_failed.html", {"is_guest": is_guest}, status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    return render(request, "ui/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    return render(request, "ui/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed, perhaps the database: this page asks it for nothing (no request, no context).

    Perhaps what failed is what every page needs (a static file without its hashed copy, a template):
    then the same words stand on a page that needs nothing.
    """
    try:
        with readers_language(request):
            if is_passing(sys.exception()):  # before or after the view: sessions, sign-in
                return busy_answer(request)
            page: str = render_to_string("ui/500.html")
    except Exception:
        logger.exception("the error page itself failed")
        page = BARE_ERROR_PAGE
    return HttpResponse(page, status=500)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be read; asks no database and no session, for they may not be reached yet."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    with readers_language(request):
        context = {"words": words_of(exception), "posted": request.method == "POST"}
        return HttpResponse(render_to_string("ui/400.html", context), status=status)
