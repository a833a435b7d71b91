"""An office states its month: nil, complete, taken back; who may and when."""

from datetime import date, datetime

import pytest

from jitasa.audit.models import Entry
from jitasa.problems import Forbidden, Refusal
from jitasa.rounds.models import MonthlyReturn, Round, Tally
from jitasa.rounds.selectors.returns import facts_by_organization, facts_of
from jitasa.rounds.services.returns import confirm, mark_reminded, state_nil, take_back_nil, unconfirm
from jitasa.rounds.services.rounds import ensure_round
from tests.cast import NOW, Cast

OCTOBER, NOVEMBER, JANUARY = date(2026, 10, 1), date(2026, 11, 1), date(2027, 1, 1)
IN_TIME = datetime.fromisoformat("2026-11-05T23:59:59+07:00")
TOO_LATE = datetime.fromisoformat("2026-11-06T00:00:00+07:00")


def records(cast: Cast, status: str, count: int = 1, month: date = OCTOBER) -> None:
    Tally.objects.create(organization=cast.aonang, month=month, status=status, activities=count, events=count)


def test_nil_is_stated_once_and_taken_back(cast: Cast) -> None:
    for _ in range(2):  # the same form sent twice
        state_nil(actor=cast.anong, organization=cast.aonang, month=OCTOBER, reason=" ฝนตก  หนัก ", now=NOW)
    row = MonthlyReturn.objects.get()
    assert (row.nil_reason, row.nil_at, row.nil_by) == ("ฝนตก หนัก", NOW, cast.anong.user)
    assert Entry.objects.filter(verb="return.nil").count() == 1
    for _ in range(2):
        take_back_nil(actor=cast.boonmee, organization=cast.aonang, month=OCTOBER, now=NOW)
    row.refresh_from_db()
    assert (row.nil_reason, row.nil_at) == ("", None)
    assert Entry.objects.filter(verb="return.nil_taken_back").count() == 1


@pytest.mark.parametrize(("reason", "words"), [("  ", "ระบุสาเหตุ"), ("ก" * 301, "ยาวเกินไป")])
def test_nil_needs_a_reason_of_bearable_length(cast: Cast, reason: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        state_nil(actor=cast.anong, organization=cast.aonang, month=OCTOBER, reason=reason, now=NOW)
    assert words in refusal.value.fields["reason"][0]
    assert not MonthlyReturn.objects.exists()


@pytest.mark.parametrize("status", ["submitted", "accepted", "returned", "awaiting"])
def test_nil_is_refused_while_records_were_sent(cast: Cast, status: str) -> None:
    records(cast, status)
    with pytest.raises(Refusal, match="1 รายการ"):
        state_nil(actor=cast.anong, organization=cast.aonang, month=OCTOBER, reason="ฝน", now=NOW)
    assert not MonthlyReturn.objects.exists()


def test_nil_is_refused_where_the_round_does_not_take_it_and_before_the_month(cast: Cast) -> None:
    ensure_round(OCTOBER, now=NOW)
    Round.objects.update(nil_allowed=False)
    with pytest.raises(Refusal, match="ไม่รับการแจ้ง"):
        state_nil(actor=cast.anong, organization=cast.aonang, month=OCTOBER, reason="ฝน", now=NOW)
    with pytest.raises(Refusal, match="ยังไม่เริ่ม"):
        state_nil(actor=cast.anong, organization=cast.aonang, month=JANUARY, reason="ฝน", now=NOW)
    assert not MonthlyReturn.objects.exists()


def test_only_the_office_itself_states(cast: Cast) -> None:
    records(cast, "submitted")
    for stranger in (cast.chai, cast.dao, cast.ek, cast.fah):
        with pytest.raises(Forbidden):
            confirm(actor=stranger, organization=cast.aonang, month=OCTOBER, late_reason="ฝน", now=NOW)
        with pytest.raises(Forbidden):
            state_nil(actor=stranger, organization=cast.aonang, month=OCTOBER, reason="ฝน", now=NOW)
    assert not MonthlyReturn.objects.exists()


@pytest.mark.parametrize(("at", "reason", "on_time"), [(IN_TIME, "", True), (TOO_LATE, "ไฟดับ", False)])
def test_confirmed_on_time_or_late_by_the_clock_of_thailand(
    cast: Cast, at: datetime, reason: str, on_time: bool
) -> None:
    records(cast, "submitted", 3)
    for _ in range(2):
        confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, late_reason=reason, now=at)
    row = MonthlyReturn.objects.get()
    assert (row.on_time, row.late_reason, row.confirmed_at) == (on_time, reason, at)
    assert Entry.objects.filter(verb="return.confirm").count() == 1


def test_a_late_confirmation_asks_why(cast: Cast) -> None:
    records(cast, "submitted")
    with pytest.raises(Refusal) as refusal:
        confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, now=TOO_LATE)
    assert "late_reason" in refusal.value.fields
    assert not MonthlyReturn.objects.exists()


@pytest.mark.parametrize(
    ("status", "words"), [("returned", "ส่งกลับแก้ไข"), ("awaiting", "รออนุมัติ"), ("draft", "ยังไม่มีกิจกรรม")]
)
def test_confirming_is_refused_while_something_is_open(cast: Cast, status: str, words: str) -> None:
    records(cast, status)
    if status != "draft":
        records(cast, "accepted")
    with pytest.raises(Refusal, match=words):
        confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, now=IN_TIME)
    assert not MonthlyReturn.objects.exists()


def test_drafts_do_not_stop_a_confirmation(cast: Cast) -> None:
    records(cast, "draft", 2)
    records(cast, "accepted")
    confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, now=IN_TIME)
    assert MonthlyReturn.objects.get().on_time is True


def test_confirming_again_clears_the_mark_and_unconfirming_everything(cast: Cast) -> None:
    records(cast, "accepted")
    confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, now=IN_TIME)
    MonthlyReturn.objects.update(changed_at=NOW)
    confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, now=NOW)
    row = MonthlyReturn.objects.get()
    assert (row.changed_at, row.confirmed_at, row.on_time) == (None, IN_TIME, True)
    for _ in range(2):
        unconfirm(actor=cast.boonmee, organization=cast.aonang, month=OCTOBER, now=NOW)
    row.refresh_from_db()
    assert (row.confirmed_at, row.confirmed_by, row.on_time) == (None, None, None)
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["return.confirm", "return.confirm_again", "return.unconfirm"]


def test_a_later_due_day_does_not_change_what_was_judged(cast: Cast) -> None:
    records(cast, "accepted")
    confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, late_reason="ไฟดับ", now=TOO_LATE)
    Round.objects.update(due_on=date(2026, 11, 30))
    assert facts_of(cast.aonang, OCTOBER).stated_on_time is False


def test_reminders_are_counted(cast: Cast) -> None:
    for _ in range(2):
        mark_reminded(organizations=[cast.aonang, cast.kokklang], month=OCTOBER, now=NOW)
    assert set(MonthlyReturn.objects.values_list("reminders", "reminded_at")) == {(2, NOW)}


def test_facts_of_any_number_of_offices_take_the_same_queries(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    ensure_round(OCTOBER, now=NOW)
    records(cast, "accepted", 2)
    for offices in ([cast.aonang], [cast.aonang, cast.kokklang, cast.town, cast.pao, cast.saithai]):
        with django_assert_num_queries(5):  # type: ignore[operator]  # a callable fixture
            facts = facts_by_organization(offices, OCTOBER)
    assert facts[cast.aonang.pk].live == 2
    assert facts[cast.pao.pk].live == 0
