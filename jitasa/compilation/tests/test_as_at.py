"""As at the period: mergers, upgrades and moves leave old months as they were."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from jitasa.activities.selectors.listing import RecordFilters, listed
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.selectors import boards, trends
from jitasa.compilation.selectors.breakdown import by_kind, by_occasion
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.compile import compile_round
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.services.merge import merge
from jitasa.organizations.services.upgrade import upgrade
from jitasa.organizations.viewer import SYSTEM
from tests.cast import NOW, Cast, viewer

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def months(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sai Thai recorded in October, then merged into Ao Nang on 1 November; Ao Nang became a municipality."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_lists()
    then = datetime(2026, 10, 20, 3, tzinfo=UTC)
    saithai = viewer(cast.people["anong"], cast.saithai, *cast.anong.roles)
    make_sent(saithai, now=then, start_date=date(2026, 10, 15))
    make_sent(cast.anong, now=then, start_date=date(2026, 10, 16), groups={"people": 40})
    merge(actor=cast.fah, predecessors=[cast.saithai], successor=cast.aonang, effective_on=NOVEMBER, now=NOW)
    upgrade(
        actor=cast.fah,
        organization=cast.aonang,
        type=OrganizationType.TAMBON_MUNICIPALITY,
        code="05810104",
        name="เทศบาลตำบลอ่าวนาง",
        effective_on=NOVEMBER,
        now=NOW,
    )
    cast.aonang.refresh_from_db()


def names(office: Organization, month: date, *, as_now: bool = False) -> dict[str, int]:
    board = boards.board(ReportScope(office, month, as_now), now=NOW, rows_are=boards.LAOS)
    return {row.label: row.figures.people for row in board.rows}


def test_old_month_shows_the_offices_of_then(cast: Cast) -> None:
    october = names(cast.mueang, OCTOBER)
    assert (october["อบต.ไสไทย"], october["อบต.อ่าวนาง"]) == (66, 40)
    assert "อบต.ไสไทย" not in names(cast.mueang, NOVEMBER)
    assert "ทต.อ่าวนาง" in names(cast.mueang, NOVEMBER)
    for office in (cast.department, cast.krabi):
        assert boards.board(ReportScope(office, OCTOBER), now=NOW).total.offices == 5
        assert boards.board(ReportScope(office, NOVEMBER), now=NOW).total.offices == 4


def test_as_now_lends_the_numbers_to_the_successor(cast: Cast) -> None:
    october = names(cast.mueang, OCTOBER, as_now=True)
    assert "อบต.ไสไทย" not in october
    assert october["ทต.อ่าวนาง"] == 106
    for office in (cast.department, cast.krabi, cast.mueang):
        now_scope, then_scope = ReportScope(office, OCTOBER, True), ReportScope(office, OCTOBER)
        now_total = boards.board(now_scope, now=NOW).total
        assert now_total.people == boards.board(then_scope, now=NOW).total.people == 106
        assert now_total.offices == (3 if office == cast.mueang else 4)
        for parts in (by_kind(now_scope), by_kind(then_scope), by_occasion(now_scope)):
            assert sum(part.people for part in parts) == 106
        for scope in (now_scope, then_scope):
            found = trends.per_place(scope, "office", trends.months_to(NOVEMBER))
            assert sum(values[-2] for values in found.values()) == 2


def test_numbers_of_an_office_merged_within_the_month_stay(cast: Cast) -> None:
    """A record of the month of the merger counts, though its office owes no return any more."""
    town = viewer(cast.people["anong"], cast.town, *cast.anong.roles)
    make_sent(town, start_date=date(2026, 11, 5))
    merge(
        actor=cast.fah,
        predecessors=[cast.town],
        successor=cast.aonang,
        effective_on=date(2026, 11, 10),
        now=NOW,
    )
    board = boards.board(ReportScope(cast.mueang, NOVEMBER), now=NOW)
    row = next(row for row in board.rows if row.office_id == cast.town.pk)
    assert (row.state, row.figures.people, row.figures.offices) == ("merged", 66, 0)
    assert (board.total.offices, board.total.people, board.total.reported) == (2, 66, 0)
    page = cast.client("dao").get(f"/work/month/2569-11/{cast.mueang.pk}/").content.decode()
    assert "สิ้นสุดไปก่อนสิ้นเดือน" in page


def test_compilation_of_an_old_month_names_the_offices_of_then(cast: Cast) -> None:
    made = compile_round(actor=SYSTEM, organization=cast.krabi, month=OCTOBER, now=NOW).compilation
    rows = made.tables["tables"]["laos"]["rows"]
    assert {"อบต.ไสไทย", "อบต.อ่าวนาง"} <= {row[1] for row in rows}
    assert made.activities == 2


def test_the_list_behind_a_number_has_the_same_records(cast: Cast) -> None:
    for office, month in (
        (cast.krabi, OCTOBER),
        (cast.mueang, OCTOBER),
        (cast.saithai, OCTOBER),
        (cast.lanta, OCTOBER),
    ):
        asked = RecordFilters.read({"month": "2569-10", "organization": str(office.pk), "status": "live"})
        figures = boards.board(ReportScope(office, month), now=NOW, rows_are=boards.LAOS).total
        assert listed(cast.fah, asked).count() == figures.activities
    none = RecordFilters.read({"month": "2569-10", "occasion": "0", "status": "live"})
    assert listed(cast.fah, none).count() == 2
