"""Write what an import planned, in a number of queries that does not grow with the rows but in batches."""

from collections import defaultdict

from jitasa.organizations.models import OrganizationState
from jitasa.organizations.services.facts import (
    COLUMNS,
    STATE_COLUMNS,
    derive,
    former_words,
    new_state,
    take_columns,
)
from jitasa.organizations.services.import_plan import Changed, ImportPlan
from jitasa.organizations.services.install_geography import enter_offices
from jitasa.organizations.services.timeline import follow_parents, rewrite

BATCH = 300


def write_import(plan: ImportPlan) -> None:
    """Inside a transaction that holds the registry's lock."""
    _write_changes(plan)
    enter_offices(
        [facts for _row, facts in plan.founded],
        since=plan.day,
        undated=[
            {name: getattr(row, name) for name in ("latitude", "longitude", "area_km2", "website")}
            for row, _facts in plan.founded
        ],
    )
    _write_undated(plan)


def _write_undated(plan: ImportPlan) -> None:
    for office, values in plan.amended:
        for name, value in values.items():
            setattr(office, name, value)
    rewrite([office for office, _values in plan.amended], ["latitude", "longitude", "area_km2", "website"])


def _write_changes(plan: ImportPlan) -> None:
    """Close the present states, begin the next, repeat them on the offices. Nothing stands below these."""
    ids = [change.state.pk for change in plan.changed if change.state.valid_from < plan.day]
    for start in range(0, len(ids), BATCH):
        OrganizationState.objects.filter(pk__in=ids[start : start + BATCH]).update(valid_to=plan.day)
    earlier = _earlier_states(plan.changed)
    fresh, mended = [], []
    for change in plan.changed:
        office = change.office
        derived = derive(change.after, former=former_words(earlier[office.pk], change.after))
        take_columns(office, change.after, derived)
        state = new_state(office, change.after, derived, valid_from=plan.day, change=change.kind)
        if change.state.valid_from == plan.day:
            state.pk, state.change = change.state.pk, change.state.change
            mended.append(state)
        else:
            fresh.append(state)
    OrganizationState.objects.bulk_create(fresh, batch_size=BATCH)
    OrganizationState.objects.bulk_update(mended, [*STATE_COLUMNS, "reports_to", "lies_in"], batch_size=BATCH)
    rewrite([change.office for change in plan.changed], COLUMNS)
    follow_parents([change.office for change in plan.changed], plan.day)


def _earlier_states(changes: list[Changed]) -> dict[int, list[OrganizationState]]:
    found: dict[int, list[OrganizationState]] = defaultdict(list)
    ids = [change.office.pk for change in changes]
    for start in range(0, len(ids), BATCH):
        for state in OrganizationState.objects.filter(organization__in=ids[start : start + BATCH]):
            found[state.organization_id].append(state)
    return found
