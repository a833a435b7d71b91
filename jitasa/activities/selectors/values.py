"""A stored record as values, and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jitasa.activities.choices import Basis, BudgetSource, Part, PointSource, channels_of
from jitasa.activities.models import Activity, ActivityPhoto, MeasureValue, Participation
from jitasa.activities.selectors.places import tambon_words
from jitasa.activities.values import PLAIN_FIELDS, ActivityValues, PhotoValue
from jitasa.ui.days import long_date

LABELS: Mapping[str, Any] = {
    "photos": _("ภาพ"),
    "name": _("ชื่อกิจกรรม"),
    "kind": _("ประเภท"),
    "sub_kind": _("ลักษณะงาน"),
    "basis": _("เนื่องในโอกาส"),
    "occasion_id": _("วันสำคัญ"),
    "part": _("บทบาท"),
    "host_organization_id": _("หน่วยงานเจ้าภาพ"),
    "host_name": _("เจ้าภาพอื่น"),
    "host_activity": _("กิจกรรมของเจ้าภาพ"),
    "start_date": _("วันที่เริ่ม"),
    "start_time": _("เวลาเริ่ม"),
    "end_date": _("วันที่สิ้นสุด"),
    "end_time": _("เวลาสิ้นสุด"),
    "place": _("สถานที่"),
    "moo": _("หมู่ที่"),
    "tambon_code": _("ตำบล"),
    "latitude": _("ละติจูด"),
    "longitude": _("ลองจิจูด"),
    "point_source": _("ที่มาของพิกัด"),
    "chair_position": _("ตำแหน่งของประธานในพิธี"),
    "chair_name": _("ชื่อประธาน"),
    "groups": _("ผู้เข้าร่วม"),
    "men": _("ชาย"),
    "women": _("หญิง"),
    "measures": _("ปริมาณงาน"),
    "result": _("ผลการดำเนินงาน"),
    "budget_source": _("งบประมาณ"),
    "budget_project": _("ชื่อโครงการ/ข้อบัญญัติ"),
    "budget_amount": _("จำนวนเงิน (บาท)"),
    "publicity": _("ช่องทางประชาสัมพันธ์"),
    "publicity_link": _("ลิงก์เผยแพร่"),
    "problems": _("ปัญหาอุปสรรค"),
    "suggestions": _("ข้อเสนอแนะ"),
}
FIELD_ORDER = tuple(LABELS)


@dataclass(frozen=True)
class Parts:
    """The rows that hang on a record, read once."""

    participations: list[Participation] = field(default_factory=list)
    measures: list[MeasureValue] = field(default_factory=list)
    photos: list[ActivityPhoto] = field(default_factory=list)

    def in_order(self) -> "Parts":
        """The same in the order of :func:`parts_of`."""
        return Parts(
            sorted(self.participations, key=lambda row: (row.group.position, row.group_id)),
            sorted(self.measures, key=lambda row: (row.measure.position, row.measure_id)),
            sorted(self.photos, key=lambda row: row.position),
        )


def parts_of(activity: Activity) -> Parts:
    """Participants by group and measures in the order of their lists, photos in their own order."""
    groups = activity.participations.select_related("group").order_by("group__position", "group_id")
    measures = activity.measures.select_related("measure").order_by("measure__position", "measure_id")
    return Parts(list(groups), list(measures), list(activity.photos.select_related("photo")))


def values_of(activity: Activity, parts: Parts | None = None) -> ActivityValues:
    """The record's present content."""
    parts = parts or parts_of(activity)
    plain = {name: getattr(activity, name) for name in PLAIN_FIELDS}
    return ActivityValues(
        **plain,
        kind=activity.kind.code if activity.kind else "",
        sub_kind=activity.sub_kind.code if activity.sub_kind else "",
        host_activity=activity.host_activity.uuid if activity.host_activity else None,
        publicity=tuple(kind.value for kind in channels_of(activity.publicity)),
        groups={row.group.code: row.count for row in parts.participations},
        measures={row.measure.code: row.quantity for row in parts.measures},
        photos=tuple(
            PhotoValue(
                sha256=row.photo.sha256,
                caption=row.caption,
                children_visible=row.children_visible,
                publish=row.publish,
            )
            for row in parts.photos
        ),
    )


def in_words(activity: Activity, parts: Parts | None = None) -> dict[str, str]:
    """Each field's content as a person reads it, labels of the lists as they were when written."""
    parts = parts or parts_of(activity)
    words = {name: str(getattr(activity, name) or "") for name in PLAIN_FIELDS}
    words.update(
        kind=str(activity.kind or ""),
        sub_kind=str(activity.sub_kind or ""),
        basis=_label(Basis, activity.basis),
        occasion_id=str(activity.occasion or ""),
        part=_label(Part, activity.part),
        host_organization_id=str(activity.host_organization or ""),
        host_activity=_host_words(activity),
        start_date=long_date(activity.start_date) if activity.start_date else "",
        end_date=long_date(activity.end_date) if activity.end_date else "",
        start_time=f"{activity.start_time:%H:%M}" if activity.start_time else "",
        end_time=f"{activity.end_time:%H:%M}" if activity.end_time else "",
        tambon_code=tambon_words(activity.tambon_code),
        point_source=_label(PointSource, activity.point_source),
        budget_source=_label(BudgetSource, activity.budget_source),
        budget_amount=f"{activity.budget_amount:,.2f}" if activity.budget_amount is not None else "",
        men="" if activity.men is None else f"{activity.men:,}",
        women="" if activity.women is None else f"{activity.women:,}",
        publicity=" · ".join(str(kind.label) for kind in channels_of(activity.publicity)),
        **_rows_in_words(parts),
    )
    return {name: words[name] for name in FIELD_ORDER}


@cache
def _labels(choices: type[TextChoices], _language: str | None) -> Mapping[str, str]:
    return {code: str(label) for code, label in choices.choices}


def _label(choices: type[TextChoices], code: str) -> str:
    """A choice in words; made for every record, so without asking the model's field."""
    return _labels(choices, get_language()).get(code, code)


def _host_words(activity: Activity) -> str:
    host = activity.host_activity
    return f"{host.organization_name}: {host} {host.number}".strip() if host else ""


def _rows_in_words(parts: Parts) -> dict[str, str]:
    return {
        "groups": " · ".join(f"{row.group} {row.count:,}" for row in parts.participations),
        "measures": " · ".join(
            f"{row.measure} {quantity_text(row.quantity)} {row.measure.unit}" for row in parts.measures
        ),
        "photos": " · ".join(
            f"{row.photo.sha256[:8]} {row.caption}".strip()
            + ("" if row.publish else f" ({gettext('ไม่เผยแพร่')})")
            for row in parts.photos
        ),
    }


def quantity_text(quantity: Any) -> str:
    """A quantity without needless zeros: ``1,400``, ``1.2``."""
    text = f"{quantity:,.3f}"
    return text.rstrip("0").rstrip(".")
