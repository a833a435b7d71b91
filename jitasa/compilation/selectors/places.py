"""Offices of a month with their numbers, grouped in the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.states import MonthClock, OfficeFacts, state_of
from jitasa.rounds.choices import ReturnState


@dataclass
class Place:
    """One office in one month, under the name, code and parents it had then."""

    office_id: int
    facts: OfficeFacts
    figures: Figures
    state: ReturnState
    level: str
    code: str
    type: str
    name: str
    short_name: str
    province_code: str
    lies_in_id: int | None


def groups(scope: ReportScope, key: str, clock: MonthClock) -> dict[Any, Figures]:
    """Figures per province code, district id or office id (``key``: ``sql.GROUP_KEYS``)."""
    found: dict[Any, Figures] = {}
    text = sql.grouped(as_now=scope.as_now, whole_country=scope.whole_country, key=key)
    for group, *values in _rows(text, scope, clock):
        facts = OfficeFacts.from_columns(values[: sql.FACT_COUNT])
        count, sums = values[sql.FACT_COUNT], values[sql.FACT_COUNT + 1 :]
        figures = _figures(facts, int(count), sums, state_of(facts, clock))
        found.setdefault(group, Figures()).add(figures)
    return found


def total(parts: Iterable[Figures]) -> Figures:
    """The sum of several groups."""
    whole = Figures()
    for part in parts:
        whole.add(part)
    return whole


def places(scope: ReportScope, clock: MonthClock) -> list[Place]:
    """Every office of the scope, by code; offices that only lent numbers stand at their place too."""
    text = sql.offices(as_now=scope.as_now, whole_country=scope.whole_country)
    return [_place(row, clock) for row in _rows(text, scope, clock)]


def _place(row: tuple[Any, ...], clock: MonthClock) -> Place:
    facts = OfficeFacts.from_columns(row[1 : 1 + sql.FACT_COUNT])
    after_facts = 1 + sql.FACT_COUNT
    after_sums = after_facts + len(sql.SUM_NAMES)
    level, code, type_, name, short_name, province_code, lies_in_id = row[after_sums:]
    state = state_of(facts, clock)
    return Place(
        office_id=row[0],
        facts=facts,
        figures=_figures(facts, 1, row[after_facts:after_sums], state),
        state=state,
        level=level,
        code=code,
        type=type_,
        name=name,
        short_name=short_name,
        province_code=province_code,
        lies_in_id=lies_in_id,
    )


def _figures(facts: OfficeFacts, count: int, sums: Iterable[Any], state: ReturnState) -> Figures:
    figures = Figures()
    for name, value in zip(sql.SUM_NAMES, sums, strict=True):
        setattr(figures, name, money(value) if name == "budget" else int(value))
    if facts.expected:
        figures.offices = count
        figures.reported = count if facts.reported else 0
        figures.confirmed = count if facts.is_confirmed else 0
        figures.on_time = count if facts.stated and facts.is_on_time else 0
        figures.nil = count if facts.is_nil else 0
        figures.states[state.value] = count
    return figures


def money(value: Any) -> Decimal:
    """Baht to the satang: SQLite sums decimals as floats."""
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _rows(text: str, scope: ReportScope, clock: MonthClock) -> Iterator[tuple[Any, ...]]:
    due_until = connection.ops.adapt_datetimefield_value(clock.due_until)
    yield from run(text, {**scope.parameters(), "due_until": due_until})


def run(text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one of the statements of ``sql``."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())
