"""Rounds: made from the month before, changed with history, never altering what was."""

from dataclasses import asdict, replace
from datetime import date, datetime

import pytest

from jitasa.audit.models import Entry
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds.models import Round, RoundRevision
from jitasa.rounds.rules_heading import DEFAULT_HEADING
from jitasa.rounds.selectors.rounds import asked_months, history, round_for, rounds_of
from jitasa.rounds.services.returns import state_nil
from jitasa.rounds.services.rounds import change_round, ensure_round, open_rounds, rules_of
from tests.cast import NOW, Cast

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def test_the_first_round_has_the_default_rules(db: None) -> None:
    round_ = ensure_round(OCTOBER, now=NOW)
    assert asdict(rules_of(round_)) == {
        "due_on": date(2026, 11, 5),
        "required_fields": ("name", "kind", "start_date", "place", "tambon_code", "participants"),
        "photos_least": 2,
        "photos_most": 10,
        "nil_allowed": True,
        "note": "",
        "report_heading": DEFAULT_HEADING,
    }
    assert ensure_round(OCTOBER, now=NOW) == round_
    revision = RoundRevision.objects.get()
    assert (revision.number, revision.by, revision.at) == (1, None, NOW)


def test_a_new_month_begins_with_the_rules_of_the_latest_earlier_one(cast: Cast) -> None:
    to = replace(
        rules_of(ensure_round(OCTOBER, now=NOW)),
        due_on=date(2026, 11, 10),
        required_fields=("result",),
        photos_least=3,
        nil_allowed=False,
        note="เฉพาะเดือนนี้",
    )
    change_round(actor=cast.fah, month=OCTOBER, to=to, now=NOW)
    december = ensure_round(DECEMBER, now=NOW)
    assert (december.nominal_due_on, december.due_on) == (date(2027, 1, 10), date(2027, 1, 11))
    assert december.required_fields == ["name", "kind", "start_date", "participants", "result"]
    assert (december.photos_least, december.nil_allowed, december.note) == (3, False, "")


def test_months_out_of_reach_leave_no_row(db: None) -> None:
    assert ensure_round(date(2027, 2, 1), now=NOW).pk is None
    assert ensure_round(date(2016, 12, 1), now=NOW).pk is None
    assert not Round.objects.exists()


def test_showing_a_month_stores_nothing(cast: Cast) -> None:
    assert rules_of(round_for(OCTOBER)) == rules_of(rounds_of([OCTOBER])[OCTOBER])
    for page in ("", "2569-11/", "2569-10/"):
        assert cast.client("fah").get(f"/work/rounds/months/{page}").status_code == 200
    assert not Round.objects.exists()


def test_the_worker_opens_this_month_and_the_next(db: None) -> None:
    for _again in range(2):
        open_rounds(now=NOW)
    assert list(Round.objects.values_list("month", flat=True)) == [DECEMBER, NOVEMBER]
    assert RoundRevision.objects.count() == 2


def test_a_month_that_has_begun_keeps_its_rules_and_a_page_may_be_older_than_the_row(cast: Cast) -> None:
    open_rounds(now=NOW)
    rules = rules_of(round_for(OCTOBER))
    change_round(actor=cast.fah, month=OCTOBER, to=replace(rules, photos_least=5), now=NOW, based_on=0)
    assert round_for(OCTOBER).photos_least == 5
    assert round_for(NOVEMBER).photos_least == 2


def test_a_change_is_kept_compared_and_leaves_other_months_alone(cast: Cast) -> None:
    october, november = ensure_round(OCTOBER, now=NOW), ensure_round(NOVEMBER, now=NOW)
    rules = rules_of(october)
    later = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
    change_round(actor=cast.fah, month=OCTOBER, to=replace(rules, photos_least=4), now=later, based_on=1)
    change_round(actor=cast.fah, month=OCTOBER, to=replace(rules, photos_least=4), now=later)  # twice
    assert rules_of(Round.objects.get(month=NOVEMBER)) == rules_of(november)
    newest, first = history(Round.objects.get(month=OCTOBER))
    assert (first.revision.number, first.changes) == (1, [])
    assert (newest.revision.number, newest.revision.by) == (2, cast.fah.user)
    assert [(c.label, c.before, c.after) for c in newest.changes] == [("ภาพอย่างน้อย", "2", "4")]
    entry = Entry.objects.get(verb="round.change")
    assert (entry.data["month"], entry.data["before"]["photos_least"]) == ("2569-10", 2)


def test_refusals_change_nothing(cast: Cast) -> None:
    round_ = ensure_round(OCTOBER, now=NOW)
    rules = rules_of(round_)
    wanted = replace(rules, photos_least=4)
    for actor in (cast.anong, cast.boonmee, cast.dao, cast.ek):
        with pytest.raises(Forbidden):
            change_round(actor=actor, month=OCTOBER, to=wanted, now=NOW)
    with pytest.raises(Refusal):
        change_round(actor=cast.fah, month=OCTOBER, to=replace(rules, due_on=OCTOBER), now=NOW)
    with pytest.raises(Conflict):
        change_round(actor=cast.fah, month=OCTOBER, to=wanted, now=NOW, based_on=7)
    far = replace(rules, due_on=date(2028, 2, 5))
    with pytest.raises(Refusal, match="ไกลเกินไป"):
        change_round(actor=cast.fah, month=date(2028, 1, 1), to=far, now=NOW)
    assert rules_of(Round.objects.get()) == rules
    assert RoundRevision.objects.count() == 1


def test_rounds_of_several_months_in_one_query(
    db: None, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for month in (OCTOBER, NOVEMBER):
        ensure_round(month, now=NOW)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a callable fixture
        assert list(rounds_of([NOVEMBER, OCTOBER])) == [OCTOBER, NOVEMBER]


def test_what_is_said_about_an_older_month_does_not_open_the_months_since(cast: Cast) -> None:
    """Confirming or denying a month before the first round stores none, so nobody becomes late with it."""
    ensure_round(OCTOBER, now=NOW)
    state_nil(actor=cast.anong, organization=cast.aonang, month=date(2026, 6, 1), reason="เตรียมงาน", now=NOW)
    assert ensure_round(date(2026, 7, 1), now=NOW).pk is None
    assert list(Round.objects.values_list("month", flat=True)) == [OCTOBER]
    assert asked_months([date(2026, 6, 1), date(2026, 7, 1), OCTOBER]) == {OCTOBER}


def test_the_department_may_open_an_earlier_month(cast: Cast) -> None:
    ensure_round(OCTOBER, now=NOW)
    august = date(2026, 8, 1)
    change_round(actor=cast.fah, month=august, to=rules_of(round_for(august)), now=NOW)
    assert asked_months([date(2026, 7, 1), august]) == {august}
