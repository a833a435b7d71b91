"""Offices of a month with their numbers, grouped in the database."""

from collections.abc import Iterable, Iterator, Sequence
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


def groups(
    scope: ReportScope, key: str, clock: MonthClock, *, sums: Sequence[str] = sql.SUM_NAMES
) -> dict[Any, Figures]:
    """Figures per province code, district id or office id (``key``: ``sql.GROUP_KEYS``); of the sums those asked for."""
    found: dict[Any, Figures] = {}
    text = sql.grouped(as_now=scope.as_now, whole_country=scope.whole_country, key=key, sums=sums)
    known = _Known(clock)
    for group, number, count, *values in _rows(text, scope, clock):
        facts, state = known[number]
        figures = _figures(facts, int(count), dict(zip(sums, values, strict=True)), state)
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
    known = _Known(clock)
    return [_place(row, *known[row[1]]) for row in _rows(text, scope, clock)]


class _Known(dict[int, tuple[OfficeFacts, ReturnState]]):
    """The facts that a number stands for and the state they make: thousands of offices share a few."""

    def __init__(self, clock: MonthClock) -> None:
        self._clock = clock

    def __missing__(self, number: int) -> tuple[OfficeFacts, ReturnState]:
        facts = OfficeFacts.from_number(number)
        self[number] = facts, state_of(facts, self._clock)
        return self[number]


def _place(row: tuple[Any, ...], facts: OfficeFacts, state: ReturnState) -> Place:
    after_sums = 2 + len(sql.SUM_NAMES)
    level, code, type_, name, short_name, province_code, lies_in_id = row[after_sums:]
    sums = dict(zip(sql.SUM_NAMES, row[2:after_sums], strict=True))
    return Place(
        office_id=row[0],
        facts=facts,
        figures=_figures(facts, 1, sums, state),
        state=state,
        level=level,
        code=code,
        type=type_,
        name=name,
        short_name=short_name,
        province_code=province_code,
        lies_in_id=lies_in_id,
    )


def _figures(facts: OfficeFacts, count: int, sums: dict[str, Any], state: ReturnState) -> Figures:
    whole: dict[str, Any] = {name: int(value) for name, value in sums.items() if name != "budget"}
    figures = Figures(**whole, budget=money(sums.get("budget", 0)))
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
