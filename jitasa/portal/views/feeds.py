"""The Atom feeds: public, cheap to ask again, never a session."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.portal import feeds
from jitasa.portal.selectors import places
from jitasa.ui.limits import rate_limited, wait_a_minute
from jitasa.ui.public_pages import public_file
from jitasa.ui.reading import are_digits

KEPT = "public, max-age=60, must-revalidate"
MOST_A_MINUTE = 120  # askings from one address; a whole office may stand behind one


@public_file
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The country's newest, or with ``?province=81`` those of a province."""
    code = request.GET.get("province", "")
    if not code:
        return _answer(request, None)
    office = places.by_code(code) if are_digits(code, least=2, most=2) else None
    if office is None or office.level != Level.PROVINCE:
        raise Http404(_("ไม่มีจังหวัดรหัสนี้"))
    return _answer(request, office)


@public_file
@require_safe
def of_office(request: HttpRequest, code: str) -> HttpResponse:
    """An office, district or province by its code; an earlier code leads to the present one."""
    office = places.by_code(code) if are_digits(code, most=12) else None
    if office is None:
        raise Http404(_("ไม่มีหน่วยงานรหัสนี้"))
    if office.code != code:
        return HttpResponsePermanentRedirect(reverse("portal:feed_office", args=[office.code]))
    return _answer(request, office)


def _answer(request: HttpRequest, office: Organization | None) -> HttpResponse:
    if rate_limited(request, "portal-feed", most=MOST_A_MINUTE):
        return wait_a_minute(_("ขอฟีดถี่เกินไป รอหนึ่งนาทีแล้วขอใหม่"))
    with translation.override("th"):
        body = feeds.feed(office)
    etag, changed = feeds.freshness(body, str(office.pk if office else "all"), timezone.now())
    seconds = int(changed.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=seconds)
    if response is None or response.status_code == 200:
        response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(seconds)
    response["Cache-Control"] = KEPT
    return response
