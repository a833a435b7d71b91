"""Change the running numbers of an office in the transaction of the record itself (docs/architecture.md §3, rule 5).

Order of locks, the same everywhere so that two acts never wait for each other in a ring: first the
offices whose *reported* numbers change (by id), then the tally rows (by key).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from jitasa.audit.services.record import record
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import SYSTEM, Viewer
from jitasa.rounds.models import MonthlyReturn, Tally, TallyStatus
from jitasa.rounds.services import country_sums
from jitasa.thai.dates import month_slug
from jitasa.together import Then, run, together

REPORTED = (TallyStatus.SUBMITTED, TallyStatus.ACCEPTED)
Key = tuple[date, int, str, str, int]
Number = int | Decimal
OFFSET = 2**30  # far above any count, and below half of what the columns hold


@dataclass(frozen=True)
class Contribution:
    """What one record adds to its office's month; the counts are those of ``Tally``.

    ``month`` is the first day of the month, ``status`` one of ``TallyStatus``, ``occasion_id`` 0 for
    none and -1 for a day that the centre set. ``events``, ``people``, ``men`` and ``women`` are 0 for a record linked to the host's record of the same event.
    ``budget`` is in baht.
    """

    organization_id: int
    month: date
    status: str
    kind_code: str = ""
    occasion_id: int = 0
    activities: int = 1
    events: int = 1
    participants: int = 0
    people: int = 0
    men: int = 0
    women: int = 0
    photos: int = 0
    budget: Decimal = Decimal(0)

    @property
    def key(self) -> Key:
        return (self.month, self.organization_id, str(self.status), self.kind_code, self.occasion_id)

    @property
    def reported(self) -> "Contribution | None":
        """What counts as reported, whether reviewed already or not; ``None`` while it does not."""
        if self.status == TallyStatus.SUBMITTED:
            return self
        return replace(self, status=TallyStatus.SUBMITTED) if self.status in REPORTED else None


Change = tuple[Contribution | None, Contribution | None]


def apply(
    *, before: Contribution | None, after: Contribution | None, now: datetime, actor: Viewer = SYSTEM
) -> None:
    """Take ``before`` out of the tallies and put ``after`` in; either may be ``None``.

    Must run in the transaction that changes the record. When the reported numbers of a month change,
    a nil statement for it is taken back (with an audit entry by ``actor``) and a confirmation is
    marked as changed.

    :raises django.db.IntegrityError: when a tally would fall below zero (``before`` was never counted).
    """
    apply_many([(before, after)], now=now, actor=actor)


class NotTogether(Exception):
    """Records of several people were to be written in one transaction, and cannot be: each is written alone."""


def apply_many(changes: Iterable[Change], *, now: datetime, actor: Viewer | None = SYSTEM) -> None:
    """The same for many records at once: netted per key, one statement for all keys together.

    :raises NotTogether: nobody in particular acts (``actor`` is ``None``), and a statement is touched.
    """
    changed = [(before, after) for before, after in changes if before != after]
    if not changed:
        return
    with transaction.atomic(savepoint=False):
        months = _reported_months(changed)
        stated: list[tuple[Any, ...]] = []
        with together():
            _lock_offices({organization_id for organization_id, _month in months})
            _add(_net(changed))
            _ask_stated(list(months), then=stated.extend)
        if stated:  # as good as never
            if actor is None:
                raise NotTogether
            _update_statements(months, now=now, actor=actor)


def _reported_months(changes: Iterable[Change]) -> dict[tuple[int, date], bool]:
    """Office and month whose reported numbers change → whether a reported record arrives in it."""
    months: dict[tuple[int, date], bool] = defaultdict(bool)
    for before, after in changes:
        old, new = before.reported if before else None, after.reported if after else None
        if old == new:
            continue
        if old is not None:
            months[old.organization_id, old.month] |= False
        if new is not None:
            months[new.organization_id, new.month] |= True
    return months


def _lock_offices(ids: set[int]) -> None:
    """Statements of the same offices (``services.returns``) wait until this transaction ends."""
    if ids and connection.features.has_select_for_update:  # SQLite has one writer at a time
        table = connection.ops.quote_name(Organization._meta.db_table)
        places = ", ".join(["%s"] * len(ids))
        run(
            f"SELECT id FROM {table} WHERE id IN ({places}) ORDER BY id FOR NO KEY UPDATE",  # noqa: S608 (placeholders)
            sorted(ids),
        )


def _net(changes: Iterable[Change]) -> dict[Key, dict[str, Number]]:
    """The sum of all changes per tally key, keys without any change left out."""
    net: dict[Key, dict[str, Number]] = {}
    for before, after in changes:
        for sign, contribution in ((-1, before), (1, after)):
            if contribution is None:
                continue
            deltas = net.setdefault(contribution.key, dict.fromkeys(Tally.COUNTS, 0))
            for name in Tally.COUNTS:
                deltas[name] += sign * getattr(contribution, name)
    kept = {key: {name: delta for name, delta in deltas.items() if delta} for key, deltas in net.items()}
    return {key: deltas for key, deltas in kept.items() if deltas}


def _add(net: Mapping[Key, Mapping[str, Number]]) -> None:
    """Add to the rows of all keys in the order of the keys, which is the order of their locks, and to the country's sums.

    On PostgreSQL that is one statement, on SQLite, which changes one table at a time, two. A row that is proposed must keep the table's checks
    before the database sees that it is there already, so where something is taken away every number
    is proposed with ``OFFSET`` on top, and taken off again when the row is found.

    :raises IntegrityError: something is taken away from a row that does not exist, or too much.
    """
    if not net:
        return
    rows = [_proposed(key, deltas) for key, deltas in sorted(net.items())]
    tallied, values = _upsert(len(rows)), [value for row in rows for value in row]
    country, of_country = country_sums.addition(net)
    if country and connection.vendor == "postgresql":
        tallied, values = f"WITH country AS ({country}) {tallied}", [*of_country, *values]
    elif country:
        run(country, of_country)
    run(tallied, values, then=_refuse_uncounted)


def _refuse_uncounted(found: Iterable[tuple[Any, ...]]) -> None:
    if any(activities >= OFFSET // 2 for (activities,) in found):
        raise IntegrityError("a tally would fall below zero: what is taken out was never counted")


def _proposed(key: Key, deltas: Mapping[str, Number]) -> list[Any]:
    offset = OFFSET if any(delta < 0 for delta in deltas.values()) else 0
    return [*key, *(deltas.get(name, 0) + offset for name in Tally.COUNTS)]


@cache
def _upsert(rows: int) -> str:
    columns = ("month", "organization_id", "status", "kind_code", "occasion_id", *Tally.COUNTS)
    row = f"({', '.join(['%s'] * len(columns))})"
    back = f"CASE WHEN excluded.activities >= {OFFSET // 2} THEN {OFFSET} ELSE 0 END"
    sums = ", ".join(f"{name} = rounds_tally.{name} + excluded.{name} - {back}" for name in Tally.COUNTS)
    return (
        f"INSERT INTO rounds_tally ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"  # noqa: S608 (only placeholders)
        " ON CONFLICT (month, organization_id, status, kind_code, occasion_id)"
        f" DO UPDATE SET {sums} RETURNING activities"
    )


def _statements(wanted: Q) -> QuerySet[MonthlyReturn]:
    stated = MonthlyReturn.objects.filter(wanted).exclude(nil_at=None, confirmed_at=None)
    return stated.select_related("organization").order_by("organization_id", "month")


def _ask_stated(months: Sequence[tuple[int, date]], *, then: Then) -> None:
    """Ask whether the offices have said anything of the months, under their locks."""
    if not months:
        return
    adapted = connection.ops.adapt_datefield_value
    run(
        "SELECT id FROM rounds_monthlyreturn WHERE (nil_at IS NOT NULL OR confirmed_at IS NOT NULL)"  # noqa: S608 (placeholders)
        f" AND (organization_id, month) IN (VALUES {', '.join(['(%s, %s)'] * len(months))})",
        [value for office, month in months for value in (office, adapted(month))],
        then=then,
    )


def _stated(months: Sequence[tuple[int, date]]) -> list[MonthlyReturn]:
    """What the offices have said of the months: that there was nothing, or that all is there."""
    wanted = Q()
    for organization_id, month in months:
        wanted |= Q(organization_id=organization_id, month=month)
    return list(_statements(wanted))


def _update_statements(months: dict[tuple[int, date], bool], *, now: datetime, actor: Viewer) -> None:
    """Take back nil statements that are no longer true, mark confirmations that something changed."""
    for row in _stated(list(months)):
        if row.nil_at is not None and months[row.organization_id, row.month]:
            reason = row.nil_reason
            row.nil_at, row.nil_by, row.nil_reason = None, None, ""
            record(
                actor=actor,
                verb="return.nil_overtaken",
                subject=row.organization,
                data={"month": month_slug(row.month), "reason": reason},
                now=now,
            )
        if row.confirmed_at is not None:
            row.changed_at = now
        row.save(update_fields=["nil_at", "nil_by", "nil_reason", "changed_at"])
