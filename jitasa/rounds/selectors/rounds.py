"""Reads of the rounds and of how their rules changed. Nothing is written: showing a month opens none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from jitasa.organizations.models import Topic
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.versions import remembered
from jitasa.rounds import rules
from jitasa.rounds.models import Round, RoundRevision
from jitasa.rounds.rules_due import due_from
from jitasa.rounds.rules_history import RuleChange, compare_rules


def round_for(month: date) -> Round:
    """The round of a month (its first day): the stored one, else, unsaved, what it would begin with.

    A month begins with the rules of the latest earlier round (``services.rounds.ensure_round`` stores
    it). The note to the offices is not copied. Remembered for requests: do not change the answer.
    """
    return remembered(Topic.ROUNDS, month, lambda: read_round(month))


def first_month() -> date | None:
    """The month of the first stored round. Remembered for requests."""
    return remembered(
        Topic.ROUNDS,
        "first",
        lambda: Round.objects.order_by("month").values_list("month", flat=True).first(),
    )


def asked_months(months: Iterable[date]) -> frozenset[date]:
    """Those of the months that offices owe a report for: from the first round on; one query at most."""
    first = first_month()
    return frozenset(month for month in months if first is None or month >= first)


def read_round(month: date) -> Round:
    """As :func:`round_for`, from the database now: for who is about to store or change it."""
    latest = Round.objects.filter(month__lte=month).order_by("-month").first()
    return latest if latest is not None and latest.month == month else _begun(latest, month)


def rounds_of(months: Iterable[date]) -> dict[date, Round]:
    """The rounds of several months, in their order; one query, remembered for requests."""
    wanted = tuple(sorted(months))
    return remembered(Topic.ROUNDS, wanted, lambda: _read_rounds(wanted))


def _read_rounds(wanted: tuple[date, ...]) -> dict[date, Round]:
    stored = list(Round.objects.filter(month__lte=wanted[-1]).order_by("month")) if wanted else []
    found = {}
    for month in wanted:
        latest = next((row for row in reversed(stored) if row.month <= month), None)
        found[month] = latest if latest is not None and latest.month == month else _begun(latest, month)
    return found


def rounds_listed(months: Iterable[date], *, until: date) -> list[Round]:
    """Every stored round up to ``until`` and the rounds of ``months``, newest first.

    Each has ``revision_count``, 0 where nothing is stored yet.
    """
    stored: dict[date, Any] = {
        row.month: row
        for row in Round.objects.filter(month__lte=until).annotate(revision_count=Count("revisions"))
    }
    for month in sorted(months):
        if month not in stored:
            earlier = max((each for each in stored if each < month), default=None)
            stored[month] = _begun(stored[earlier] if earlier else None, month)
            stored[month].revision_count = 0
    return [stored[month] for month in sorted(stored, reverse=True)]


def _begun(earlier: Round | None, month: date) -> Round:
    if earlier is None:
        return Round(month=month, **rules.first_rules(month))
    nominal = rules.same_due_day(earlier.month, earlier.nominal_due_on, month)
    inherited: dict[str, Any] = {
        "nominal_due_on": nominal,
        "due_on": due_from(nominal),
        "required_fields": list(earlier.required_fields),
        "photos_least": earlier.photos_least,
        "photos_most": earlier.photos_most,
        "nil_allowed": earlier.nil_allowed,
        "report_heading": earlier.report_heading,
    }
    return Round(month=month, **inherited)


@dataclass(frozen=True)
class RevisionView:
    """One revision with what it changed against the one before (nothing for the first)."""

    revision: RoundRevision
    changes: list[RuleChange]


def history(round_: Round) -> list[RevisionView]:
    """All revisions of a round, the newest first; none of a round that is not stored yet."""
    if round_._state.adding:
        return []
    rows = list(round_.revisions.select_related("by").order_by("number"))
    show_posts((row.by, row.at) for row in rows)
    earlier: list[RoundRevision | None] = [None, *rows]
    views = [
        RevisionView(row, compare_rules(before.data, row.data) if before else [])
        for before, row in zip(earlier, rows, strict=False)
    ]
    return views[::-1]
