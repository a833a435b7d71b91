"""The months of the country are those of its tallies, whoever adds, takes away or counts anew."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jitasa.rounds.models import CountrySum, Tally
from jitasa.rounds.selectors import tallies
from jitasa.rounds.services import country_sums
from jitasa.rounds.services.country_sums import count_anew, count_different_anew, count_grown_anew
from jitasa.rounds.services.tally import Contribution, apply, apply_many
from tests.cast import NOW, Cast

MONTHS = (date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = MONTHS[1]


def sums_of(model: Any) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    rows = model.objects.order_by().values_list("month", "status", "kind_code")
    found = {row[:3]: row[3:] for row in rows.annotate(*[Sum(name) for name in Tally.COUNTS])}
    return {key: counts for key, counts in found.items() if any(counts)}


def a_contribution(office: int, **changes: Any) -> Contribution:
    given_ = {"kind_code": "development", "participants": 70, "people": 70, "men": 30, "photos": 4}
    made = Contribution(office, OCTOBER, "submitted", budget=Decimal("1500.50"), **given_)  # type: ignore[arg-type]
    return replace(made, **changes)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_act_leaves_the_months_equal_to_the_tallies(cast: Cast, data: st.DataObject) -> None:
    offices = (cast.aonang.pk, cast.kokklang.pk)
    held: list[Contribution] = []
    with transaction.atomic():
        for _step in range(data.draw(st.integers(1, 8))):
            before = data.draw(st.sampled_from([None, *held]))
            after = data.draw(
                st.none()
                | st.builds(
                    a_contribution,
                    st.sampled_from(offices),
                    month=st.sampled_from(MONTHS),
                    status=st.sampled_from(["draft", "submitted", "accepted"]),
                    kind_code=st.sampled_from(["", "disaster"]),
                    people=st.integers(0, 9),
                )
            )
            apply(before=before, after=after, now=NOW)
            if before is not None:
                held.remove(before)
            held += [after] if after is not None else []
            if data.draw(st.booleans()):
                count_anew(MONTHS)
            assert sums_of(CountrySum) == sums_of(Tally)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_country_is_read_from_its_months_alone(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    apply_many([(None, a_contribution(cast.aonang.pk)), (None, a_contribution(cast.kokklang.pk))], now=NOW)
    assert CountrySum.objects.count() == 1, "one row for both: they differ in their offices only"
    expected = tallies.series(cast.krabi, MONTHS)
    Tally.objects.all().delete()
    with django_assert_num_queries(1):  # type: ignore[operator]  # a callable fixture
        assert tallies.series(cast.department, MONTHS) == expected
    assert tallies.totals(cast.department, OCTOBER) == expected[OCTOBER]
    assert tallies.by_kind(cast.department, OCTOBER) == {"development": expected[OCTOBER]}


@pytest.mark.django_db
def test_a_month_of_many_rows_is_counted_anew_and_others_are_left_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(country_sums, "MOST_ROWS", 3)
    for month, acts in ((MONTHS[0], 4), (OCTOBER, 5)):
        for _act in range(acts):
            apply(before=None, after=a_contribution(cast.aonang.pk, month=month), now=NOW)
    count_grown_anew()
    assert [CountrySum.objects.filter(month=month).count() for month in MONTHS] == [4, 1]
    assert sums_of(CountrySum) == sums_of(Tally)


@pytest.mark.django_db
def test_what_a_process_of_the_version_before_did_not_add_is_mended_within_the_hour(cast: Cast) -> None:
    for month in (MONTHS[0], OCTOBER):
        apply(before=None, after=a_contribution(cast.aonang.pk, month=month), now=NOW)
    CountrySum.objects.filter(month=OCTOBER).delete()
    untouched = CountrySum.objects.get(month=MONTHS[0]).pk
    count_different_anew(now=NOW.replace(minute=16))
    assert sums_of(CountrySum) != sums_of(Tally)
    count_different_anew(now=NOW.replace(minute=17))
    assert sums_of(CountrySum) == sums_of(Tally)
    assert CountrySum.objects.filter(pk=untouched).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connections['default'].vendor != 'postgresql'", reason="SQLite has one writer")
def test_nobody_is_counted_twice_or_lost_while_others_count_anew(cast: Cast) -> None:
    def act(number: int) -> None:
        try:
            if number % 4:
                apply(before=None, after=a_contribution(cast.aonang.pk), now=NOW)
            else:
                count_anew(MONTHS)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(80)))
    assert sums_of(CountrySum) == sums_of(Tally)
    assert tallies.totals(cast.department, OCTOBER).submitted == 60
