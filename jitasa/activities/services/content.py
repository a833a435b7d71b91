"""Put clean values onto a record: codes become rows, sums are made. Its parts are ``services.parts``."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.choices import Part, channels_of
from jitasa.activities.models import Activity
from jitasa.activities.selectors.places import tambon_exists, tambon_words
from jitasa.activities.values import PLAIN_FIELDS, ActivityValues
from jitasa.occasions.selectors import choosable
from jitasa.organizations.selectors.registry import remembered_office, remembered_state
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.rounds.models import Kind, ListItem, SubKind
from jitasa.rounds.selectors.lists import offered_by_code
from jitasa.thai.dates import month_of, today
from jitasa.thai.search import stored
from jitasa.thai.text import normalise

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
    others: dict[str, Any] = {}
    if values.part == Part.HOST:
        others = {"host_organization_id": None, "host_activity": None}
        texts["host_name"] = ""
    if values.day_confirmed != values.start_date:
        others["day_confirmed"] = None
    return replace(
        values,
        **texts,
        **point,
        **others,
        groups={code: count for code, count in sorted(values.groups.items()) if count},
        measures={
            code: quantity.quantize(Decimal("0.001"))
            for code, quantity in sorted(values.measures.items())
            if quantity
        },
        publicity=tuple(kind.value for kind in channels_of(values.publicity)),
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
    """Set the columns of ``row`` (not saved) but ``search_text``. ``before`` is its present content.

    :raises Refusal: a code, an important day or an organization is not on offer.
    """
    for name in PLAIN_FIELDS:
        setattr(row, name, getattr(values, name))
    row.publicity = list(values.publicity)
    if before.kind != values.kind:
        row.kind = _item(Kind, values.kind, "kind")
    if before.sub_kind != values.sub_kind:
        row.sub_kind = _item(SubKind, values.sub_kind, "sub_kind")
    _check_sub_kind(row)
    if values.occasion_id != before.occasion_id:
        _set_occasion(row, values.occasion_id)
    if values.host_organization_id != before.host_organization_id:
        _set_host_organization(row, values.host_organization_id)
    row.participants = values.participants
    row.photo_count = len(values.photos)
    row.month = month_of(values.start_date or today(now)) if values.start_date or not row.pk else row.month
    _name_office(row, now)
    row.updated_at, row.updated_by = now, actor.user


def search_text(row: Activity) -> str:
    """What a person may type to find the record."""
    parts = (row.name, row.place, tambon_words(row.tambon_code), row.organization_name, row.number)
    return stored(*parts, row.chair_position, row.result[:2000])


def _name_office(row: Activity, now: datetime) -> None:
    """The office's name and code as valid on the activity's date (docs/domain.md §3)."""
    state = remembered_state(row.organization_id, row.start_date or today(now))
    row.organization_code = state.code if state else row.organization.code
    row.organization_name = state.short_name if state else row.organization.short_name


def _item(model: type[Item], code: str, field: str) -> Item | None:
    if not code:
        return None
    found = offered_by_code(model).get(code)
    if found is None:
        raise Refusal(fields={field: [_("ตัวเลือกนี้ไม่มีแล้ว เลือกใหม่จากรายการ")]}, code="invalid")
    return found


def _check_sub_kind(row: Activity) -> None:
    sub_kind, kind = row.sub_kind, row.kind
    if sub_kind is not None and sub_kind.kind_code and kind is not None and sub_kind.kind_code != kind.code:
        words = _("ลักษณะงานนี้ไม่ตรงกับประเภท “%(kind)s” เลือกลักษณะงานใหม่") % {"kind": kind}
        raise Refusal(fields={"sub_kind": [words]}, code="invalid")


def _set_occasion(row: Activity, occasion_id: int | None) -> None:
    row.occasion = choosable(row.organization, occasion_id) if occasion_id is not None else None
    if occasion_id is not None and row.occasion is None:
        raise Refusal(fields={"occasion_id": [_("วันสำคัญนี้ไม่มีแล้ว เลือกใหม่จากรายการ")]}, code="invalid")


def _set_host_organization(row: Activity, organization_id: int | None) -> None:
    if organization_id is not None and organization_id == row.organization_id:
        words = _("เจ้าภาพเป็นหน่วยงานของท่านเอง เลือกบทบาท “จัดเอง”")
        raise Refusal(fields={"host_organization_id": [words]}, code="invalid")
    row.host_organization = remembered_office(organization_id) if organization_id is not None else None
    if organization_id is not None and row.host_organization is None:
        raise Refusal(fields={"host_organization_id": [_("เลือกหน่วยงานเจ้าภาพจากรายการ")]}, code="invalid")
