"""Live events and people over months, as at each month: for sparklines and trend columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.places import run
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.rounds.selectors.tallies import series, series_by_organization
from jitasa.thai.dates import add_months, last_day

SPAN = 6


@dataclass(frozen=True)
class MonthFigure:
    """One month of a trend."""

    month: date
    events: int
    people: int


def months_to(month: date, count: int = SPAN) -> list[date]:
    """``count`` months that end with ``month``."""
    return [add_months(month, back) for back in range(1 - count, 1)]


def per_place(scope: ReportScope, key: str, months: Sequence[date]) -> dict[Any, list[int]]:
    """Place (province code, district id or office id) → events in each of ``months``."""
    text = sql.trend(as_now=scope.as_now, whole_country=scope.whole_country, key=key, months=len(months))
    values = scope.parameters()
    for n, month in enumerate(months):
        values |= {f"month{n}": month, f"end{n}": last_day(month)}
    found: dict[Any, list[int]] = {}
    for place, n, events, _people in run(text, values):
        found.setdefault(place, [0] * len(months))[n] = int(events)
    return found


def per_office(ids: Sequence[int], months: Sequence[date]) -> dict[int, list[int]]:
    """The same for the offices of one page of a list: one small query."""
    return series_by_organization(ids, months)


def whole(scope: ReportScope, months: Sequence[date]) -> list[MonthFigure]:
    """The scope's own trend."""
    sums = series(scope.office, months)
    return [MonthFigure(month, sums[month].events, sums[month].people) for month in months]


__all__ = ["SPAN", "MonthFigure", "months_to", "per_office", "per_place", "whole"]
