"""Sums for boards: by office, kind, occasion, area and month, as at the period."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jitasa.organizations.models import Organization, OrganizationState
from jitasa.rounds.models import Tally
from jitasa.rounds.selectors import tallies
from jitasa.rounds.services.country_sums import count_anew
from tests.cast import Cast

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def put(organization: Organization, month: date, status: str = "accepted", **counts: Any) -> None:
    defaults: dict[str, Any] = {"activities": 1, "events": 1, "participants": 50, "people": 50, "photos": 3}
    Tally.objects.create(organization=organization, month=month, status=status, **defaults | counts)
    count_anew([month])


@pytest.fixture
def october(cast: Cast) -> Cast:
    put(cast.aonang, OCTOBER, kind_code="development", men=20, women=30, budget=Decimal("10.50"))
    put(cast.aonang, OCTOBER, "submitted", kind_code="development", activities=2, events=1, people=20)
    put(cast.aonang, OCTOBER, "draft", kind_code="disaster", activities=4)
    put(cast.kokklang, OCTOBER, kind_code="disaster", occasion_id=9)
    put(cast.town, OCTOBER, "returned", kind_code="special")
    put(cast.town, OCTOBER, kind_code="special", activities=5)
    put(cast.aonang, SEPTEMBER, kind_code="development")
    return cast


def test_totals_count_live_records_once(october: Cast) -> None:
    found = tallies.totals(october.krabi, OCTOBER)
    assert (found.accepted, found.submitted, found.live) == (7, 2, 9)
    assert (found.drafts, found.returned, found.awaiting) == (4, 1, 0)
    assert (found.events, found.participants, found.people, found.photos) == (4, 200, 170, 12)
    assert (found.men, found.women, found.budget) == (20, 30, Decimal("10.50"))
    assert tallies.totals(october.department, OCTOBER) == found
    assert tallies.own_sums(october.aonang.pk, OCTOBER).live == 3
    assert tallies.totals(october.lanta, SEPTEMBER) == tallies.ZERO


def test_a_district_has_what_answers_to_it_and_what_lies_in_it(october: Cast) -> None:
    assert tallies.totals(october.mueang, OCTOBER).live == 8
    assert tallies.totals(october.lanta, OCTOBER).live == 1


def test_groups_add_up_to_the_total(october: Cast) -> None:
    total = tallies.totals(october.krabi, OCTOBER)
    for groups in (
        tallies.by_organization(october.krabi, OCTOBER),
        tallies.by_kind(october.krabi, OCTOBER),
        tallies.by_occasion(october.krabi, OCTOBER),
        tallies.by_area(october.krabi, OCTOBER, "district_code"),
        tallies.by_area(october.department, OCTOBER, "province_code"),
    ):
        assert sum(groups.values(), tallies.ZERO) == total
    assert tallies.by_kind(october.krabi, OCTOBER)["special"].live == 5
    assert tallies.by_occasion(october.krabi, OCTOBER)[9].live == 1
    assert tallies.by_area(october.krabi, OCTOBER, "district_code")["8101"].live == 8


def test_an_office_counts_where_it_stood_in_the_month(october: Cast) -> None:
    """อบต.อ่าวนาง moves to the other district on 15 October: September stays with the first."""
    moved = october.lanta.path + f"{october.aonang.pk}/"
    state = OrganizationState.objects.get(organization=october.aonang)
    OrganizationState.objects.filter(pk=state.pk).update(valid_to=date(2026, 10, 15))
    state.pk = None
    state.valid_from, state.path, state.lies_in = date(2026, 10, 15), moved, october.lanta
    state.district_code = "8103"
    state.save()
    months = [SEPTEMBER, OCTOBER]
    assert [s.live for s in tallies.series(october.mueang, months).values()] == [1, 5]
    assert [s.live for s in tallies.series(october.lanta, months).values()] == [0, 4]
    assert [s.live for s in tallies.series(october.department, months).values()] == [1, 9]
    assert tallies.by_area(october.krabi, SEPTEMBER, "district_code")["8101"].live == 1
    assert tallies.by_area(october.krabi, OCTOBER, "district_code")["8103"].live == 4


def test_an_office_merged_in_the_month_still_counts_in_it(october: Cast) -> None:
    end = date(2026, 10, 20)
    OrganizationState.objects.filter(organization=october.kokklang).update(valid_to=end)
    Organization.objects.filter(pk=october.kokklang.pk).update(closed_on=end)
    assert tallies.totals(october.lanta, OCTOBER).live == 1
    assert tallies.by_area(october.krabi, OCTOBER, "district_code")["8103"].live == 1
    assert october.kokklang.pk not in {
        state.organization_id for state in tallies.states_within(october.lanta, date(2026, 11, 1))
    }


def test_series_of_many_offices_in_one_query(
    october: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    ids = [october.aonang.pk, october.kokklang.pk, october.pao.pk]
    with django_assert_num_queries(1):  # type: ignore[operator]  # a callable fixture
        found = tallies.series_by_organization(ids, [SEPTEMBER, OCTOBER])
    assert found == {ids[0]: [1, 3], ids[1]: [0, 1], ids[2]: [0, 0]}
    with django_assert_num_queries(1):  # type: ignore[operator]  # a callable fixture
        assert set(tallies.by_organization_ids(ids, OCTOBER)) == set(ids[:2])
    with django_assert_num_queries(2):  # type: ignore[operator]  # where it stood, and the sums
        tallies.by_organization(october.krabi, OCTOBER)
