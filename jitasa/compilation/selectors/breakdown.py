"""The month's live numbers by kind, by occasion and by measure, and by kind within each place."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.places import money, run
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.occasions.models import Occasion
from jitasa.rounds.counted import NO_OCCASION, SET_BY_CENTRE
from jitasa.rounds.models import Measure
from jitasa.rounds.selectors.lists import kind_labels

# Occasions of tallies that are no row of the important days: their words, and how the list of records is asked.
UNNAMED = {
    NO_OCCASION: ("none", gettext_noop("ไม่เกี่ยวกับวันสำคัญ")),
    SET_BY_CENTRE: ("centre", gettext_noop("ตามที่ ศอ.จอส.จังหวัดกำหนด")),
}
NO_KIND = gettext_noop("ไม่ระบุประเภท")


@dataclass(frozen=True)
class BreakdownPart:
    """One kind or occasion. ``code`` is the kind's code or the occasion's id, ``centre`` or ``none`` as text.

    ``official`` is the whole name for documents.
    """

    code: str
    label: str
    official: str
    activities: int
    events: int
    participants: int
    people: int
    photos: int
    budget: Decimal


def by_kind(scope: ReportScope) -> list[BreakdownPart]:
    """Kinds with something in them, most events first."""
    labels = kind_labels()
    rows = _split(scope, "kind")
    words = {row[0]: labels.get(row[0], row[0]) or _(NO_KIND) for row in rows}
    return _sorted([_part(row[0], words[row[0]], words[row[0]], row[1:]) for row in rows])


def by_occasion(scope: ReportScope) -> list[BreakdownPart]:
    """Important days with something in them, most events first; days that a centre set together, and records without one."""
    rows = _split(scope, "occasion")
    days = Occasion.objects.filter(pk__in=[row[0] for row in rows])
    named = {pk: (str(pk), short, name) for pk, short, name in days.values_list("pk", "short_name", "name")}
    named |= {key: (code, _(words), _(words)) for key, (code, words) in UNNAMED.items()}
    return _sorted([_part(*named[row[0]], row[1:]) for row in rows])


def measure_words() -> dict[str, tuple[str, str]]:
    """Measure code → (label, unit), in the last words it had. One query."""
    rows = cast("QuerySet[Measure]", Measure.objects.order_by("code", "created_at", "id"))
    return {row.code: (row.label, row.unit) for row in rows}


Key = Literal["province", "district", "office"]


def kinds_by_place(scope: ReportScope, key: Key) -> dict[Any, dict[str, tuple[int, int]]]:
    """Place → kind code → (events, people)."""
    text = sql.split(as_now=scope.as_now, whole_country=scope.whole_country, by="kind", key=key)
    found: dict[Any, dict[str, tuple[int, int]]] = {}
    for place, code, _activities, events, _participants, people, *_rest in run(text, scope.parameters()):
        found.setdefault(place, {})[code] = (int(events), int(people))
    return found


def _split(scope: ReportScope, by: str) -> list[tuple[Any, ...]]:
    text = sql.split(as_now=scope.as_now, whole_country=scope.whole_country, by=by)
    return run(text, scope.parameters())


def _part(code: str, label: str, official: str, sums: Sequence[Any]) -> BreakdownPart:
    activities, events, participants, people, photos, budget = sums
    return BreakdownPart(
        code=code,
        label=str(label),
        official=str(official),
        activities=int(activities),
        events=int(events),
        participants=int(participants),
        people=int(people),
        photos=int(photos),
        budget=money(budget),
    )


def _sorted(parts: list[BreakdownPart]) -> list[BreakdownPart]:
    return sorted(parts, key=lambda part: (-part.events, -part.activities, part.code))
