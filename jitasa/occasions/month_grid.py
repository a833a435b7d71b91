"""A month laid out in weeks, Sunday first as Thai calendars are. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from jitasa.occasions.models import Occasion

_WEEKS = calendar.Calendar(firstweekday=calendar.SUNDAY)


@dataclass
class Cell:
    """One day of the grid; ``inside`` is false for days of the months before and after."""

    day: date
    inside: bool
    occasions: list[Occasion] = field(default_factory=list)


def weeks(month: date, occasions: Iterable[Occasion]) -> list[list[Cell]]:
    """The weeks that hold ``month`` (its first day) with the important days in them."""
    by_day: dict[date, list[Occasion]] = {}
    for occasion in occasions:
        by_day.setdefault(occasion.date, []).append(occasion)
    return [
        [Cell(day, day.month == month.month, by_day.get(day, [])) for day in week]
        for week in _WEEKS.monthdatescalendar(month.year, month.month)
    ]
