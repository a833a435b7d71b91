"""A month that is not finished beside an earlier one: what of the earlier one had been reported by the same day.

Whole months are compared with whole ones. Until the due day of a month has passed reports still come in,
so it is compared with what the month before held on the same day a month earlier: on 26 November (for November) that is
October as it had been reported by the end of 26 October, on 3 December still November is
compared with October as reported by 3 November.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.boards import previous
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.places import run
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.selectors.tallies import totals
from jitasa.thai.dates import BANGKOK, same_day_before, today
from jitasa.ui.kept import Times, kept

KEPT = Times(fresh=150, most=300)  # the country's earlier month for the comparison


@dataclass(frozen=True)
class Earlier:
    """The month before: whole (``until`` is ``None``), or as it had been reported at the end of ``until``."""

    month: date
    until: date | None
    figures: Figures


def is_open(month: date, day: date) -> bool:
    """Whether reports of the month are still to come in on ``day``: until its due day has passed."""
    return day <= round_for(month).due_on


def earlier(scope: ReportScope, now: datetime) -> Earlier:
    """What the scope's month is compared with; the whole country's may be up to five minutes old."""
    before, day = previous(scope), today(now)
    until = same_day_before(day) if is_open(scope.month, day) else None
    if not scope.whole_country:
        return Earlier(before.month, until, _read(before, until))
    key = f"board-before:{before.month}:{before.as_now}:{until}"
    return Earlier(before.month, until, kept(key, KEPT, lambda: _read(before, until)))


def _read(before: ReportScope, until: date | None) -> Figures:
    return reported(before) if until is None else reported_until(before, until)


def reported(scope: ReportScope) -> Figures:
    """The scope's month as it stands: the figures of its board that a comparison shows. One query, two for the country.

    Only ``offices``, ``reported``, ``events``, ``people`` and ``photos`` are filled.
    """
    if scope.whole_country:
        [(offices, stated)] = run(sql.reporting(as_now=scope.as_now), scope.parameters())
        sums = totals(scope.office, scope.month)
        return _told([(offices, stated, sums.events, sums.people, sums.photos)])
    return _told(run(sql.reported(as_now=scope.as_now), scope.parameters()))


def reported_until(scope: ReportScope, day: date) -> Figures:
    """The scope's month by what was sent until the end of ``day`` in Thailand and still counts. One query.

    Only ``offices``, ``reported``, ``events``, ``people`` and ``photos`` are filled. A record that came back
    counts from the day on which it was sent again.
    """
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=BANGKOK)
    text = sql.reported_until(as_now=scope.as_now, whole_country=scope.whole_country)
    values = {**scope.parameters(), "until": connection.ops.adapt_datetimefield_value(end)}
    return _told(run(text, values))


def _told(rows: list[tuple[Any, ...]]) -> Figures:
    [(offices, reported_, events, people, photos)] = rows
    return Figures(
        offices=int(offices),
        reported=int(reported_),
        events=int(events),
        people=int(people),
        photos=int(photos),
    )


__all__ = ["Earlier", "earlier", "is_open", "reported", "reported_until"]
