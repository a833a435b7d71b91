"""A month that is not finished is compared with the same day of the month before, a finished one with a whole one."""

from datetime import UTC, date, datetime

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.compilation.outputs.report import content
from jitasa.compilation.selectors.boards import figures_of
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.same_day import earlier, reported, reported_until
from jitasa.compilation.services.compile import compile_round
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.rounds.services.returns import state_nil
from jitasa.rounds.services.rounds import ensure_round
from jitasa.thai.dates import same_day_before
from tests.cast import NOW, Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db
TOLD = ("offices", "reported", "events", "people", "photos")
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def months(cast: Cast) -> None:
    """Aonang sent one October record on the 10th, Kokklang one on the 30th; Town said "nil" on the 28th."""
    make_lists()
    ensure_round(OCTOBER, now=NOW)
    for actor, day in ((cast.anong, 10), (cast.chai, 30)):
        sent = make_sent(actor, start_date=date(2026, 10, day))
        Activity.objects.filter(pk=sent.pk).update(submitted_at=datetime(2026, 10, day, 3, 0, tzinfo=UTC))
    clerk = type(cast.anong)(user=cast.people["anong"], organization=cast.town, roles=cast.anong.roles)
    at = datetime(2026, 10, 28, 3, 0, tzinfo=UTC)
    state_nil(actor=clerk, organization=cast.town, month=OCTOBER, reason="เตรียมงาน", now=at)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 22), date(2026, 10, 22)),
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2028, 3, 29), date(2028, 2, 29)),
        (date(2027, 1, 31), date(2026, 12, 31)),
    ],
)
def test_the_same_day_of_the_month_before(day: date, before: date) -> None:
    assert same_day_before(day) == before


@pytest.mark.parametrize("as_now", [False, True])
@pytest.mark.parametrize("who", ["department", "krabi", "mueang"])
def test_only_what_had_been_sent_by_then_is_compared(cast: Cast, who: str, as_now: bool) -> None:
    office: Organization = getattr(cast, who)
    scope = ReportScope(office, OCTOBER, as_now)
    early, late = reported_until(scope, date(2026, 10, 22)), reported_until(scope, date(2026, 10, 31))
    assert (early.reported, early.events) == (1, 1)
    assert (late.reported, late.events) == ((2, 1) if who == "mueang" else (3, 2))
    assert early.offices == late.offices == (4 if who == "mueang" else 5)
    assert early.people > 0
    assert early.photos > 0
    assert reported_until(scope, date(2026, 10, 9)).reported == 0


@pytest.mark.parametrize("as_now", [False, True])
@pytest.mark.parametrize("month", [OCTOBER, NOVEMBER])
def test_the_start_page_counts_as_the_board_does(cast: Cast, month: date, as_now: bool) -> None:
    """Three offices reported (one of them nil), one only began, one ended in the middle of October."""
    make_draft(cast.anong)
    begun = type(cast.chai)(user=cast.people["anong"], organization=cast.saithai, roles=cast.anong.roles)
    make_draft(begun, start_date=date(2026, 10, 5))
    OrganizationState.objects.filter(organization=cast.kokklang).update(valid_to=date(2026, 10, 15))
    for office in (cast.department, cast.krabi, cast.mueang, cast.aonang):
        scope = ReportScope(office, month, as_now)
        board, told = figures_of(scope, now=NOW), reported(scope)
        assert [getattr(told, name) for name in TOLD] == [getattr(board, name) for name in TOLD], office
    assert reported(ReportScope(cast.department, OCTOBER, as_now)).events == 2


def test_until_the_due_day_and_no_longer(cast: Cast) -> None:
    scope = ReportScope(cast.krabi, NOVEMBER)
    assert earlier(scope, NOW).until == date(2026, 10, 22)
    in_december = datetime(2026, 12, 3, 3, 0, tzinfo=UTC)
    assert earlier(scope, in_december).until == date(2026, 11, 3)
    after_due = earlier(scope, datetime(2026, 12, 9, 3, 0, tzinfo=UTC))
    assert after_due.until is None
    assert after_due.figures.events == 2


@pytest.mark.at("2026-11-22")
def test_the_board_says_what_it_is_compared_with(cast: Cast) -> None:
    make_sent(cast.anong)
    page = cast.client("ek").get("/work/month/2569-11/")
    assert page.context["arrows"]["events"] == 0.0  # one by 22 November, one by 22 October
    assert "ตามที่รายงานถึง 22 ต.ค. 2569" in words_of(page)
    assert "เดือนนี้ยังไม่ครบ" in words_of(cast.client("ek").get("/work/month/2569-11/"))
    trend = words_of(cast.client("ek").get("/work/month/2569-11/?tab=trend"))
    assert "พ.ย. 69 ยังไม่ครบเดือน" in trend
    assert "ยังไม่ครบเดือน" not in words_of(cast.client("ek").get("/work/month/2569-10/?tab=trend"))


def test_the_report_of_a_month_that_ran_says_until_when_it_was_counted(cast: Cast) -> None:
    make_sent(cast.anong)
    made = compile_round(actor=cast.ek, organization=cast.krabi, month=NOVEMBER, now=NOW).compilation
    bars = [block for block in content(made)[0]["appendix"] if block["kind"] == "bars"]
    assert [row["label"] for row in bars[0]["rows"]][-2:] == ["ต.ค. 69", "พ.ย. 69 (ถึง 22 พ.ย. 2569)"]
