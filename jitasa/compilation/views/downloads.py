"""A compilation's files: what the worker has made and keeps, and what takes no time."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from jitasa.compilation.choices import FileKind
from jitasa.compilation.outputs import executive
from jitasa.compilation.outputs import own_report as own_month
from jitasa.compilation.outputs.files import name_of
from jitasa.compilation.outputs.report import rows_of_province
from jitasa.compilation.selectors.kept_files import file_name, ready_file
from jitasa.compilation.store import path_of
from jitasa.compilation.views.access import check_month
from jitasa.compilation.views.answers import TYPES, attachment
from jitasa.compilation.views.compilations import visible
from jitasa.compilation.views.files import to_files
from jitasa.files.sending import send
from jitasa.organizations.choices import Level
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import officers
from jitasa.thai.dates import month_slug


@officers
@require_GET
def summary_pdf(request: ViewerRequest, pk: int) -> HttpResponse:
    """One page for who leads."""
    compilation = visible(request, pk)
    return attachment(executive.pdf(compilation), name_of(compilation, ".pdf", "summary"))


@officers
@require_GET
def summary_pptx(request: ViewerRequest, pk: int) -> HttpResponse:
    """The same as a slide."""
    from jitasa.compilation.outputs import slide  # loaded when one is made: docs/adr/0165

    compilation = visible(request, pk)
    return attachment(slide.pptx(compilation), name_of(compilation, ".pptx", "summary"))


@officers
@require_GET
def own_report(request: ViewerRequest, month: date, pk: int) -> HttpResponse:
    """A local government's month as a memorandum to its head; 404 for an office that has none."""
    check_month(month)
    offices = Organization.objects.visible_to(request.viewer).filter(level=Level.LAO)
    office = get_object_or_404(offices, pk=pk)
    name = f"jitasa-{month_slug(month)}-{office.code}.pdf"
    return attachment(own_month.pdf(office, month, timezone.now()), name)


def _given(request: ViewerRequest, pk: int, kind: FileKind, part: str = "") -> HttpResponse:
    """The kept file; where there is none (any more), the page that says how far it is and has it made.

    :raises Http404: none that this viewer may see, or one of a province of which the compilation has nothing.
    """
    compilation = visible(request, pk, whole=False)
    row = ready_file(compilation, kind, part)
    if row is None:
        if part and not rows_of_province(compilation, part):
            raise Http404(_("รายงานรวมฉบับนี้ไม่มี อปท. ของจังหวัดนี้"))
        return redirect(to_files(compilation, part))
    name = file_name(compilation, kind, part)
    try:
        return send(
            request,
            path_of(row.sha256),
            media_type=TYPES[name.rsplit(".", 1)[-1]],
            name=name,
            etag=row.sha256,
        )
    except Http404:  # forgotten at this moment
        return redirect(to_files(compilation, part))


@officers
@require_safe
def report_pdf(request: ViewerRequest, pk: int) -> HttpResponse:
    return _given(request, pk, FileKind.REPORT)


@officers
@require_safe
def laos_pdf(request: ViewerRequest, pk: int, province: str) -> HttpResponse:
    """The LAOs of one province."""
    return _given(request, pk, FileKind.LAOS, province)


@officers
@require_safe
def tables_xlsx(request: ViewerRequest, pk: int) -> HttpResponse:
    return _given(request, pk, FileKind.TABLES)


@officers
@require_safe
def records_csv(request: ViewerRequest, pk: int) -> HttpResponse:
    return _given(request, pk, FileKind.RECORDS_CSV)


@officers
@require_safe
def records_json(request: ViewerRequest, pk: int) -> HttpResponse:
    return _given(request, pk, FileKind.RECORDS_JSON)


@officers
@require_safe
def records_xlsx(request: ViewerRequest, pk: int) -> HttpResponse:
    return _given(request, pk, FileKind.RECORDS_XLSX)


@officers
@require_safe
def pictures_zip(request: ViewerRequest, pk: int) -> HttpResponse:
    return _given(request, pk, FileKind.PICTURES)
