"""The iCalendar feeds: public, cheap to ask again, never a session."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jitasa.occasions import feeds
from jitasa.organizations.models import Organization
from jitasa.thai.dates import today
from jitasa.ui.limits import rate_limited, wait_a_minute
from jitasa.ui.public_pages import public_file

KEPT = 600  # seconds a reader or a proxy may keep a feed without asking
MOST_A_MINUTE = 120  # askings from one address; a whole office may stand behind one


@public_file
@require_safe
def national(request: HttpRequest) -> HttpResponse:
    return _answer(request, None, "calendar")


@public_file
@require_safe
def of_office(request: HttpRequest, code: str) -> HttpResponse:
    """National days and those of the province the office stands in. Days are no secret: no sign-in."""
    office = feeds.office_of(code)
    if office is None:
        raise Http404(_("ไม่มีหน่วยงานรหัสนี้"))
    return _answer(request, office, office.code)


def _answer(request: HttpRequest, office: Organization | None, name: str) -> HttpResponse:
    if rate_limited(request, "calendar-feed", most=MOST_A_MINUTE):
        return wait_a_minute(_("ขอปฏิทินถี่เกินไป รอหนึ่งนาทีแล้วขอใหม่"))
    day = today(timezone.now())
    fresh = feeds.freshness(office, day)
    changed = int(fresh.changed_at.timestamp()) if fresh.changed_at else None
    response = get_conditional_response(request, etag=fresh.etag, last_modified=changed)
    if response is None or response.status_code == 200:
        with translation.override("th"):
            body = feeds.feed(office, day)
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["ETag"] = fresh.etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    if changed:
        response["Last-Modified"] = http_date(changed)
    return response
