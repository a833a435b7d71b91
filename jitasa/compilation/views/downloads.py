"""A compilation's files."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import executive, records, report, workbooks
from jitasa.compilation.outputs import own_report as own_month
from jitasa.compilation.views.access import check_month
from jitasa.compilation.views.answers import attachment, streamed
from jitasa.compilation.views.compilations import visible
from jitasa.organizations.choices import Level
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import officers
from jitasa.thai.dates import month_slug


def file_name(compilation: Compilation, ending: str, word: str = "") -> str:
    """``jitasa-2569-11-81-1.pdf``: month, scope, number."""
    office = compilation.organization.code
    middle = f"-{word}" if word else ""
    return f"jitasa-{month_slug(compilation.month)}-{office}-{compilation.number}{middle}.{ending}"


@officers
@require_GET
def report_pdf(request: ViewerRequest, pk: int) -> HttpResponse:
    compilation = visible(request, pk)
    return attachment(report.pdf(compilation), file_name(compilation, "pdf"))


@officers
@require_GET
def summary_pdf(request: ViewerRequest, pk: int) -> HttpResponse:
    """One page for who leads."""
    compilation = visible(request, pk)
    return attachment(executive.pdf(compilation), file_name(compilation, "pdf", "summary"))


@officers
@require_GET
def summary_pptx(request: ViewerRequest, pk: int) -> HttpResponse:
    """The same as a slide."""
    compilation = visible(request, pk)
    return attachment(executive.pptx(compilation), file_name(compilation, "pptx", "summary"))


@officers
@require_GET
def own_report(request: ViewerRequest, month: date, pk: int) -> HttpResponse:
    """A local government's month as a memorandum to its head; 404 for an office that has none."""
    check_month(month)
    offices = Organization.objects.visible_to(request.viewer).filter(level=Level.LAO)
    office = get_object_or_404(offices, pk=pk)
    name = f"jitasa-{month_slug(month)}-{office.code}.pdf"
    return attachment(own_month.pdf(office, month, timezone.now()), name)


@officers
@require_GET
def laos_pdf(request: ViewerRequest, pk: int, province: str) -> HttpResponse:
    """The LAOs of one province; 404 where the compilation has none of it."""
    compilation = visible(request, pk)
    document = report.laos_pdf(compilation, province)
    if document is None:
        raise Http404
    return attachment(document, file_name(compilation, "pdf", province))


@officers
@require_GET
def tables_xlsx(request: ViewerRequest, pk: int) -> HttpResponse:
    compilation = visible(request, pk)
    with override("th"):  # documents are Thai for every reader
        book = workbooks.compilation_workbook(compilation)
    return attachment(book, file_name(compilation, "xlsx"))


@officers
@require_GET
def records_csv(request: ViewerRequest, pk: int) -> HttpResponse:
    compilation = visible(request, pk)
    return streamed(
        records.csv_chunks(records.of_compilation(compilation)), file_name(compilation, "csv", "records")
    )


@officers
@require_GET
def records_json(request: ViewerRequest, pk: int) -> HttpResponse:
    compilation = visible(request, pk)
    return streamed(
        records.json_chunks(records.of_compilation(compilation), head=records.head_of(compilation)),
        file_name(compilation, "json", "records"),
    )
