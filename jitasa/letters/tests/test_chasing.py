"""Reminding and escalating: in one transaction with the audit, and only what is due is looked at."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jitasa.audit.models import Entry
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.services import remind as chasing
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.receive import answer, open_letter
from jitasa.letters.services.remind import escalate, remind
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_way import circular, way
from jitasa.notices.models import Notice
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


def many(cast: Cast, count: int, **changes: object) -> list[Letter]:
    """Letters of Krabi to its two districts, the PAO and the town, escalating after three days."""
    signer = set_up_office(cast.krabi)
    given = values(signer, **{"escalate_after_days": 3, **changes})
    return [issue(actor=cast.ek, letter=draft(cast.ek, given), now=NOW) for _each in range(count)]


def test_a_reminder_and_its_entry_live_or_die_together(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = circular(cast)
    was = Entry.objects.count()

    def fails(*_rows: object, **_given: object) -> None:
        raise OSError("no audit")

    monkeypatch.setattr(chasing, "record", fails)
    with pytest.raises(OSError, match="no audit"):
        remind(actor=cast.fah, letter=letter, node=cast.department, behind="unopened", now=NOW + DAY)
    assert not Notice.objects.filter(kind="reminder").exists()
    assert not Dispatch.objects.exclude(reminded_at=None).exists()
    monkeypatch.undo()
    monkeypatch.setattr(chasing, "deliver", fails)
    with pytest.raises(OSError, match="no audit"):
        remind(actor=cast.fah, letter=letter, node=cast.department, behind="unopened", now=NOW + DAY)
    assert Entry.objects.count() == was


def test_a_reminder_of_many_is_the_workers_and_is_written_down_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = many(cast, 1)[0]
    monkeypatch.setattr(chasing, "AT_ONCE", 1)
    told = remind(actor=cast.ek, letter=letter, node=cast.krabi, behind="unopened", now=NOW + DAY)
    assert told == (2, True)
    assert Notice.objects.filter(kind="reminder").count() == 2
    assert Entry.objects.filter(verb="letter.remind").count() == 1


def test_with_nothing_due_escalation_is_one_statement_over_the_index(cast: Cast) -> None:
    letters = many(cast, 30)
    with CaptureQueriesContext(connection) as queries:
        assert escalate(now=NOW + DAY) == 0
    assert len(queries) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of a hundred rows is read whole
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {queries[0]['sql']}")
        assert "dispatch_to_escalate" in str(cursor.fetchall())
    assert escalate(now=NOW + 3 * DAY) == 2 * len(letters)
    with CaptureQueriesContext(connection) as queries:
        assert escalate(now=NOW + 4 * DAY) == 0
    assert len(queries) == 1


@pytest.mark.parametrize("count", [1, 20])
def test_escalating_takes_as_many_statements_for_many_letters_as_for_one(cast: Cast, count: int) -> None:
    many(cast, count)
    with CaptureQueriesContext(connection) as queries:
        assert escalate(now=NOW + 3 * DAY) == 2 * count
    assert len(queries) == 7
    assert Notice.objects.filter(organization=cast.krabi).count() == count


def test_a_dispatch_is_told_of_once_and_once_more_when_its_day_has_passed(cast: Cast) -> None:
    due_on = date(2026, 11, 30)
    letter = many(cast, 1, answer_kind=AnswerKind.ACKNOWLEDGE, answer_by=due_on)[0]
    assert escalate(now=NOW + 3 * DAY) == 2
    assert escalate(now=NOW + 5 * DAY) == 0
    answer(actor=cast.dao, dispatch=way(letter, cast.mueang), now=NOW + 5 * DAY)
    assert escalate(now=NOW + 8 * DAY) == 0  # 30 November itself
    assert escalate(now=NOW + 9 * DAY) == 1  # อ.เกาะลันตา has not answered
    assert escalate(now=NOW + 30 * DAY) == 0
    titles = Notice.objects.filter(organization=cast.krabi).order_by("pk").values_list("title", flat=True)
    assert [title.split("ค้างอยู่ ")[1][:1] for title in titles] == ["2", "1"]


def test_what_was_opened_is_not_told_of_before_its_day(cast: Cast) -> None:
    letter = many(cast, 1, answer_kind=AnswerKind.ACKNOWLEDGE, answer_by=date(2026, 11, 30))[0]
    open_letter(actor=cast.dao, dispatch=way(letter, cast.mueang), now=NOW + DAY)
    assert escalate(now=NOW + 3 * DAY) == 1
    assert escalate(now=NOW + 9 * DAY) == 2


def test_a_recalled_letter_is_told_of_no_more(cast: Cast) -> None:
    letter = many(cast, 1)[0]
    recall(actor=cast.ek, letter=letter, reason="ผิดฉบับ", now=NOW + DAY)
    assert escalate(now=NOW + 3 * DAY) == 0
    assert not Dispatch.objects.exclude(escalate_at=None).exists()
