"""A month that had no round is not drawn as nothing done, on any chart or in any row of a trend."""

from datetime import date

import pytest
from django.template import engines

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.selectors import boards
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.portal.selectors import numbers
from jitasa.review.services.accept import accept
from jitasa.rounds.rules import series_known
from jitasa.rounds.services.rounds import ensure_round
from jitasa.ui import charts
from tests.cast import NOW, Cast

MONTH = date(2026, 11, 1)


@pytest.mark.decided_in_python("nothing is asked")
def test_what_was_recorded_counts_though_nobody_asked() -> None:
    months = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    assert series_known(months, [0, 2, 0], {date(2026, 10, 1)}) == [None, 2, 0]


@pytest.mark.decided_in_python("nothing is asked")
def test_charts_draw_nothing_where_there_is_no_number() -> None:
    drawn = charts.columns([("ก.ย.", None), ("ต.ค.", 0), ("พ.ย.", 4)])
    assert [bar.is_unknown for bar in drawn] == [True, False, False]
    gap, none, last = charts.spark([None, 0, 4])
    assert (gap[2], gap[3]) == (0.0, "gap")
    assert none[2] > 0
    assert last[3] == "last"
    page = engines["django"].from_string('{% column_chart rows "กิจกรรม" "ครั้ง" %}')
    shown = page.render({"rows": [("ก.ย.", None), ("ต.ค.", 0)]})
    assert "ก.ย.: 0" not in shown
    assert "ต.ค.: 0" in shown
    assert "เดือนที่ไม่มีรอบรายงาน" in shown


def test_public_charts_and_boards_begin_with_the_first_round(cast: Cast) -> None:
    make_lists()
    ensure_round(month=date(2026, 10, 1), now=NOW)
    sent = make_sent(cast.anong)
    accept(actor=cast.dao, activity=sent, now=NOW)
    months = dict(numbers.of_office(cast.department, MONTH).months)
    assert len(months) == 12
    assert (months[date(2026, 9, 1)], months[date(2026, 10, 1)], months[MONTH]) == (None, 0, 1)
    board = boards.board(ReportScope(cast.mueang, MONTH), now=NOW, rows_are=boards.LAOS)
    boards.add_trends(board, board.rows)
    own = next(row for row in board.rows if row.office_id == cast.aonang.pk)
    assert own.trend == [None, None, None, None, 0, 1]
    for address in ("/", "/p/81/", "/d/8101/", "/o/06810104/"):
        page = cast.client("guest").get(address).content.decode()
        assert "เดือนที่ไม่มีรอบรายงาน" in page, address
