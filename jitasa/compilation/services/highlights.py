"""Which pictures stand in the report of a month."""

from itertools import groupby
from typing import Any

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.selectors.public import CLEARED
from jitasa.compilation.rules import is_of_before
from jitasa.compilation.selectors.places import places
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.states import MonthClock
from jitasa.thai.dates import long_date

CHOSEN = 8
LOOKED_AT = 120


def choose(scope: ReportScope) -> list[dict[str, Any]]:
    """Leading pictures of the best attended accepted records, one an office, places far and wide.

    Only pictures that may be published and show no children; what was done before what was there before it.
    Deterministic for the same records.
    """
    found = (
        ActivityPhoto.objects.filter(CLEARED, activity_id__in=_best_attended(scope))
        .select_related("photo", "activity__organization")
        .order_by("-activity__participants", "activity__uuid", "position")
    )
    rows = [
        row
        for _record, pictures in groupby(found, key=lambda row: row.activity_id)
        for row in sorted(pictures, key=lambda row: is_of_before(row.caption))
    ]
    chosen: list[ActivityPhoto] = []
    seen: set[object] = set()
    for wider in ("province_code", "district_code", "pk"):
        for row in rows:
            place = (wider, getattr(row.activity.organization, wider))
            office = ("pk", row.activity.organization.pk)
            if len(chosen) < CHOSEN and place not in seen and office not in seen:
                chosen.append(row)
                seen |= {("province_code", row.activity.organization.province_code), office}
                seen.add(("district_code", row.activity.organization.district_code))
    return [_as_json(row) for row in chosen]


def _best_attended(scope: ReportScope) -> list[int]:
    records = Activity.objects.filter(
        month=scope.month, status=Status.ACCEPTED, counts_upwards=True, photo_count__gt=0
    )
    if not scope.whole_country:
        records = records.filter(organization_id__in=_office_ids(scope))
    return list(records.order_by("-participants", "uuid").values_list("pk", flat=True)[:LOOKED_AT])


def _as_json(row: ActivityPhoto) -> dict[str, Any]:
    activity = row.activity
    day = long_date(activity.start_date) if activity.start_date else ""
    return {
        "id": row.pk,
        "sha256": row.photo.sha256,
        "activity": activity.uuid.hex,
        "caption": " ".join(
            filter(
                None,
                (
                    activity.name,
                    f"({row.caption})" if row.caption and row.caption != activity.name else "",
                    activity.organization_name,
                    day,
                    f"ผู้เข้าร่วม {activity.participants:,} คน",
                ),
            )
        ),
    }


def _office_ids(scope: ReportScope) -> list[int]:
    clock = MonthClock(month=scope.month, due_on=scope.month_end, today=scope.month_end)
    return [place.office_id for place in places(scope, clock)]
