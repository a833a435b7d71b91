"""Receipt numbers: ``81-6911-000012``, province, Buddhist-era year and month of the activity, running.

A counter's row stays locked until its transaction ends, so that numbers have no gap and no twin. It is
therefore the last lock that is taken (docs/architecture.md): everything slow is done before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import connection

from jitasa.activities.models import Activity
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import be_year

Key = tuple[str, date]


def next_number(*, province_code: str, month: date) -> str:
    """The next number of a province and month, in Arabic digits, inside the transaction that stores it."""
    key = (province_code, month)
    return next(_advance({key: 1})[key])


def give_numbers(rows: Iterable[Activity]) -> None:
    """Give each row its number (not saved), in order; one statement for all provinces and months."""
    wanted = list(rows)
    numbers = _advance(Counter(_key(row) for row in wanted))
    for row in wanted:
        row.number = next(numbers[_key(row)])


def _key(row: Activity) -> Key:
    return row.organization.province_code, row.month


def _advance(amounts: dict[Key, int]) -> dict[Key, Iterator[str]]:
    """So many numbers of each counter, locked in the order of province and month."""
    keys = sorted(amounts)
    values = ", ".join(["(%s, %s, %s)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO activities_receiptcounter (province_code, month, last) VALUES {values}"  # noqa: S608 (placeholders)
            " ON CONFLICT (province_code, month)"
            " DO UPDATE SET last = activities_receiptcounter.last + excluded.last RETURNING province_code, month, last",
            [
                each
                for province_code, month in keys
                for each in (province_code, month, amounts[province_code, month])
            ],
        )
        ends = {(province_code, str(month)): last for province_code, month, last in cursor.fetchall()}
    return {key: _numbers(key, ends[key[0], str(key[1])], amounts[key]) for key in keys}


def _numbers(key: Key, end: int, amount: int) -> Iterator[str]:
    province_code, month = key
    for last in range(end - amount + 1, end + 1):
        yield f"{province_code}-{be_year(month) % 100:02}{month.month:02}-{last:06}"


def save_sent(rows: Sequence[Activity], *, actor: Viewer, now: datetime) -> None:
    """Save what a record becomes with its number, for all rows of one status in one statement.

    Number, search text, status and revision, and that the flags are still to be looked for.
    """
    by_status: dict[str, list[Activity]] = defaultdict(list)
    for row in rows:
        by_status[row.status].append(row)
    moment = connection.ops.adapt_datetimefield_value(now)
    for status, same in by_status.items():
        values = ", ".join(["(%s, %s, %s, %s)"] * len(same))
        columns = [each for row in same for each in (row.pk, row.number, row.search_text, row.revision)]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE activities_activity SET number = v.column2, search_text = v.column3,"  # noqa: S608 (only placeholders)
                " revision = v.column4, status = %s, submitted_at = %s, reviewed_at = NULL,"
                " awaits_look = %s, updated_at = %s, updated_by_id = %s"
                f" FROM (VALUES {values}) AS v WHERE activities_activity.id = v.column1",
                [status, moment, True, moment, actor.user_id, *columns],
            )
