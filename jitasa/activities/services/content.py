"""Put clean values onto a record: codes become rows, parts become rows, sums are made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.choices import Part, PublicityChannel
from jitasa.activities.models import Activity, ActivityPhoto, MeasureValue, Participation
from jitasa.activities.selectors.places import tambon_exists, tambon_words
from jitasa.activities.values import PLAIN_FIELDS, ActivityValues
from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.selectors import usable_photos
from jitasa.problems import Refusal
from jitasa.rounds.models import Kind, ListItem, Measure, ParticipantGroup, SubKind
from jitasa.thai.dates import month_of, today
from jitasa.thai.text import normalise, search_key

Item = TypeVar("Item", bound=ListItem)
ONE_LINE = ("name", "host_name", "place", "chair_position", "chair_name", "budget_project", "publicity_link")
TEXTS = ("result", "problems", "suggestions")


def cleaned(values: ActivityValues) -> ActivityValues:
    """One spelling, no empty counts, fixed precision: equal content becomes equal values."""
    texts: dict[str, Any] = {name: normalise(getattr(values, name)) for name in ONE_LINE}
    texts |= {name: _paragraphs(getattr(values, name)) for name in TEXTS}
    point: dict[str, Any] = {
        name: round(number, 6) if (number := getattr(values, name)) is not None else None
        for name in ("latitude", "longitude")
    }
    if values.part == Part.HOST:
        values = replace(values, host_organization_id=None, host_activity=None)
        texts["host_name"] = ""
    return replace(
        values,
        **texts,
        **point,
        groups={code: count for code, count in sorted(values.groups.items()) if count},
        measures={
            code: quantity.quantize(Decimal("0.001"))
            for code, quantity in sorted(values.measures.items())
            if quantity
        },
        publicity=tuple(code for code in PublicityChannel.values if code in values.publicity),
        photos=tuple({photo.sha256: photo for photo in values.photos}.values()),
    )


def _paragraphs(text: str) -> str:
    lines = [normalise(line) for line in text.splitlines()]
    return "\n".join(lines).strip()


def refuse_unstorable(values: ActivityValues) -> None:
    """:raises Refusal: by field, when the values cannot be kept even as a draft."""
    problems = rules.unstorable(values)
    if values.tambon_code and not tambon_exists(values.tambon_code):
        problems.setdefault("tambon_code", []).append(_("ไม่มีตำบลรหัสนี้ เลือกตำบลจากรายการ"))
    if problems:
        raise Refusal(fields=problems, code="invalid")


def fill(
    row: Activity, values: ActivityValues, *, before: ActivityValues, actor: Viewer, now: datetime
) -> None:
    """Set the columns of ``row`` (not saved). ``before`` is its present content.

    :raises Refusal: a code, an important day or an organization is not on offer.
    """
    for name in PLAIN_FIELDS:
        setattr(row, name, getattr(values, name))
    row.publicity = list(values.publicity)
    row.kind = row.kind if before.kind == values.kind else _item(Kind, values.kind, "kind")
    row.sub_kind = (
        row.sub_kind if before.sub_kind == values.sub_kind else _item(SubKind, values.sub_kind, "sub_kind")
    )
    _check_sub_kind(row)
    if values.occasion_id != before.occasion_id:
        _check_occasion(row, values.occasion_id)
    if values.host_organization_id != before.host_organization_id:
        _check_host_organization(row, values.host_organization_id)
    row.participants = values.participants
    row.photo_count = len(values.photos)
    row.month = month_of(values.start_date or today(now)) if values.start_date or not row.pk else row.month
    _name_office(row, now)
    row.updated_at, row.updated_by = now, actor.user
    row.search_text = search_text(row)


def search_text(row: Activity) -> str:
    """What a person may type to find the record."""
    parts = (row.name, row.place, tambon_words(row.tambon_code), row.organization_name, row.number)
    return search_key(" ".join([*parts, row.chair_position, row.result[:2000]]))


def _name_office(row: Activity, now: datetime) -> None:
    """The office's name and code as valid on the activity's date (docs/domain.md §3)."""
    states = OrganizationState.objects.as_at(row.start_date or today(now))
    state = states.filter(organization=row.organization_id).first()
    row.organization_code = state.code if state else row.organization.code
    row.organization_name = state.short_name if state else row.organization.short_name


def _offered(model: type[Item]) -> QuerySet[Item]:
    return cast("QuerySet[Item]", model._default_manager.filter(retired_at=None))


def _item(model: type[Item], code: str, field: str) -> Item | None:
    if not code:
        return None
    found = _offered(model).filter(code=code).first()
    if found is None:
        raise Refusal(fields={field: [_("ตัวเลือกนี้ไม่มีแล้ว เลือกใหม่จากรายการ")]}, code="invalid")
    return found


def _check_sub_kind(row: Activity) -> None:
    sub_kind, kind = row.sub_kind, row.kind
    if sub_kind is not None and sub_kind.kind_code and kind is not None and sub_kind.kind_code != kind.code:
        words = _("ลักษณะงานนี้ไม่ตรงกับประเภท “%(kind)s” เลือกลักษณะงานใหม่") % {"kind": kind}
        raise Refusal(fields={"sub_kind": [words]}, code="invalid")


def _check_occasion(row: Activity, occasion_id: int | None) -> None:
    if occasion_id is None:
        return
    offered = Occasion.objects.active().for_office(row.organization)
    if not offered.filter(pk=occasion_id).exists():
        raise Refusal(fields={"occasion_id": [_("วันสำคัญนี้ไม่มีแล้ว เลือกใหม่จากรายการ")]}, code="invalid")


def _check_host_organization(row: Activity, organization_id: int | None) -> None:
    if organization_id is None:
        return
    if organization_id == row.organization_id:
        words = _("เจ้าภาพเป็นหน่วยงานของท่านเอง เลือกบทบาท “จัดเอง”")
        raise Refusal(fields={"host_organization_id": [words]}, code="invalid")
    if not Organization.objects.filter(pk=organization_id).exists():
        raise Refusal(fields={"host_organization_id": [_("เลือกหน่วยงานเจ้าภาพจากรายการ")]}, code="invalid")


def write_parts(row: Activity, values: ActivityValues, *, before: ActivityValues, actor: Viewer) -> None:
    """Write participants, measures and photos of the saved ``row`` where they differ.

    :raises Refusal: an unknown group or measure, a picture that was not sent or cannot be opened.
    """
    if values.groups != before.groups:
        groups = _rows_by_code(
            ParticipantGroup, values.groups, "participants", [p.group for p in _participations(row)]
        )
        row.participations.all().delete()
        Participation.objects.bulk_create(
            Participation(activity=row, group=groups[code], count=count)
            for code, count in values.groups.items()
        )
    if values.measures != before.measures:
        measures = _rows_by_code(Measure, values.measures, "measures", [m.measure for m in _measures(row)])
        row.measures.all().delete()
        MeasureValue.objects.bulk_create(
            MeasureValue(activity=row, measure=measures[code], quantity=quantity)
            for code, quantity in values.measures.items()
        )
    if values.photos != before.photos:
        _write_photos(row, values, actor)


def _participations(row: Activity) -> Any:
    return row.participations.select_related("group")


def _measures(row: Activity) -> Any:
    return row.measures.select_related("measure")


def _rows_by_code(
    model: type[Item], wanted: Mapping[str, object], field: str, kept: list[Item]
) -> dict[str, Item]:
    """The list's rows by code: the one the record was written with stays, also when retired since."""
    rows = {item.code: item for item in _offered(model).filter(code__in=wanted)}
    rows |= {item.code: item for item in kept}
    unknown = sorted(set(wanted) - rows.keys())
    if unknown:
        words = _("ไม่มีรายการ %(codes)s แล้ว โหลดหน้านี้ใหม่เพื่อดูรายการล่าสุด") % {"codes": ", ".join(unknown)}
        raise Refusal(fields={field: [words]}, code="invalid")
    return rows


def _write_photos(row: Activity, values: ActivityValues, actor: Viewer) -> None:
    shas = [photo.sha256 for photo in values.photos]
    kept = {use.photo.sha256: use.photo for use in row.photos.select_related("photo")}
    photos: dict[str, Photo] = {photo.sha256: photo for photo in usable_photos(actor, shas)} | kept
    absent = [sha for sha in shas if sha not in photos]
    if absent:
        words = _("ภาพ %(n)d ภาพยังส่งไม่ถึงระบบ เลือกภาพนั้นแล้วส่งอีกครั้ง") % {"n": len(absent)}
        raise Refusal(fields={"photos": [words]}, code="invalid")
    broken = [sha for sha in shas if photos[sha].state == PhotoState.BROKEN and sha not in kept]
    if broken:
        words = _("เปิดภาพไม่ได้ %(n)d ภาพ เอาออกแล้วเลือกภาพใหม่") % {"n": len(broken)}
        raise Refusal(fields={"photos": [words]}, code="invalid")
    row.photos.all().delete()
    ActivityPhoto.objects.bulk_create(
        ActivityPhoto(
            activity=row,
            photo=photos[photo.sha256],
            position=position,
            caption=photo.caption[:200],
            children_visible=photo.children_visible,
            publish=photo.publish,
        )
        for position, photo in enumerate(values.photos)
    )
