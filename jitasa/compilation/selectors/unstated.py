"""How many local governments have not said their last word about each of several months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.places import run
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.organizations.models import Organization
from jitasa.rounds.selectors.rounds import asked_months, rounds_of
from jitasa.thai.dates import last_day


@dataclass(frozen=True)
class Unstated:
    """``count`` of the ``offices`` that owe the month neither confirmed it nor said "no activity"."""

    month: date
    due_on: date
    offices: int
    count: int


def unstated_months(office: Organization, months: Sequence[date]) -> list[Unstated]:
    """The asked ones of the months in their order, each as at its own end: the number that the month's
    board shows under ``show=unconfirmed``. One query for any number of months, and one for their rounds.
    """
    asked = sorted(asked_months(months))
    if not asked:
        return []
    scope = ReportScope(office, asked[-1])
    values: dict[str, Any] = scope.parameters()
    for n, month in enumerate(asked):
        values |= {f"month{n}": month, f"end{n}": last_day(month)}
    text = sql.unstated(whole_country=scope.whole_country, months=len(asked))
    found = {int(n): (int(offices), int(count)) for n, offices, count in run(text, values)}
    due = {month: round_.due_on for month, round_ in rounds_of(asked).items()}
    return [Unstated(month, due[month], *found.get(n, (0, 0))) for n, month in enumerate(asked)]
