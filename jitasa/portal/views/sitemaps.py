"""The site map for search engines: an index, and parts streamed as they are read."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jitasa.portal.selectors import sitemap
from jitasa.portal.selectors.sitemap import Address
from jitasa.thai.dates import BANGKOK
from jitasa.ui.public_pages import public_file

XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
KEPT = "public, max-age=3600"
TOGETHER = 500  # addresses in one piece of the stream


@public_file
@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """The parts there are."""
    lines = [
        f"<sitemap><loc>{escape(sitemap.full(reverse('portal:sitemap_part', args=[name, number])))}</loc></sitemap>"
        for name, number in sitemap.parts()
    ]
    body = f"{HEAD}<sitemapindex {SPACE}>\n" + "\n".join(lines) + "\n</sitemapindex>\n"
    response = HttpResponse(body, content_type=XML)
    response["Cache-Control"] = KEPT
    return response


@public_file
@require_safe
def part(_request: HttpRequest, part: str, number: int) -> HttpResponse:
    """One part; a month without accepted records is an empty one."""
    try:
        found = sitemap.addresses(part, number)
    except LookupError:
        raise Http404 from None
    response = StreamingHttpResponse(_lines(found), content_type=XML)
    response["Cache-Control"] = KEPT
    return response  # type: ignore[return-value]  # a sibling class in the stubs


def _lines(found: Iterator[Address]) -> Iterator[str]:
    yield f"{HEAD}<urlset {SPACE}>\n"
    waiting: list[str] = []
    for address in found:
        changed = address.changed_at
        when = (
            f"<lastmod>{changed.astimezone(BANGKOK).isoformat(timespec='seconds')}</lastmod>"
            if changed
            else ""
        )
        waiting.append(f"<url><loc>{escape(sitemap.full(address.path))}</loc>{when}</url>\n")
        if len(waiting) >= TOGETHER:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)
    yield "</urlset>\n"
