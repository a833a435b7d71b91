"""Due days fall on working days, with the reason, and one rule decides what is late."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import translation

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.selectors.boards import board
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.remind import remind
from jitasa.notices.models import Notice
from jitasa.rounds.models import Round, RoundRevision
from jitasa.rounds.rules_due import due_from, moved_words
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.services.returns import confirm
from jitasa.rounds.services.rounds import change_round, ensure_round, rules_of
from jitasa.thai.dates import BANGKOK
from jitasa.thai.working_days import is_working_day, next_working_day
from jitasa.ui.days import short_date
from tests.cast import NOW, Cast
from tests.pages import words_of

NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("nominal", "due_on", "why"),
    [
        (
            date(2026, 12, 5),
            date(2026, 12, 8),
            "เลื่อนจาก 5 ธ.ค. 2569 เพราะเป็นวันหยุด (วันพ่อแห่งชาติ) และ 7 ธ.ค. 2569 เป็นวันหยุด (ชดเชยวันพ่อแห่งชาติ)",
        ),
        (
            date(2026, 12, 6),
            date(2026, 12, 8),
            "เลื่อนจาก 6 ธ.ค. 2569 เพราะตรงกับวันอาทิตย์ และ 7 ธ.ค. 2569 เป็นวันหยุด (ชดเชยวันพ่อแห่งชาติ)",
        ),
        (date(2027, 12, 6), date(2027, 12, 7), "เลื่อนจาก 6 ธ.ค. 2570 เพราะเป็นวันหยุด (ชดเชยวันพ่อแห่งชาติ)"),
        (date(2026, 11, 5), date(2026, 11, 5), ""),
        (date(2026, 9, 5), date(2026, 9, 7), "เลื่อนจาก 5 ก.ย. 2569 เพราะตรงกับวันเสาร์"),
    ],
)
def test_a_day_off_waits_for_the_next_working_day(nominal: date, due_on: date, why: str) -> None:
    assert due_from(nominal) == next_working_day(nominal) == due_on
    assert is_working_day(due_on)
    with translation.override("th"):
        assert moved_words(nominal, due_on) == why


# The holidays in fiscal year 2570 that fall on Monday to Friday, days in lieu included.
OFF_2570 = {
    date(2026, 10, 13), date(2026, 10, 23), date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 31), date(2027, 1, 1),
    date(2027, 2, 22), date(2027, 4, 6), date(2027, 4, 13), date(2027, 4, 14), date(2027, 4, 15), date(2027, 5, 3), date(2027, 5, 4),
    date(2027, 5, 20), date(2027, 6, 3), date(2027, 7, 19), date(2027, 7, 20), date(2027, 7, 28), date(2027, 8, 12),
}  # fmt: skip


def test_every_day_of_fiscal_year_2570() -> None:
    """Whatever day is set, the due day is the first working one from it on, and what lies between is said."""
    for count in range(365):
        day = date(2026, 10, 1) + timedelta(days=count)
        due_on = due_from(day)
        between = [day + timedelta(days=n) for n in range((due_on - day).days)]
        assert due_on.weekday() < 5, day
        assert due_on not in OFF_2570, day
        assert all(each.weekday() >= 5 or each in OFF_2570 for each in between), day
        with translation.override("th"):
            words = moved_words(day, due_on)
        assert bool(words) == bool(between)
        for rested in set(between[1:]) & OFF_2570:
            with translation.override("th"):
                assert short_date(rested) in words, (day, words)


def test_the_reason_in_english() -> None:
    with translation.override("en"):
        assert moved_words(date(2026, 12, 6), date(2026, 12, 8)) == (
            "moved from 6 Dec 2026, a Sunday and 7 Dec 2026 is a holiday (National Father's Day (in lieu))"
        )


@pytest.mark.django_db
def test_months_begin_from_the_day_that_was_set(cast: Cast) -> None:
    """The fifth stays the fifth, whatever December's holiday did to November."""
    found = ensure_round(NOVEMBER, now=NOW)
    assert (found.nominal_due_on, found.due_on) == (date(2026, 12, 5), date(2026, 12, 8))
    january = round_for(date(2027, 1, 1))
    assert (january.nominal_due_on, january.due_on) == (date(2027, 2, 5), date(2027, 2, 5))
    change_round(
        actor=cast.fah, month=NOVEMBER, to=replace(rules_of(found), due_on=date(2026, 12, 13)), now=NOW
    )
    found.refresh_from_db()
    assert (found.nominal_due_on, found.due_on) == (date(2026, 12, 13), date(2026, 12, 14))
    assert RoundRevision.objects.order_by("number").last().data["due_on"] == "2026-12-13"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_one_rule_for_lateness_boards_and_reminders(cast: Cast) -> None:
    make_lists()
    make_sent(cast.anong)
    monday = datetime(2026, 12, 7, 9, 0, tzinfo=BANGKOK)
    tuesday = datetime(2026, 12, 8, 23, 59, tzinfo=BANGKOK)
    wednesday = datetime(2026, 12, 9, 0, 1, tzinfo=BANGKOK)
    ensure_round(NOVEMBER, now=NOW)
    for now, late in ((monday, 0), (tuesday, 0), (wednesday, 5)):
        assert board(ReportScope(cast.department, NOVEMBER), now=now).total.states["late"] == late
    remind(actor=cast.ek, organizations=[cast.aonang], month=NOVEMBER, message="", now=monday)
    told = Notice.objects.get(organization=cast.aonang, kind="reminder").body
    assert "ครบกำหนด 8 ธันวาคม 2569 เลื่อนจาก 5 ธ.ค. 2569 เพราะเป็นวันหยุด (วันพ่อแห่งชาติ)" in told
    assert confirm(actor=cast.anong, organization=cast.aonang, month=NOVEMBER, now=tuesday).on_time is True


@pytest.mark.django_db
@pytest.mark.at(NOW)
def test_pages_say_the_day_and_why(cast: Cast) -> None:
    for person, page in (
        ("anong", "/work/"),
        ("anong", "/work/month/2569-11/return/"),
        ("fah", "/work/"),
        ("fah", "/work/month/2569-11/"),
        ("ek", "/work/rounds/months/2569-11/"),
        ("fah", "/work/rounds/months/2569-11/"),
        ("fah", "/work/rounds/months/"),
        ("fah", "/work/rounds/"),
    ):
        words = words_of(cast.client(person).get(page, follow=True))
        assert "เพราะเป็นวันหยุด (วันพ่อแห่งชาติ)" in words, page
        assert "8 ธ.ค. 2569" in words or "8 ธันวาคม 2569" in words, page


@pytest.mark.django_db
@pytest.mark.at(NOW)
def test_stored_months_keep_the_day_they_were_judged_by() -> None:
    """The step from the months of before: those past keep their day, those to come move."""
    for month, due in ((date(2026, 8, 1), date(2026, 9, 5)), (NOVEMBER, date(2026, 12, 5))):
        Round.objects.create(month=month, nominal_due_on=due, due_on=due)
    import_module("jitasa.rounds.migrations.0007_due_days_are_working_days").keep_and_move(apps, None)
    found = dict(Round.objects.values_list("month", "due_on"))
    assert found == {date(2026, 8, 1): date(2026, 9, 5), NOVEMBER: date(2026, 12, 8)}
