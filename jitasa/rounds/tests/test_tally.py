"""Tallies stay equal to the sum of the live contributions, whatever happens to the records."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jitasa.audit.models import Entry
from jitasa.rounds.models import MonthlyReturn, Tally
from jitasa.rounds.services.returns import confirm, state_nil
from jitasa.rounds.services.tally import Contribution, apply, apply_many
from tests.cast import NOW, Cast

MONTHS = (date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = MONTHS[1]


def a_contribution(cast: Cast, **changes: object) -> Contribution:
    base = Contribution(
        organization_id=cast.aonang.pk,
        month=OCTOBER,
        status="submitted",
        kind_code="development",
        participants=70,
        people=70,
        men=30,
        women=40,
        photos=4,
        budget=Decimal("1500.50"),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # changes name fields of the dataclass


def stored() -> dict[tuple[object, ...], tuple[object, ...]]:
    """Key → counts of every tally row that is not all zero."""
    rows = {
        (t.month, t.organization_id, t.status, t.kind_code, t.occasion_id): tuple(
            getattr(t, name) for name in Tally.COUNTS
        )
        for t in Tally.objects.all()
    }
    return {key: counts for key, counts in rows.items() if any(counts)}


def expected(live: list[Contribution | None]) -> dict[tuple[object, ...], tuple[object, ...]]:
    sums: dict[tuple[object, ...], list[int | Decimal]] = {}
    for contribution in live:
        if contribution is not None:
            counts = sums.setdefault(contribution.key, [0] * len(Tally.COUNTS))
            for index, name in enumerate(Tally.COUNTS):
                counts[index] += getattr(contribution, name)
    return {key: tuple(counts) for key, counts in sums.items() if any(counts)}


def test_a_record_moves_through_the_statuses(cast: Cast) -> None:
    draft = a_contribution(cast, status="draft")
    sent, accepted = replace(draft, status="submitted"), replace(draft, status="accepted")
    apply(before=None, after=draft, now=NOW)
    apply(before=draft, after=sent, now=NOW)
    apply(before=sent, after=accepted, now=NOW)
    assert stored() == expected([accepted])
    assert Tally.objects.count() == 3  # nothing is deleted
    apply(before=accepted, after=None, now=NOW)
    assert stored() == {}


def test_many_changes_are_netted_to_one_statement_and_one_for_the_country(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    sent = a_contribution(cast)
    for _ in range(5):
        apply(before=None, after=sent, now=NOW)
    accepted = replace(sent, status="accepted")
    apply_many([(sent, accepted)], now=NOW)
    # PostgreSQL is sent both in one go (``together``).
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):  # type: ignore[operator]  # a fixture of pytest-django
        apply_many([(sent, accepted)] * 4, now=NOW)
    assert stored() == expected([accepted] * 5)


def test_taking_out_what_was_never_counted_is_refused(cast: Cast) -> None:
    apply(before=None, after=a_contribution(cast), now=NOW)
    before = stored()
    with pytest.raises(IntegrityError), transaction.atomic():
        apply(before=a_contribution(cast, participants=99, people=99), after=None, now=NOW)
    assert stored() == before


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[int, dict[str, object] | None]]:
    """Acts on up to four records: (which one, its new content or None when it is withdrawn)."""
    content = st.fixed_dictionaries(
        {
            "month": st.sampled_from(MONTHS),
            "status": st.sampled_from(["draft", "awaiting", "submitted", "returned", "accepted"]),
            "kind_code": st.sampled_from(["", "development", "disaster"]),
            "occasion_id": st.sampled_from([0, 7]),
            "events": st.integers(0, 1),
            "participants": st.integers(0, 100_000),
            "people": st.integers(0, 100_000),
            "photos": st.integers(0, 10),
            "budget": st.decimals(0, 999_999, places=2),
        }
    )
    return draw(st.lists(st.tuples(st.integers(0, 3), st.none() | content), max_size=12))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_any_history_leaves_the_sum_of_the_live_records(
    cast: Cast, history: list[tuple[int, dict[str, object] | None]]
) -> None:
    offices = [cast.aonang.pk, cast.kokklang.pk, cast.aonang.pk, cast.town.pk]
    with transaction.atomic():
        records: list[Contribution | None] = [None] * 4
        for index, content in history:
            after = (
                a_contribution(cast, organization_id=offices[index], men=0, women=0, **content)
                if content
                else None
            )
            apply(before=records[index], after=after, now=NOW)
            records[index] = after
        assert stored() == expected(records)
        transaction.set_rollback(True)


def test_a_record_overtakes_a_nil_statement(cast: Cast) -> None:
    state_nil(actor=cast.anong, organization=cast.aonang, month=OCTOBER, reason="น้ำท่วม", now=NOW)
    draft = a_contribution(cast, status="draft")
    apply(before=None, after=draft, now=NOW)
    assert MonthlyReturn.objects.get().nil_at == NOW  # a draft says nothing yet
    apply(before=draft, after=replace(draft, status="submitted"), now=NOW, actor=cast.anong)
    row = MonthlyReturn.objects.get()
    assert (row.nil_at, row.nil_by, row.nil_reason) == (None, None, "")
    entry = Entry.objects.get(verb="return.nil_overtaken")
    assert entry.data == {"month": "2569-10", "reason": "น้ำท่วม"}
    assert entry.actor_name == "Anong"


def test_only_the_month_in_which_a_record_arrives_loses_its_nil_statement(cast: Cast) -> None:
    """A record moved from one month into another: nothing arrives in the first, which may say nil again."""
    sent = a_contribution(cast)
    apply(before=None, after=sent, now=NOW)
    september = date(2026, 9, 1)
    for month in (september, OCTOBER):
        MonthlyReturn.objects.create(
            organization=cast.aonang,
            month=month,
            nil_at=NOW,
            nil_reason="น้ำท่วม",
            confirmed_at=NOW,
            on_time=True,
        )
    apply(before=sent, after=replace(sent, month=september), now=NOW, actor=cast.anong)
    rows = {row.month: row for row in MonthlyReturn.objects.all()}
    assert rows[september].nil_at is None
    assert rows[OCTOBER].nil_at == NOW
    assert [row.changed_at for row in rows.values()] == [NOW, NOW]
    assert Entry.objects.get(verb="return.nil_overtaken").data["month"] == "2569-09"


def test_a_confirmed_month_is_marked_when_its_numbers_change(cast: Cast) -> None:
    sent = a_contribution(cast)
    apply(before=None, after=sent, now=NOW)
    confirm(actor=cast.anong, organization=cast.aonang, month=OCTOBER, late_reason="น้ำท่วม", now=NOW)
    accepted = replace(sent, status="accepted")
    apply(before=sent, after=accepted, now=NOW)
    assert MonthlyReturn.objects.get().changed_at is None  # reviewed only: the office's numbers are the same
    later = datetime.fromisoformat("2026-11-23T10:00:00+07:00")
    apply(before=accepted, after=replace(accepted, participants=80), now=later)
    row = MonthlyReturn.objects.get()
    assert row.changed_at == later
    assert row.confirmed_at == NOW
