"""Put right what ``services.check`` found, where the records leave no doubt."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from jitasa.activities.models import Activity, ActivityRevision, ReceiptCounter
from jitasa.audit.services.record import record
from jitasa.checking import Difference, check_for
from jitasa.compilation.services.check_tallies import (
    NOTHING,
    by_fine_key,
    counted_rows,
    stored_rows,
)
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.models import MonthlyReturn, Tally
from jitasa.rounds.services.country_sums import count_anew
from jitasa.thai.dates import BE_OFFSET

LAST = {"tally": 1, "country_sum": 2}


def repair(found: Iterable[Difference], *, now: datetime) -> int:
    """Repair the differences that can be; returns how many. One transaction and audit entry each.

    Columns of records come before the tallies made of them, those before the country's sums, whatever the order they
    were found in.
    """
    repairable = [difference for difference in found if difference.repairable]
    repairable.sort(key=lambda difference: LAST.get(difference.what, 0))
    for difference in repairable:
        with transaction.atomic():
            _repair(difference, now)
            record(
                actor=SYSTEM,
                verb="check.repair",
                data={
                    "what": difference.what,
                    "where": difference.where,
                    "stored": difference.stored,
                    "counted": difference.counted,
                },
                now=now,
            )
    return len(repairable)


def _repair(difference: Difference, now: datetime) -> None:
    what, key = difference.what, difference.key
    check = check_for(difference)
    if check is not None:
        check.repair(difference, now)
    elif what == "tally":
        recount(key[0], key[1])
    elif what == "country_sum":
        count_anew([key[0]])
    elif what.startswith("activity."):
        _set_column(key[0], what.removeprefix("activity."), key[1])
    elif what == "revision.line":
        ActivityRevision.objects.filter(pk=key[0]).update(line=None)  # read from its snapshot from now on
    elif what == "receipt_counter":
        _set_counter(*key)
    elif what == "return.nil":
        MonthlyReturn.objects.filter(pk=key[0]).update(nil_at=None, nil_by=None, nil_reason="")
    elif what == "return.changed":
        MonthlyReturn.objects.filter(pk=key[0]).update(changed_at=now)


def _set_column(pk: int, column: str, value: Any) -> None:
    """Set a column made from other rows; the tallies of the record's months follow."""
    row = Activity.objects.select_for_update(no_key=True).get(pk=pk)
    months = {row.month}
    setattr(row, column, value)
    row.save(update_fields=[column])
    for month in months | {row.month}:
        recount(row.organization_id, month)


def recount(organization_id: int, month: Any) -> None:
    """Make the tallies of one office's month anew from its records.

    The rows are locked first: whoever is changing a record of that month has either added its numbers
    already (and is seen) or waits and adds them afterwards.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization_id)
    mine = Q(organization_id=organization_id, month=month)
    tallies = Tally.objects.select_for_update(no_key=True).filter(mine)
    stored = by_fine_key(stored_rows(tallies))
    counted = by_fine_key(counted_rows(Activity.objects.filter(mine)))
    for fine in stored.keys() | counted.keys():
        counts = counted.get(fine, NOTHING)
        if stored.get(fine) != counts:
            status, kind_code, occasion_id = fine
            Tally.objects.update_or_create(
                organization_id=organization_id,
                month=month,
                status=status,
                kind_code=kind_code,
                occasion_id=occasion_id,
                defaults=dict(zip(Tally.COUNTS, counts, strict=True)),
            )
    count_anew([month])


def _set_counter(pk: int | None, prefix: str, highest: int) -> None:
    if pk is not None:
        ReceiptCounter.objects.filter(pk=pk).update(last=highest)
        return
    province_code, year_month = prefix.split("-")
    year = 2500 + int(year_month[:2]) - BE_OFFSET
    ReceiptCounter.objects.create(
        province_code=province_code, month=f"{year}-{year_month[2:]}-01", last=highest
    )
