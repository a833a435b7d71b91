"""Receipt numbers: ``81-6911-000012``, province, Buddhist-era year and month of the activity, running."""

from datetime import date

from jitasa.activities.models import ReceiptCounter
from jitasa.thai.dates import be_year


def next_number(*, province_code: str, month: date) -> str:
    """The next number of a province and month, in Arabic digits.

    Must run inside the transaction that stores it: the counter's row stays locked until then, so
    that numbers have no gap and no twin.
    """
    counter, _created = ReceiptCounter.objects.select_for_update().get_or_create(
        province_code=province_code, month=month
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{province_code}-{be_year(month) % 100:02}{month.month:02}-{counter.last:06}"
