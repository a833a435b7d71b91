"""The list of a compilation's files as a page shows it."""

from typing import Any

from jitasa.compilation.choices import FileKind
from jitasa.compilation.models import Compilation
from jitasa.compilation.rules import may_ask_file
from jitasa.compilation.selectors.kept_files import KEPT_DAYS, KEPT_DAYS_USUAL, is_any_working, lines_of
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors import geography
from jitasa.ui.reading import whole_number

# A list that asks how far it is: every two seconds for a minute, every ten for half an hour, then on a click.
OFTEN, RARELY = (2, 30), (10, 180)
ADDRESSES = {
    FileKind.REPORT: "compilation:report_pdf",
    FileKind.TABLES: "compilation:tables_xlsx",
    FileKind.RECORDS_XLSX: "compilation:records_xlsx",
    FileKind.RECORDS_CSV: "compilation:records_csv",
    FileKind.RECORDS_JSON: "compilation:records_json",
    FileKind.PICTURES: "compilation:pictures_zip",
    FileKind.LAOS: "compilation:laos_pdf",
}


def list_of_files(request: ViewerRequest, compilation: Compilation) -> dict[str, Any]:
    """What ``compilation/parts/files.html`` shows. ``asked``: how often this page has asked already."""
    lines = lines_of(compilation)
    asked = (whole_number(request.GET.get("asked", "")) or 0) + 1
    return {
        "compilation": compilation,
        "files": [(line, ADDRESSES[line.kind]) for line in lines],
        "may_ask": may_ask_file(request.viewer),
        "asked": asked,
        "seconds": next((seconds for seconds, until in (OFTEN, RARELY) if asked <= until), 0),
        "is_working": is_any_working(lines),
        "kept_days": KEPT_DAYS_USUAL,
        "pictures_days": KEPT_DAYS[FileKind.PICTURES],
    }


def provinces_of(compilation: Compilation) -> list[tuple[str, str]]:
    """(code, name) of the provinces that a file of LAOs can be had of: of the whole country."""
    table = compilation.tables["tables"].get("provinces")
    codes = [row[0] for row in table["rows"] if row[0]] if table else []
    return [(code, geography.place_label(code)) for code in codes]
