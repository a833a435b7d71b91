"""What each month of the whole country amounts to, kept in rows that only add up (docs/adr/0162).

One row a month would be waited for by every record of the country. So each change of tallies adds a row of its own, in
the same transaction, and whoever reads adds them up; a month that has got many rows is counted anew from its tallies.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Sum
from django.db.models.functions import Concat

from jitasa.rounds.models import CountrySum, Tally

Key = tuple[date, int, str, str, int]  # of a tally: month, office, status, kind, important day
Number = int | Decimal
KEY = ("month", "status", "kind_code")
MOST_ROWS = 200  # of one month, above one for each status and kind
COMPARED_AT = 17  # minute of each hour
LOCK = 162  # one at a time counts anew: two would each put their sums in place of the same rows


def addition(net: Mapping[Key, Mapping[str, Number]]) -> tuple[str, list[Any]]:
    """The statement, and its values, that adds what the tallies of these keys change by; an empty text for nothing.

    To be run in the transaction that changes them.
    """
    sums: dict[tuple[date, str, str], dict[str, Number]] = {}
    for (month, _office, status, kind, _occasion), deltas in net.items():
        held = sums.setdefault((month, status, kind), dict.fromkeys(CountrySum.COUNTS, 0))
        for name, delta in deltas.items():
            held[name] += delta
    rows = [[*key, *counts.values()] for key, counts in sums.items() if any(counts.values())]
    return (_insert(len(rows)) if rows else "", [value for row in rows for value in row])


@cache
def _insert(rows: int) -> str:
    columns = (*KEY, *CountrySum.COUNTS)
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO rounds_countrysum ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"  # noqa: S608 (placeholders)


def count_anew(months: Iterable[date]) -> None:
    """Put the sums of the tallies in place of the rows of these months.

    Others go on recording: what is taken away and what is counted is of one moment, and what they add comes on top.
    On PostgreSQL that is one statement, on SQLite, which has one writer, the transaction.
    """
    wanted = [connection.ops.adapt_datefield_value(month) for month in months]
    if not wanted:
        return
    places = ", ".join(["%s"] * len(wanted))
    gone = f"DELETE FROM rounds_countrysum WHERE month IN ({places})"  # noqa: S608 (placeholders)
    sums = ", ".join(
        "ROUND(SUM(budget), 2)" if name == "budget" else f"SUM({name})" for name in CountrySum.COUNTS
    )
    made = (
        f"INSERT INTO rounds_countrysum ({', '.join((*KEY, *CountrySum.COUNTS))}) "  # noqa: S608 (names of our own columns)
        f"SELECT {', '.join(KEY)}, {sums} FROM rounds_tally WHERE month IN ({places}) "
        f"GROUP BY {', '.join(KEY)} HAVING SUM(activities) <> 0"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute(f"WITH gone AS ({gone}) {made}", [*wanted, *wanted])
        else:
            cursor.execute(gone, wanted)
            cursor.execute(made, wanted)


def count_grown_anew() -> None:
    """The chore: months that have got many rows since they were counted."""
    rows = CountrySum.objects.order_by().values("month")
    grown = rows.annotate(rows=Count("pk"), keys=Count(Concat("status", "kind_code"), distinct=True))
    count_anew(list(grown.filter(rows__gt=F("keys") + MOST_ROWS).values_list("month", flat=True)))


def count_different_anew(*, now: datetime) -> None:
    """The chore, once an hour: months whose sums are not those of the tallies.

    During an upgrade a process of the version before counts tallies and adds nothing here.
    """
    if now.minute != COMPARED_AT:
        return
    kept, tallied = (
        {
            tuple(row[: len(KEY)]): row[len(KEY) :]
            for row in model.objects.order_by()
            .values_list(*KEY)
            .annotate(*[Sum(name) for name in CountrySum.COUNTS])
            if any(row[len(KEY) :])
        }
        for model in (CountrySum, Tally)
    )
    different = {key for key in kept.keys() | tallied.keys() if kept.get(key) != tallied.get(key)}
    count_anew(sorted({key[0] for key in different}))
