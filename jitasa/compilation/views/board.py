"""The month board of an office, and its tables as workbooks."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from jitasa.compilation.outputs.workbooks import board_workbook
from jitasa.compilation.rules import may_compile, may_remind
from jitasa.compilation.selectors import boards, same_day
from jitasa.compilation.selectors.compilations import latest
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.sql import SHOWN
from jitasa.compilation.views import board_page, month_return
from jitasa.compilation.views.access import check_month
from jitasa.compilation.views.answers import attachment
from jitasa.compilation.views.links import records_url
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.organizations.views.access import officers, own_office, visible_office
from jitasa.thai.dates import add_months, month_of, month_slug, today


@officers
@require_GET
def today_board(request: ViewerRequest) -> HttpResponse:
    """This month's board, with the tab and the offices that the address asks for."""
    url = reverse("compilation:board_month", args=[month_of(today(timezone.now()))])
    asked = request.GET.urlencode()
    return redirect(f"{url}?{asked}" if asked else url)


@officers
@require_GET
def board_month(request: ViewerRequest, month: date) -> HttpResponse:
    """The month of the viewer's own office."""
    return _page(request, check_month(month), own_office(request))


@officers
@require_GET
def board_of(request: ViewerRequest, month: date, pk: int) -> HttpResponse:
    """The month of an office below: drill-down to the LAO."""
    return _page(request, check_month(month), visible_office(request, pk))


def _page(request: ViewerRequest, month: date, office: Organization) -> HttpResponse:
    now = timezone.now()
    if office.is_lao:
        return month_return.page(request, month, office, now)
    asked = board_page.BoardQuery.read(request.GET)
    scope = ReportScope(office, month, asked.as_now)
    rows_are = asked.rows_are if asked.tab == "offices" else boards.CHILDREN
    board = boards.board(scope, now=now, rows_are=rows_are, sums=SHOWN)
    context = {
        "board": board,
        "office": office,
        "asked": asked,
        "month": month,
        "total": board.total,
        "arrows": board_page.arrows(board.total, same_day.earlier(scope, now)),
        "records": records_url(month, office.pk),
        "previous_month": add_months(month, -1),
        "next_month": add_months(month, 1) if month < month_of(today(now)) else None,
        "latest": latest(office, month),
        "may_compile": may_compile(request.viewer, office),
        "may_remind": may_remind(request.viewer),
        "is_own": request.viewer.office_id == office.pk,
        **_tab(request.viewer, board, asked, now),
    }
    return render(request, "compilation/board.html", context)


def _tab(viewer: Viewer, board: boards.Board, asked: board_page.BoardQuery, now: datetime) -> dict[str, Any]:
    if asked.tab == "offices":
        page = board_page.page_of(board, asked)
        return {
            "page": page,
            "lines": board_page.lines(board, list(page), now),
            "chips": board_page.chips(board, asked),
            "chases": board_page.chases(board),
            "may_tick": may_remind(viewer) and board.rows_are == boards.LAOS,
        }
    if asked.tab == "trend":
        return board_page.trend_table(board, now)
    if asked.tab == "map":
        return {"map": board_page.map_of(board, now)}
    return board_page.split_table(board.scope, asked.tab)


@officers
@require_GET
def board_xlsx(request: ViewerRequest, month: date, pk: int, table: str) -> HttpResponse:
    """One table of the board, all its rows, as a workbook."""
    office = visible_office(request, pk)
    if office.is_lao or table not in board_page.TABS or table == "map":
        raise Http404
    asked = board_page.BoardQuery.read(request.GET)
    scope = ReportScope(office, check_month(month), asked.as_now)
    with override("th"):  # documents are Thai for every reader
        book = board_workbook(
            scope, table=table, rows_are=asked.rows_are, chip=asked.chip, sort=asked.sort, now=timezone.now()
        )
    return attachment(book, f"{month_slug(month)}-{office.code}-{table}.xlsx")
