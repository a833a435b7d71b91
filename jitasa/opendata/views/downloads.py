"""The files: the newest at a permanent address, every kept version at its own."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jitasa.opendata import formats
from jitasa.opendata.columns import Column
from jitasa.opendata.datasets import Dataset
from jitasa.opendata.models import Version
from jitasa.opendata.selectors import activities, versions
from jitasa.opendata.services.pieces import whole
from jitasa.opendata.views.answers import (
    FOR_EVER,
    content_type,
    dataset_or_404,
    file_answer,
    format_or_404,
    opened,
)
from jitasa.organizations.selectors import geography
from jitasa.thai.dates import month_slug, parse_month
from jitasa.ui.public_pages import public_file

LIVE = 300  # seconds a filtered answer may be kept
BATCH = 500


@public_file
@require_safe
def latest(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The newest version; with ``?month=2569-11`` or ``?province=81`` the rows as they stand this moment."""
    dataset, form = dataset_or_404(slug), format_or_404(form)
    if dataset.filtered and (request.GET.get("month") or request.GET.get("province")):
        return _live(request, dataset, form)
    found = _latest_or_404(dataset)
    response = _file(request, dataset, found, form)
    address = reverse("opendata:version", args=[slug, found.number, form])
    response["Content-Location"] = address
    return opened(response)


@public_file
@require_safe
def version(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """One version for ever, or 410 with the reason when its files are no longer kept."""
    dataset, form = dataset_or_404(slug), format_or_404(form)
    found = _version_or_404(slug, number)
    if found.removed_at is not None:
        return _gone(found)
    return opened(_file(request, dataset, found, form), seconds=FOR_EVER, immutable=True)


@public_file
@require_safe
def checksum(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The line ``sha256sum --check`` reads, for the newest file."""
    dataset, form = dataset_or_404(slug), format_or_404(form)
    return opened(_checksum(_latest_or_404(dataset), form))


@public_file
@require_safe
def version_checksum(_request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The same for one version; it is answered also after the files have gone."""
    dataset_or_404(slug)
    return opened(
        _checksum(_version_or_404(slug, number), format_or_404(form)), seconds=FOR_EVER, immutable=True
    )


def _latest_or_404(dataset: Dataset) -> Version:
    found = versions.latest(dataset.slug)
    if found is None:
        raise Http404(_("ชุดข้อมูลนี้ยังไม่ได้จัดทำครั้งแรก ระบบจัดทำทุกคืน ลองใหม่พรุ่งนี้"))
    return found


def _version_or_404(slug: str, number: int) -> Version:
    found = Version.objects.filter(dataset=slug, number=number).first()
    if found is None:
        raise Http404(_("ไม่มีชุดข้อมูลรุ่นนี้"))
    return found


def _file(request: HttpRequest, dataset: Dataset, found: Version, form: str) -> HttpResponse:
    chunks = whole(form, versions.columns_of(dataset, found), found.facts(), found.pieces)
    return file_answer(
        request, chunks, file=found.files[form], form=form, name=_name(found, form), made_at=found.made_at
    )


def _name(found: Version, form: str) -> str:
    return f"jitasa-{found.dataset}-{found.number}.{form}"


def _checksum(found: Version, form: str) -> HttpResponse:
    line = f"{found.files[form]['sha256']}  {_name(found, form)}\n"
    return HttpResponse(line, content_type="text/plain; charset=utf-8")


def _gone(found: Version) -> HttpResponse:
    words = _("ไฟล์ของรุ่นนี้ไม่มีให้แล้ว: %(reason)s รุ่นล่าสุดอยู่ที่ %(address)s") % {
        "reason": found.removed_reason,
        "address": reverse("opendata:dataset", args=[found.dataset]),
    }
    return opened(HttpResponse(words, status=410, content_type="text/plain; charset=utf-8"))


def _live(request: HttpRequest, dataset: Dataset, form: str) -> HttpResponse:
    """Streamed from the records: no version, no checksum."""
    try:
        month, province = _filters(request)
    except ValueError as error:
        return opened(
            HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8"), seconds=60
        )
    facts = {"dataset": dataset.slug, "made_at": timezone.now().isoformat()}
    words = [word for word in (month_slug(month) if month else "", province) if word]
    rows = activities.rows_live(month=month, province=province) if request.method != "HEAD" else iter(())
    chunks = streamed(form, dataset.columns, rows, facts)
    response = cast("HttpResponse", StreamingHttpResponse(chunks, content_type=content_type(form)))
    name = f"jitasa-{dataset.slug}-{'-'.join(words)}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return opened(response, seconds=LIVE)


def _filters(request: HttpRequest) -> tuple[date | None, str]:
    """:raises ValueError: with what is wrong, in words."""
    month, province = request.GET.get("month", ""), request.GET.get("province", "")
    if len(province) > 2 or (province and geography.province(province) is None):
        raise ValueError(_("ไม่มีจังหวัดรหัสนี้ ใช้รหัส 2 หลัก เช่น province=81"))
    return (parse_month(month[:20]) if month else None), province


def streamed(
    form: str, columns: Sequence[Column], rows: Iterator[list[Any]], facts: dict[str, Any]
) -> Iterator[bytes]:
    """The bytes of a file made of ``rows``, a little at a time."""
    writer = formats.WRITERS[form](columns)
    yield formats.head(form, columns, facts)
    batches = iter(lambda: list(islice(rows, BATCH)), [])
    yield from chain(map(writer.rows, batches), [formats.tail(form)])
