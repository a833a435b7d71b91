"""Whatever is done to the registry, its history stays right (property test)."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jitasa.organizations import rules
from jitasa.organizations.choices import CODE_PREFIX, LEVEL_OF_TYPE, Level, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState, Succession
from jitasa.organizations.services.correct import correct
from jitasa.organizations.services.facts import derive, facts_of
from jitasa.organizations.services.found import found
from jitasa.organizations.services.merge import merge
from jitasa.organizations.services.move import move
from jitasa.organizations.services.recode import recode
from jitasa.organizations.services.rename import rename
from jitasa.organizations.services.upgrade import upgrade
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Refusal
from tests.cast import NOW, make_organization

T = OrganizationType
START = date(2015, 1, 1)
NUMBERS = st.integers(0, 40)
ACTS = st.tuples(
    st.sampled_from(
        [
            "found",
            "upgrade",
            "rename",
            "recode",
            "move",
            "merge",
            "correct",
            "move_district",
            "recode_district",
        ]
    ),
    NUMBERS,
    NUMBERS,
    st.integers(0, 4000),
)


def _country() -> None:
    """A department, two provinces with two districts each, all since 2010."""
    department = make_organization("00", T.DEPARTMENT, "สถ.")
    for code, name in (("81", "กระบี่"), ("82", "พังงา")):
        province = make_organization(code, T.PROVINCE, f"สถจ.{name}", reports_to=department)
        for number in ("01", "02"):
            make_organization(
                f"{code}{number}", T.DISTRICT, f"อ.{name}{number}", reports_to=province, lies_in=province
            )


def _pick(rows: Any, number: int) -> Organization | None:
    found_rows = list(rows.order_by("pk"))
    return found_rows[number % len(found_rows)] if found_rows else None


def _act(name: str, one: int, other: int, day: date) -> None:
    offices = Organization.objects.open()
    lao, district = _pick(offices.laos(), one), _pick(offices.filter(level=Level.DISTRICT), other)
    province = _pick(offices.filter(level=Level.PROVINCE), one)
    assert district is not None
    assert province is not None
    type_ = list(CODE_PREFIX)[one % 5]
    code = f"{CODE_PREFIX[type_]}{district.code}{other:02}"
    common: dict[str, Any] = {"actor": SYSTEM, "effective_on": day, "now": NOW}
    acts: dict[str, Callable[[], object]] = {
        "found": lambda: found(type=type_, code=code, name=f"บ้าน{one}", lies_in=district, **common),
        "move_district": lambda: move(
            organization=district, lies_in=province, code=f"{province.code}{other:02}", **common
        ),
        "recode_district": lambda: recode(
            organization=district, code=f"{district.province_code}{one:02}", **common
        ),
    }
    if lao is not None:
        own = f"{CODE_PREFIX[type_]}{lao.code[2:6]}{one:02}"
        acts |= {
            "upgrade": lambda: upgrade(organization=lao, type=type_, code=own, **common),
            "rename": lambda: rename(organization=lao, name=f"ใหม่{other}", **common),
            "recode": lambda: recode(organization=lao, code=f"{lao.code[:6]}{other:02}", **common),
            "move": lambda: move(
                organization=lao, lies_in=district, code=f"{lao.code[:2]}{district.code}{other:02}", **common
            ),
            "merge": lambda: merge(
                predecessors=[lao], successor=_pick(offices.laos(), other) or lao, **common
            ),
            "correct": lambda: correct(actor=SYSTEM, organization=lao, name=f"แก้{other}", now=NOW),
        }
    if name in acts:
        acts[name]()


def _check_states(office: Organization, states: list[OrganizationState]) -> None:
    """One state on every day from the founding to the end, none beyond."""
    assert states[0].valid_from == office.founded_on
    for before, after in pairwise(states):
        assert before.valid_to == after.valid_from
    assert states[-1].valid_to == office.closed_on
    last = states[-1]
    for name in (
        "code",
        "type",
        "name",
        "short_name",
        "province_code",
        "district_code",
        "path",
        "reports_to_id",
        "lies_in_id",
    ):
        assert getattr(office, name) == getattr(last, name), name
    assert office.level == LEVEL_OF_TYPE[T(office.type)]


def _check_paths(states: dict[int, list[OrganizationState]]) -> None:
    """On the first and the last day of every state its path is the chain of whom it answers to."""

    def on(pk: int, day: date) -> OrganizationState:
        [state] = [s for s in states[pk] if s.valid_from <= day and (s.valid_to is None or s.valid_to > day)]
        return state

    days = {state.valid_from for rows in states.values() for state in rows}
    for rows in states.values():
        for state in rows:
            for day in days:
                if day < state.valid_from or (state.valid_to is not None and day >= state.valid_to):
                    continue
                chain, at = [state.organization_id], state
                while at.reports_to_id is not None:
                    at = on(at.reports_to_id, day)
                    chain.insert(0, at.organization_id)
                assert state.path == "/" + "".join(f"{pk}/" for pk in chain)
                if state.lies_in_id is not None:
                    place = on(state.lies_in_id, day)
                    assert state.province_code == place.province_code
                    if LEVEL_OF_TYPE[T(state.type)] == Level.LAO:
                        assert state.district_code == place.district_code


def check_history() -> None:
    states: dict[int, list[OrganizationState]] = {}
    for state in OrganizationState.objects.order_by("valid_from"):
        states.setdefault(state.organization_id, []).append(state)
    for office in Organization.objects.select_related("lies_in__lies_in", "reports_to"):
        _check_states(office, states[office.pk])
        assert (office.closed_on is None) != Succession.objects.filter(predecessor=office).exists()
        if office.is_lao:
            assert derive(facts_of(office)).sort_key == office.sort_key
            assert (
                rules.search_words(T(office.type), facts_of(office).proper, office.code, "", "").split()[0]
                in office.search_text
            )
    _check_paths(states)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, min_size=5, max_size=25))
def test_history_stays_right_whatever_is_done(acts: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        _country()
        ids: set[int] = set()
        refused = 0
        for name, one, other, days in [("found", 4, 1, 0), ("found", 3, 2, 0), *acts]:
            try:
                _act(name, one, other, START + timedelta(days=days))
            except Refusal:
                refused += 1
            now = set(Organization.objects.values_list("pk", flat=True))
            assert ids <= now
            ids = now
        assert refused < len(acts) + 2
        check_history()
        transaction.set_rollback(True)
