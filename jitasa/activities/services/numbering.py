"""Receipt numbers: ``81-6911-000012``, province, Buddhist-era year and month of the activity, running.

A counter's row stays locked until its transaction ends, so that numbers have no gap and no twin. It is
therefore the last lock that is taken (docs/architecture.md): everything slow is done before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from jitasa.activities.models import Activity
from jitasa.audit.services.record import HELD_CHAIN, Held, chain_key
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import be_year
from jitasa.together import run

Key = tuple[str, date]


def next_number(*, province_code: str, month: date) -> str:
    """The next number of a province and month, in Arabic digits, inside the transaction that stores it."""
    key = (province_code, month)
    return next(_advance({key: 1}, None)[0][key])


def give_numbers(rows: Iterable[Activity], actor: Viewer | None) -> Held | None:
    """Give each row its number (not saved), in order; one statement for all provinces and months.

    It locks the end of the actor's audit chain first, where the database has such locks, and returns it; without
    an actor the chains are held already.
    """
    wanted = list(rows)
    chain = chain_key(actor) if actor is not None and connection.features.has_select_for_update else None
    numbers, held = _advance(Counter(_key(row) for row in wanted), chain)
    for row in wanted:
        row.number = next(numbers[_key(row)])
    return held


def _key(row: Activity) -> Key:
    return row.organization.province_code, row.month


_COUNT = (
    " ON CONFLICT (province_code, month)"
    " DO UPDATE SET last = activities_receiptcounter.last + excluded.last RETURNING province_code, month, last"
)


def _advance(amounts: dict[Key, int], chain: str | None) -> tuple[dict[Key, Iterator[str]], Held | None]:
    """So many numbers of each counter, locked in the order of province and month, after the end of ``chain``."""
    keys = sorted(amounts)
    given = [each for key in keys for each in (*key, amounts[key])]
    values = ", ".join(["(%s, %s, %s)"] * len(keys))
    held: tuple[Any, ...] = (None, None)
    with connection.cursor() as cursor:
        if chain is None:
            insert = "INSERT INTO activities_receiptcounter (province_code, month, last)"
            cursor.execute(f"{insert} VALUES {values}{_COUNT}", given)
        else:
            # The rows to insert wait for the count of those held: the chain is locked before any counter.
            cursor.execute(
                f"WITH held AS ({HELD_CHAIN}), taken AS ("  # noqa: S608 (placeholders)
                "INSERT INTO activities_receiptcounter (province_code, month, last)"
                f" SELECT province_code, month, amount FROM (VALUES {values}) AS v (province_code, month, amount)"
                f" WHERE (SELECT count(*) FROM held) >= 0{_COUNT})"
                " SELECT taken.*, (SELECT length FROM held), (SELECT head FROM held) FROM taken",
                [chain, *given],
            )
        found = cursor.fetchall()
        ends = {(row[0], str(row[1])): row[2] for row in found}
        held = found[0][3:] or held
    numbers = {key: _numbers(key, ends[key[0], str(key[1])], amounts[key]) for key in keys}
    return numbers, Held(*held) if held[0] is not None else None


def _numbers(key: Key, end: int, amount: int) -> Iterator[str]:
    province_code, month = key
    for last in range(end - amount + 1, end + 1):
        yield f"{province_code}-{be_year(month) % 100:02}{month.month:02}-{last:06}"


def save_sent(rows: Sequence[Activity], *, now: datetime) -> None:
    """Save what a record becomes with its number, for all rows of one status in one statement.

    Number, search text, status and revision, and that the flags are still to be looked for.
    """
    by_status: dict[str, list[Activity]] = defaultdict(list)
    for row in rows:
        by_status[row.status].append(row)
    moment = connection.ops.adapt_datetimefield_value(now)
    for status, same in by_status.items():
        values = ", ".join(["(%s, %s, %s, %s, %s)"] * len(same))
        columns = [
            each
            for row in same
            for each in (row.pk, row.number, row.search_text, row.revision, row.updated_by_id)
        ]
        run(
            "UPDATE activities_activity SET number = v.column2, search_text = v.column3,"  # noqa: S608 (only placeholders)
            " revision = v.column4, status = %s, submitted_at = %s, reviewed_at = NULL,"
            " awaits_look = %s, updated_at = %s, updated_by_id = CAST(v.column5 AS bigint)"
            f" FROM (VALUES {values}) AS v WHERE activities_activity.id = v.column1",
            [status, moment, True, moment, *columns],
        )
