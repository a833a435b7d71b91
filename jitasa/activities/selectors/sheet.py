"""A record as data for its one-page documents (keys: ``documents/templates_typst/activity_report.typ``)."""

from pathlib import Path
from typing import Any

from django.utils import translation

from jitasa.activities.choices import BudgetSource, Part, Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.places import tambon_words
from jitasa.activities.selectors.receipts import receipt_url
from jitasa.activities.selectors.values import parts_of
from jitasa.documents.words import in_narrow_column
from jitasa.files.reading import at_hand
from jitasa.organizations.selectors import geography
from jitasa.photos import store
from jitasa.photos.choices import Size
from jitasa.photos.models import PhotoState
from jitasa.rounds.rules_heading import headed
from jitasa.rounds.selectors.rounds import round_for
from jitasa.thai.dates import clock_span, long_date, moment_words, short_date

MOST_PHOTOS = 10


def sheet(activity: Activity, *, code: str) -> tuple[dict[str, Any], dict[str, Path]]:
    """The data, and the pictures by the names under which the data mentions them; in Thai for every reader.

    ``code`` is that of the receipt (``selectors.receipts.receipt_code``), empty before there is one.
    """
    with translation.override("th"):
        return _sheet(activity, code)


def _sheet(activity: Activity, code: str) -> tuple[dict[str, Any], dict[str, Path]]:
    parts = parts_of(activity)
    files: dict[str, Path] = {}
    photos: list[dict[str, str]] = []
    for use in parts.photos:
        shown = use.photo.state == PhotoState.READY and use.photo.withheld_at is None
        if not shown or len(photos) == MOST_PHOTOS:
            continue
        path = at_hand(store.published(use.photo.sha256, Size.MEDIUM))
        if path is not None:
            name = f"photo{len(photos)}.jpg"
            files[name] = path
            photos.append({"file": name, "caption": in_narrow_column(use.caption)})
    data = {
        "heading": heading_words(activity),
        "title": activity.name,
        "office": activity.organization_name,
        "office_place": office_place(activity),
        "kind": str(activity.kind or ""),
        "sub_kind": str(activity.sub_kind or ""),
        "occasion": activity.occasion.name if activity.occasion else "",
        "date": date_words(activity),
        "time": clock_span(activity.start_time, activity.end_time),
        "place": place_words(activity),
        "tambon": tambon_words(activity.tambon_code),
        "chair": activity.chair_position,  # the sheet is sent on: nobody is named (rules_people)
        "part": part_words(activity),
        "budget": budget_words(activity),
        "participants": {
            "total": activity.participants,
            "men": activity.men,
            "women": activity.women,
            "groups": [{"name": str(row.group), "count": row.count} for row in parts.participations],
        },
        "measures": [
            {"name": row.measure.label, "quantity": float(row.quantity), "unit": row.measure.unit}
            for row in parts.measures
        ],
        "result": activity.result,
        "photos": photos,
        "number": activity.number,
        "state": Status(activity.status).label,
        "sent_at": _sent_words(activity),
        "code": code,
        "qr": receipt_url(code),
    }
    return data, files


def heading_words(activity: Activity) -> str:
    """The line above everything, as the department words it for the month."""
    return headed(
        round_for(activity.month).report_heading,
        office=activity.organization_name,
        day=date_words(activity),
        kind=str(activity.kind or ""),
    )


def office_place(activity: Activity) -> str:
    district = geography.district(activity.organization.district_code)
    province = geography.province(activity.organization.province_code)
    names = [f"อ.{district.name_th}"] if district else []
    names += [f"จ.{province.name_th}"] if province else []
    return " ".join(names)


def date_words(activity: Activity) -> str:
    if activity.start_date is None:
        return ""
    if activity.end_date and activity.end_date != activity.start_date:
        return f"{short_date(activity.start_date)} ถึง {short_date(activity.end_date)}"
    return long_date(activity.start_date)


def place_words(activity: Activity) -> str:
    moo = f"หมู่ที่ {activity.moo}" if activity.moo else ""
    return " ".join(filter(None, (activity.place, moo)))


def part_words(activity: Activity) -> str:
    if activity.part == Part.HOST:
        return ""
    host = str(activity.host_organization or activity.host_name)
    return f"{activity.get_part_display()} เจ้าภาพ {host}".strip()


def budget_words(activity: Activity) -> str:
    if activity.budget_source == BudgetSource.NONE:
        return str(BudgetSource.NONE.label)
    amount = f"{activity.budget_amount:,.2f} บาท" if activity.budget_amount is not None else ""
    return " ".join(filter(None, (activity.get_budget_source_display(), activity.budget_project, amount)))


def _sent_words(activity: Activity) -> str:
    if activity.submitted_at is None:
        return ""
    return f"ส่งเมื่อ {moment_words(activity.submitted_at)}"
