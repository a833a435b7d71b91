"""An office is asked for a month from the one in which somebody first served it: one rule, the same numbers everywhere."""

from datetime import date

import pytest

from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.compilation.selectors import boards, chasing
from jitasa.compilation.selectors.months import history
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.unstated import unstated_months
from jitasa.home import duties, work
from jitasa.organizations.models import Post
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.rounds.choices import ReturnState
from jitasa.rounds.selectors.returns import facts_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
BEGUN = date(2026, 11, 10)


def late_in_october(cast: Cast) -> tuple[int, int, int, int]:
    """What the province reads: on its start page (of how many), on the board's chip, and whom it would remind."""
    (start,) = unstated_months(cast.krabi, [OCTOBER])
    board = boards.board(ReportScope(cast.krabi, OCTOBER), now=NOW, rows_are=boards.LAOS)
    late = chasing.counted(board, chasing.BY_NAME["late"])
    kept = [row for row in board.rows if chasing.keeps(row, chasing.BY_NAME["late"])]
    return start.count, start.offices, late, len(kept)


def months_due(cast: Cast) -> list[date]:
    anong = viewer_for(cast.people["anong"], NOW)
    facts = duties.months_of(cast.aonang, NOW, anong.served_since)
    return [found.month for _item, found in work.due_months(facts, NOW)]


def test_months_before_anybody_came_are_not_late(cast: Cast) -> None:
    before = late_in_october(cast)
    assert OCTOBER in months_due(cast)
    Post.objects.filter(organization=cast.aonang).update(from_date=BEGUN)
    assert months_due(cast) == []
    count, offices, late, told = before
    assert late_in_october(cast) == (count - 1, offices - 1, late - 1, told - 1)
    assert facts_of(cast.aonang, OCTOBER).asked is False
    assert facts_of(cast.aonang, NOVEMBER).asked is True
    states = {each.month: each.state for each in history(cast.aonang, NOVEMBER, NOW)}
    assert (states[OCTOBER], states[NOVEMBER]) == (ReturnState.MERGED, ReturnState.NOT_DUE)


def test_one_day_of_the_month_is_enough(cast: Cast) -> None:
    before = late_in_october(cast)
    Post.objects.filter(organization=cast.aonang).update(from_date=date(2026, 10, 31))
    assert late_in_october(cast) == before
    assert months_due(cast) == [OCTOBER]


def test_an_office_that_nobody_ever_served_stays_in_sight_above(cast: Cast) -> None:
    before = late_in_october(cast)
    Post.objects.filter(organization=cast.aonang).delete()
    assert late_in_october(cast) == before


def test_what_is_entered_later_is_shown_and_makes_nobody_late(cast: Cast) -> None:
    """Records of October by an office of November stand on the board, not among those that owe October."""
    make_lists()
    Post.objects.filter(organization=cast.aonang).update(from_date=BEGUN)
    owed = late_in_october(cast)
    anong = viewer_for(cast.people["anong"], NOW)
    make_sent(anong, start_date=date(2026, 10, 20))
    make_draft(anong, start_date=date(2026, 10, 21))
    assert late_in_october(cast) == owed
    board = boards.board(ReportScope(cast.krabi, OCTOBER), now=NOW, rows_are=boards.LAOS)
    row = next(each for each in board.rows if each.office_id == cast.aonang.pk)
    assert (row.state, row.figures.activities) == (ReturnState.MERGED, 1)
    assert board.total.activities == 1
    page = cast.client("ek").get(f"/work/month/2569-10/?rows={boards.LAOS}").content.decode()
    assert "ยังไม่มีผู้ใช้ในเดือนนี้" in page
