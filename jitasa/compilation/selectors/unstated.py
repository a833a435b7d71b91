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
from jitasa.thai.dates import last_day, month_slug
from jitasa.ui.kept import Times, kept

KEPT = Times(fresh=150, most=300)  # the country: every office for every month


@dataclass(frozen=True)
class Unstated:
    """``count`` of the ``offices`` that owe the month neither confirmed it nor said "no activity"."""

    month: date
    due_on: date
    offices: int
    count: int


def unstated_months(office: Organization, months: Sequence[date]) -> list[Unstated]:
    """The asked ones of the months in their order, each as at its own end: the number that the month's
    board shows under ``show=unconfirmed``. One query for any number of months, and one for their rounds. The
    whole country's may be up to five minutes old.
    """
    asked = sorted(asked_months(months))
    if not asked:
        return []
    scope = ReportScope(office, asked[-1])
    values: dict[str, Any] = scope.parameters()
    for n, month in enumerate(asked):
        values |= {f"month{n}": month, f"end{n}": last_day(month)}

    def read() -> dict[int, tuple[int, int]]:
        text = sql.unstated(whole_country=scope.whole_country, months=len(asked))
        return {int(n): (int(offices), int(count)) for n, offices, count in run(text, values)}

    key = f"unstated:{','.join(map(month_slug, asked))}"
    found = kept(key, KEPT, read) if scope.whole_country else read()
    due = {month: round_.due_on for month, round_ in rounds_of(asked).items()}
    return [Unstated(month, due[month], *found.get(n, (0, 0))) for n, month in enumerate(asked)]
