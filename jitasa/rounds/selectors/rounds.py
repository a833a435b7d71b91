"""Reads of the rounds and of how their rules changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jitasa.rounds.models import Round, RoundRevision
from jitasa.rounds.rules_history import RuleChange, compare_rules
from jitasa.rounds.services.rounds import ensure_round


def round_for(month: date) -> Round:
    """The round of a month (its first day); made from the latest earlier rules when there is none."""
    return ensure_round(month)


def rounds_of(months: Iterable[date]) -> dict[date, Round]:
    """The rounds of several months; one query when all of them exist already."""
    wanted = list(months)
    stored = {round_.month: round_ for round_ in Round.objects.filter(month__in=wanted)}
    return {month: stored.get(month) or ensure_round(month) for month in sorted(wanted)}


@dataclass(frozen=True)
class RevisionView:
    """One revision with what it changed against the one before (nothing for the first)."""

    revision: RoundRevision
    changes: list[RuleChange]


def history(round_: Round) -> list[RevisionView]:
    """All revisions of a round, the newest first."""
    rows = list(round_.revisions.select_related("by").order_by("number"))
    earlier: list[RoundRevision | None] = [None, *rows]
    views = [
        RevisionView(row, compare_rules(before.data, row.data) if before else [])
        for before, row in zip(earlier, rows, strict=False)
    ]
    return views[::-1]
