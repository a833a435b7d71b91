"""The board: use and reach by place, kind of channel, campaign and material."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import officers
from jitasa.publicity.outputs import tables
from jitasa.publicity.selectors import boards
from jitasa.publicity.selectors.broadcasts import broadcasts
from jitasa.publicity.views.access import common, workbook_answer
from jitasa.publicity.views.asked import PublicityQuery, period_words, read
from jitasa.thai.dates import month_of, month_slug, today
from jitasa.ui.days import month_name
from jitasa.ui.reading import page_of

ROWS = 40
TABS = {
    "place": _("พื้นที่"),
    "channel": _("ช่องทาง"),
    "campaign": _("รอบเผยแพร่"),
    "material": _("สื่อ"),
}


@officers
@require_GET
def board(request: ViewerRequest) -> HttpResponse:
    asked = read(request)
    rows = broadcasts(request.viewer, asked.filter)
    found = boards.by(rows, asked.by, asked.within)
    page = page_of(request, found, ROWS)
    context = {
        "asked": asked,
        "total": boards.total(rows),
        "every": boards.every_office(asked.within),
        "page": page,
        "lines": [_line(asked, row) for row in page],
        "tabs": TABS.items(),
        "periods": period_words(today(timezone.now())).items(),
        "line": _line_of_command(request, asked.within),
        "months": _months(asked, boards.by_month(rows)),
        "month_is_open": month_of(today(timezone.now())) in boards.by_month(rows),
        "kinds": _kinds(asked, boards.by(rows, "channel", asked.within)),
        "records": asked.records({}),
        **_map(asked, found),
    }
    return render(request, "publicity/board.html", common(request, **context))


def _kinds(asked: PublicityQuery, found: list[boards.PublicityRow]) -> list[tuple[str, int, str]]:
    """A bar a kind of channel that was used, each leading to its records."""
    used = [row for row in found if row.figures.times]
    return [(row.label, row.figures.times, asked.records(row.query)) for row in used]


def _map(asked: PublicityQuery, found: list[boards.PublicityRow]) -> dict[str, Any]:
    """The country shaded by people reached, for the department's table of places."""
    provinces = [row for row in found if row.code]
    if asked.by != "place" or not any(row.figures.people for row in provinces):
        return {}
    return {
        "shades": {row.code: row.figures.people for row in provinces},
        "map_urls": {row.code: asked.board({"office": row.office_id}) for row in provinces},
    }


def _line(asked: PublicityQuery, row: boards.PublicityRow) -> dict[str, Any]:
    """A row with its addresses: the records behind the numbers, and one level down."""
    below = asked.board({"office": row.office_id}) if row.office_id and asked.by == "place" else ""
    records = asked.records(row.query) if row.query and row.figures.times else ""
    return {"row": row, "below": below, "records": records}


def _line_of_command(request: ViewerRequest, within: Organization) -> list[Organization]:
    """From the viewer's office down to the office of the board, to climb back."""
    own = request.viewer.organization
    if own is None or own.pk == within.pk:
        return []
    ids = [int(part) for part in within.path.split("/") if part]
    ids = ids[ids.index(own.pk) : -1] if own.pk in ids else [own.pk]
    above = Organization.objects.in_bulk(ids)
    return [above[pk] for pk in ids if pk in above]


def _months(asked: PublicityQuery, counts: dict[Any, int]) -> list[tuple[str, int, str]]:
    """A column a month, each leading to its records."""
    rows = []
    for month, times in counts.items():
        rows.append((month_name(month), times, asked.records({"month": month_slug(month)})))
    return rows


@officers
@require_GET
def board_xlsx(request: ViewerRequest) -> HttpResponse:
    """The table of the board that is open, all its rows."""
    asked = read(request)
    rows = broadcasts(request.viewer, asked.filter)
    with override("th"):
        found = boards.by(rows, asked.by, asked.within)
        title = f"{asked.within.short_name} · {asked.words}"
        content = tables.board(str(TABS[asked.by]), title, found, boards.total(rows))
    return workbook_answer(content, f"publicity-{asked.by}")
