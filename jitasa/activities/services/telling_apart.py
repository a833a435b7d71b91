"""Before a record is sent for the first time: does it look like one the office has recorded already?

Every way in asks: the form, a draft's page, a batch of the API, of a file or of a phone that was offline.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.activities.selectors.twins import Sought, twins_of
from jitasa.activities.services.saving import Typed
from jitasa.problems import Refusal

MOST_NAMED = 3


def twins_among(
    office: int | None, rows: Mapping[UUID, Activity], typed: Collection[Typed]
) -> dict[UUID, list[Activity]]:
    """What looks like those that are to be sent for the first time; ``office`` is that of new records.

    No statement when none is.
    """
    sought = [
        Sought(uuid=each.uuid, office=whose, values=each.values)
        for each in typed
        if each.send and (whose := _to_be_sent_for(rows.get(each.uuid), office))
    ]
    return twins_of(sought) if sought else {}


def _to_be_sent_for(row: Activity | None, office: int | None) -> int | None:
    """The id of the office for which a record would be sent that has no number yet."""
    if row is None:
        return office
    return None if row.number else row.organization_id


def looks_like(others: Sequence[Activity]) -> Refusal:
    """The question whether it has been recorded already: the others by name and number."""
    named = ", ".join(
        f"{each.name} ({each.number})" if each.number else each.name for each in others[:MOST_NAMED]
    )
    words = _(
        "วันเดียวกันมีรายการที่เหมือนรายการนี้: %(others)s ถ้าเป็นกิจกรรมเดียวกัน ไม่ต้องส่งซ้ำ ถ้าคนละกิจกรรม ยืนยันแล้วส่งอีกครั้ง"
    )
    return Refusal(words % {"others": named}, code="looks_like")
