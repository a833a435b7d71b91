"""Boards: who is counted where, what a state means, as at the period."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.compilation.selectors import boards, chasing
from jitasa.compilation.selectors.places import groups, places, total
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.sql import SHOWN, SUM_NAMES
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.review.services.accept import accept
from jitasa.review.services.return_record import return_record
from jitasa.rounds.choices import ReturnState
from jitasa.rounds.selectors.returns import facts_of
from jitasa.rounds.selectors.tallies import totals
from jitasa.rounds.services.returns import confirm, state_nil
from tests.cast import NOW, Cast, viewer

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)
AFTER_DUE = datetime(2026, 12, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def board_of(office: Organization, now: datetime = NOW, **kw: object) -> boards.Board:
    return boards.board(ReportScope(office, MONTH), now=now, **kw)  # type: ignore[arg-type]


def row(board: boards.Board, office: Organization) -> boards.BoardRow:
    return next(each for each in board.rows if each.office_id == office.pk)


def clerk(cast: Cast, office: Organization) -> Viewer:
    return viewer(cast.people["anong"], office, *cast.anong.roles)


def test_the_page_asks_for_the_sums_that_it_shows_and_they_are_those_of_the_whole(cast: Cast) -> None:
    make_sent(cast.chai)
    make_draft(cast.anong)
    accept(actor=cast.dao, activity=make_sent(cast.anong), now=NOW)
    for office in (cast.department, cast.krabi):
        whole, page = board_of(office), board_of(office, sums=SHOWN)
        for name in (*SHOWN, "offices", "reported", "states", "missing"):
            assert getattr(page.total, name) == getattr(whole.total, name)
        assert (whole.total.accepted, page.total.accepted) == (1, 0), "not asked for"
    parts = Path(boards.__file__).parent.parent / "templates" / "compilation" / "parts"
    told = "".join((parts / name).read_text("utf-8") for name in ("kpis.html", "offices.html"))
    used = set(re.findall(r"(?:figures|total)\.([a-z_]+)", told))
    assert "people" in used
    assert used & {*SUM_NAMES} <= {*SHOWN}
    assert not used & {"not_told_apart", "waiting_events"}, "made of sums that are not asked for"


def test_country_province_district_agree(cast: Cast) -> None:
    make_sent(cast.anong)
    make_sent(cast.chai)
    make_sent(clerk(cast, cast.town))
    country, province = board_of(cast.department), board_of(cast.krabi)
    assert [each.office_id for each in country.rows] == [cast.krabi.pk]
    assert row(country, cast.krabi).figures == province.total
    assert {each.office_id for each in province.rows} == {cast.mueang.pk, cast.lanta.pk}
    # The town answers to the province and stands in Mueang: the district's board counts it too.
    mueang = board_of(cast.mueang)
    assert row(province, cast.mueang).figures == mueang.total
    assert {each.office_id for each in mueang.rows} == {
        cast.pao.pk,
        cast.town.pk,
        cast.aonang.pk,
        cast.saithai.pk,
    }
    assert country.total.offices == 5
    assert country.total.reported == 3
    assert (country.total.activities, country.total.people) == (3, 198)
    sums = totals(cast.department, MONTH)
    assert (sums.live, sums.events, sums.people) == (3, country.total.events, country.total.people)


def test_joint_event_counts_once_upwards(cast: Cast) -> None:
    host = make_sent(cast.anong)
    make_sent(
        cast.chai,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        groups={"people": 20},
    )
    figures = board_of(cast.krabi).total
    assert (figures.activities, figures.events) == (2, 1)
    assert (figures.participants, figures.people) == (86, 66)


def test_states_are_those_of_the_rule(cast: Cast) -> None:
    make_sent(cast.anong)
    confirm(actor=cast.boonmee, organization=cast.aonang, month=MONTH, now=NOW)
    returned = make_sent(cast.chai)
    return_record(actor=cast.ek, activity=returned, reason="ภาพไม่ชัด", now=NOW)
    saithai = clerk(cast, cast.saithai)
    state_nil(actor=saithai, organization=cast.saithai, month=MONTH, reason="อยู่ระหว่างเตรียมงาน", now=NOW)
    make_draft(clerk(cast, cast.town))
    for now in (NOW, AFTER_DUE):
        board = board_of(cast.krabi, now, rows_are=boards.LAOS)
        for each in board.rows:
            office = Organization.objects.get(pk=each.office_id)
            from jitasa.rounds.rules import return_state

            assert each.state == return_state(facts_of(office, MONTH), board.clock.today), each.label
    board = board_of(cast.krabi, AFTER_DUE, rows_are=boards.LAOS)
    assert row(board, cast.aonang).state == ReturnState.CONFIRMED
    assert row(board, cast.kokklang).state == ReturnState.RETURNED
    assert row(board, cast.saithai).state == ReturnState.NIL
    assert row(board, cast.town).state == ReturnState.LATE
    assert board.total.reported == 2
    assert (board.total.confirmed, board.total.nil, board.total.on_time) == (1, 1, 2)
    chips = {item.name: chasing.counted(board, item) for item in chasing.FILTERS}
    assert chips == {
        "all": 5, "missing": 3, "late": 2, "unconfirmed": 3, "returned": 1, "nil": 1, "confirmed": 1, "stated": 2, "on_time": 2
    }  # fmt: skip
    stated = chasing.arranged(board.rows, chasing.BY_NAME["stated"], "code")
    assert [each.code for each in stated] == ["06810104", "06810107"]
    assert chasing.counted(board, chasing.BY_NAME["stated"]) == board.total.stated == len(stated)
    kept = chasing.arranged(board.rows, chasing.BY_NAME["missing"], "-code")
    assert [each.code for each in kept] == ["06810304", "04810102", "02810101"]


def test_stated_after_the_due_day_is_late(cast: Cast) -> None:
    make_sent(cast.anong)
    confirm(actor=cast.boonmee, organization=cast.aonang, month=MONTH, late_reason="รอผล", now=AFTER_DUE)
    state_nil(actor=cast.chai, organization=cast.kokklang, month=MONTH, reason="ฝนตก", now=AFTER_DUE)
    figures = board_of(cast.department, AFTER_DUE).total
    assert (figures.confirmed, figures.nil, figures.on_time) == (1, 1, 0)


def test_reviewed_records_stay_counted(cast: Cast) -> None:
    record = make_sent(cast.anong)
    before = board_of(cast.department).total
    accept(actor=cast.dao, activity=record, now=NOW)
    after = board_of(cast.department).total
    assert (before.submitted, before.accepted, after.submitted, after.accepted) == (1, 0, 0, 1)
    assert before.people == after.people == 66


def test_every_way_of_grouping_gives_the_same_sum(cast: Cast) -> None:
    make_sent(cast.anong)
    make_sent(cast.chai)
    for office in (cast.department, cast.krabi, cast.mueang):
        for as_now in (False, True):
            scope = ReportScope(office, MONTH, as_now)
            clock = boards.clock_for(MONTH, NOW)
            whole = total(place.figures for place in places(scope, clock))
            for key in ("province", "district", "office"):
                assert total(groups(scope, key, clock).values()) == whole
