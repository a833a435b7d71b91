"""The dated states of an office: begin one, mend the open one, carry a change to the offices below.

The truth is the chain of ``OrganizationState`` rows; the columns of ``Organization`` repeat the last
one. What follows from the facts of a state is derived in ``facts``.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Model, Q

from jitasa.organizations.choices import LEVEL_OF_TYPE, Change, Level, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.services.facts import (
    COLUMNS,
    STATE_COLUMNS,
    StateFacts,
    area_codes,
    derive,
    facts_of,
    former_words,
    path_of,
    take_columns,
)


def open_state(organization: Organization) -> OrganizationState:
    return OrganizationState.objects.select_for_update(no_key=True).get(
        organization=organization, valid_to=None
    )


def begin_state(
    organization: Organization, facts: StateFacts, *, effective_on: date, change: Change, reason: str
) -> None:
    """End the open state on a day, begin another with ``facts``, and carry it down."""
    OrganizationState.objects.filter(pk=open_state(organization).pk).update(valid_to=effective_on)
    write_open_state(
        organization,
        facts,
        since=effective_on,
        state=OrganizationState(valid_from=effective_on, change=change, reason=reason),
    )


def write_open_state(
    organization: Organization, facts: StateFacts, *, since: date, state: OrganizationState
) -> None:
    """Write ``facts`` into ``state`` (new or present) and the office, then into what is below from ``since``."""
    earlier = organization.states.exclude(pk=state.pk)
    derived = derive(facts, former=former_words(earlier, facts))
    take_columns(organization, facts, derived)
    organization.save(update_fields=COLUMNS)
    for name in STATE_COLUMNS:
        setattr(state, name, getattr(organization, name))
    state.organization, state.reports_to, state.lies_in = organization, facts.reports_to, facts.lies_in
    state.save()
    redate([state], since)  # its parents may have changed since the day it takes effect
    organization.refresh_from_db()
    carry_down(organization, since)


def carry_down(organization: Organization, since: date) -> None:
    """Derive anew the states, from ``since`` on, of all that answers to the office or lies in it."""
    if organization.level not in (Level.PROVINCE, Level.DISTRICT):
        return  # nothing is derived from the department's facts, and nothing stands below a local government
    changed = {organization.pk}
    for level in (Level.DISTRICT, Level.LAO):
        states = (
            OrganizationState.objects.filter(organization__level=level)
            .filter(Q(reports_to__in=changed) | Q(lies_in__in=changed))
            .filter(Q(valid_to=None) | Q(valid_to__gt=since))
            .select_related("organization")
            .order_by("organization_id", "valid_from")
        )
        changed |= redate(list(states), since)


def redate(states: list[OrganizationState], since: date) -> set[int]:
    """Cut and rewrite ``states`` where their parents' states differ; the ids of offices touched."""
    parents = _parent_states(states, since)
    fresh: list[OrganizationState] = []
    kept: list[OrganizationState] = []
    for state in states:
        pieces = _pieces(state, parents, since)
        kept.append(pieces[0])
        fresh += pieces[1:]
    rewrite(kept, ["valid_to", "path", "province_code", "district_code"])
    OrganizationState.objects.bulk_create(fresh, batch_size=200)
    touched = {state.organization_id for state in states}
    _repeat_last_states(touched)
    return touched


def rewrite(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Write some columns of many rows that are there already.

    An upsert by primary key: many times faster than ``bulk_update``, whose ``CASE`` grows with the batch.
    """
    if rows:
        manager = type(rows[0])._default_manager
        manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields, batch_size=500
        )


def follow_parents(offices: list[Organization], since: date) -> None:
    """Put right the states of offices entered or changed as of a past day, where their parents changed after it."""
    later = set(
        OrganizationState.objects.filter(valid_from__gt=since)
        .exclude(organization__level=Level.LAO)
        .values_list("organization", flat=True)
    )
    ids = [office.pk for office in offices if later & {office.reports_to_id, office.lies_in_id}]
    for start in range(0, len(ids), 500):
        states = OrganizationState.objects.filter(organization__in=ids[start : start + 500], valid_to=None)
        redate(list(states.select_related("organization")), since)


def _parent_states(states: list[OrganizationState], since: date) -> dict[int, list[OrganizationState]]:
    ids = {pk for state in states for pk in (state.reports_to_id, state.lies_in_id) if pk is not None}
    found: dict[int, list[OrganizationState]] = {}
    rows = OrganizationState.objects.filter(organization__in=ids).filter(
        Q(valid_to=None) | Q(valid_to__gt=since)
    )
    for row in rows.order_by("valid_from"):
        found.setdefault(row.organization_id, []).append(row)
    return found


def _pieces(
    state: OrganizationState, parents: dict[int, list[OrganizationState]], since: date
) -> list[OrganizationState]:
    """One state as the pieces its parents' dates cut it into; the first is the state itself."""
    start = max(state.valid_from, since)
    rows = [row for pk in (state.reports_to_id, state.lies_in_id) if pk for row in parents.get(pk, [])]
    ends = state.valid_to
    days = {
        row.valid_from for row in rows if row.valid_from > start and (ends is None or row.valid_from < ends)
    }
    pieces = [state]
    for day in sorted({start, *days}):
        derived = _columns_on(state, parents, day)
        last = pieces[-1]
        if all(getattr(last, name) == value for name, value in derived.items()):
            continue
        if last.valid_from < day:
            last = _continue(last, day)
            pieces[-1].valid_to = day
            pieces.append(last)
        for name, value in derived.items():
            setattr(last, name, value)
    return pieces


def _continue(state: OrganizationState, day: date) -> OrganizationState:
    """A copy of ``state`` that begins on ``day``, because an office above it changed then."""
    copied = {
        field.attname: getattr(state, field.attname)
        for field in OrganizationState._meta.concrete_fields
        if not field.primary_key
    }
    copied |= {"valid_from": day, "change": Change.MOVED, "reason": "ตามการเปลี่ยนแปลงของหน่วยงานระดับเหนือขึ้นไป"}
    return OrganizationState(**copied)


def _columns_on(
    state: OrganizationState, parents: dict[int, list[OrganizationState]], day: date
) -> dict[str, str]:
    above = _on(parents.get(state.reports_to_id or 0, []), day)
    place = _on(parents.get(state.lies_in_id or 0, []), day)
    level = LEVEL_OF_TYPE[OrganizationType(state.type)]
    columns: dict[str, str] = {}
    if above is not None:
        columns["path"] = path_of(above.path, state.organization_id)
    if place is not None:
        columns["province_code"], columns["district_code"] = area_codes(level, state.code, place)
    return columns


def _on(states: list[OrganizationState], day: date) -> OrganizationState | None:
    return next(
        (row for row in states if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)),
        None,
    )


def _repeat_last_states(ids: set[int]) -> None:
    """Bring the columns of ``Organization`` in line with each office's last state."""
    offices = Organization.objects.filter(pk__in=ids).select_related("lies_in__lies_in", "reports_to")
    states: dict[int, list[OrganizationState]] = {}
    for state in OrganizationState.objects.filter(organization__in=ids).order_by("valid_from"):
        states.setdefault(state.organization_id, []).append(state)
    changed = []
    for office in offices:
        last, facts = states[office.pk][-1], facts_of(office)
        office.path, office.province_code, office.district_code = (
            last.path,
            last.province_code,
            last.district_code,
        )
        office.search_text = derive(facts, former=former_words(states[office.pk], facts)).search_text
        changed.append(office)
    rewrite(changed, ["path", "province_code", "district_code", "search_text"])
