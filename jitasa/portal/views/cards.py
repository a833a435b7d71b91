"""Picture cards of an activity, to share; the wide one is what social media show of its page."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jitasa.activities.selectors.public import published
from jitasa.publicity import cards
from jitasa.publicity.selectors.post import card_of, card_version, post_of
from jitasa.ui.limits import rate_limited, wait_a_minute
from jitasa.ui.public_pages import public_file

# A card shows pictures: it goes from caches as fast as they do.
KEPT = "public, max-age=60, must-revalidate"
MOST_A_MINUTE = 120


@public_file
@require_safe
def card(request: HttpRequest, number: str, shape: str) -> HttpResponse:
    """A PNG by receipt number and shape, with the title and pictures its office chose for the post.

    Its ETag is the hash of what is on it.
    """
    if shape not in cards.SHAPES:
        raise Http404(_("มีการ์ด 3 แบบ คือ square, wide และ tall"))
    if rate_limited(request, "portal-card", most=MOST_A_MINUTE):
        return wait_a_minute(_("ขอการ์ดถี่เกินไป รอหนึ่งนาทีแล้วขอใหม่"))
    rows = published().select_related("organization", "kind", "occasion")
    activity = get_object_or_404(rows, number=number)
    post = post_of(activity)
    etag = f'"{card_version(activity, shape, post)[:32]}"'
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(card_of(activity, shape, post), content_type="image/png")
        response["Content-Disposition"] = f'inline; filename="{number}-{shape}.png"'
    response["ETag"] = etag
    response["Cache-Control"] = KEPT
    return response
