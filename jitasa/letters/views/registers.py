"""The registers of receipt and of dispatch: on the screen, as a workbook, on paper."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from jitasa.documents import pdf
from jitasa.documents.words import in_narrow_column
from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, workbook
from jitasa.letters import rules
from jitasa.letters.selectors import registers
from jitasa.letters.selectors.registers import COLUMNS, RegisterLine
from jitasa.letters.views.access import attachment
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import officers, own_office
from jitasa.thai.dates import be_year, short_date, today
from jitasa.ui.reading import page_of, whole_number

ROWS = 50
TITLES = {"receipts": gettext_lazy("ทะเบียนหนังสือรับ"), "dispatches": gettext_lazy("ทะเบียนหนังสือส่ง")}
# Of the workbook's columns.
WIDTHS = (
    (CellKind.TEXT, 12.0), (CellKind.DATETIME, 20.0), (CellKind.TEXT, 22.0), (CellKind.DATE, 14.0), (CellKind.LONG, 30.0), (CellKind.LONG, 30.0),
    (CellKind.LONG, 60.0), (CellKind.LONG, 24.0), (CellKind.LONG, 24.0),
)  # fmt: skip
# Of the printed columns, with how many letters stand in a line of the narrow ones.
PRINTED = (
    ("2.2cm", None), ("2.5cm", None), ("3.4cm", None), ("1.8cm", None), ("3.5cm", 16), ("3.4cm", 16), ("1fr", None), ("2.6cm", 11),
    ("2.6cm", 11),
)  # fmt: skip
TEMPLATE = Path(__file__).parents[1] / "typst" / "register.typ"


def _rows(which: str, office: Organization, year: int, text: str) -> Any:
    return (registers.receipts if which == "receipts" else registers.dispatches)(office, year, text)


def _lines(which: str, rows: Iterable[Any]) -> Iterable[RegisterLine]:
    return (registers.receipt_lines if which == "receipts" else registers.dispatch_lines)(rows)


def _year(request: ViewerRequest) -> int:
    this = be_year(today(timezone.now()))
    return whole_number(request.GET.get("year", ""), least=2401, most=this) or this


@officers
@require_GET
def register(request: ViewerRequest, which: str) -> HttpResponse:
    """A register of the viewer's own office, by B.E. year, with a search."""
    office, year, text = own_office(request), _year(request), request.GET.get("q", "")
    page = page_of(request, _rows(which, office, year, text), ROWS)
    context = {
        "which": which,
        "title": TITLES[which],
        "columns": COLUMNS[which],
        "page": page,
        "lines": list(_lines(which, page)),
        "year": year,
        "years": registers.years(office, be_year(today(timezone.now()))),
        "q": text,
        "may_destroy": rules.may_destroy(request.viewer),
        "xlsx": f"letters:{which}_xlsx",
        "pdf": f"letters:{which}_pdf",
    }
    return render(request, "letters/register.html", context)


@officers
@require_GET
def register_xlsx(request: ViewerRequest, which: str) -> HttpResponse:
    """The whole register of the year as a workbook."""
    office, year = own_office(request), _year(request)
    rows = _rows(which, office, year, request.GET.get("q", ""))
    with translation.override("th"):
        titles = [str(title) for title in COLUMNS[which]]
        sheet = Sheet(
            name=f"{year}",
            title=f"{TITLES[which]} พ.ศ. {year} {office.name}",
            columns=[
                SheetColumn(title, kind, width) for title, (kind, width) in zip(titles, WIDTHS, strict=True)
            ],
            rows=(line.typed() for line in _lines(which, rows)),
        )
        return attachment(workbook([sheet]), f"{which}-{office.code}-{year}.xlsx")


@officers
@require_GET
def register_pdf(request: ViewerRequest, which: str) -> HttpResponse:
    """The whole register of the year on paper, with Thai numerals."""
    office, year = own_office(request), _year(request)
    rows = _rows(which, office, year, request.GET.get("q", ""))
    with translation.override("th"):
        data = {
            "title": f"{TITLES[which]} พ.ศ. {year}",
            "office": office.name,
            "printed": _("พิมพ์เมื่อ %s") % short_date(today(timezone.now())),
            "thai_digits": True,
            "columns": [in_narrow_column(str(title)) for title in COLUMNS[which]],
            "widths": [width for width, _letters in PRINTED],
            "rows": [printed_cells(line.cells()) for line in _lines(which, rows)],
            "empty": _("ไม่มีรายการในปีนี้"),
        }
        return attachment(pdf.render(TEMPLATE, data), f"{which}-{office.code}-{year}.pdf")


def printed_cells(cells: list[str]) -> list[str]:
    """The cells with places in their words where a line of their column may end."""
    return [
        in_narrow_column(cell, letters) if letters else in_narrow_column(cell)
        for cell, (_width, letters) in zip(cells, PRINTED, strict=True)
    ]
