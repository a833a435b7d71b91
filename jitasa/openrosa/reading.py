"""A filled form as it is sent, read into the values of a record. Nothing that was typed is lost on the way."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from jitasa.activities.choices import Basis, BudgetSource, Part, PublicityChannel
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.openrosa.form import FORM_ID
from jitasa.openrosa.questions import GROUP, MEASURE
from jitasa.problems import Refusal
from jitasa.rounds.models import Kind, Measure, ParticipantGroup, SubKind
from jitasa.rounds.selectors.lists import offered_by_code
from jitasa.thai.text import clean
from jitasa.ui.reading import BIGGEST_ID, whole_number

XML_MOST = 1_048_576
DEEPEST = 6  # data, photos, image … and a little more
PHOTOS_MOST = 50
ONE_OF = {"basis": Basis, "part": Part, "budget_source": BudgetSource}
LISTED: dict[str, Any] = {"kind": Kind, "sub_kind": SubKind}


@dataclass(kw_only=True)
class Filled:
    """One filled form. ``replaces``: the instance it is an edit of. ``pictures``: file name and caption, in order."""

    instance: UUID
    replaces: UUID | None
    sha256: str
    fields: dict[str, Any]
    pictures: list[tuple[str, str]] = field(default_factory=list)

    def values(self, names: Mapping[str, str]) -> ActivityValues:
        """``names``: SHA-256 by file name of the pictures that are here."""
        photos = {
            names[name]: PhotoValue(sha256=names[name], caption=caption)
            for name, caption in self.pictures
            if name in names
        }
        return ActivityValues(**self.fields, photos=tuple(photos.values()))

    def lacking(self, names: Mapping[str, str]) -> list[str]:
        """Pictures the form names that are not here."""
        return [name for name, _caption in self.pictures if name not in names]


def read(xml: bytes) -> Filled:
    """:raises Refusal: it is no form of ours, or cannot be read; the words say what to do."""
    root = _parsed(xml)
    if _local(root.tag) != "data" or root.get("id", FORM_ID) != FORM_ID:
        raise Refusal(_("แบบฟอร์มนี้ไม่ใช่ของระบบนี้ ดาวน์โหลดแบบฟอร์มใหม่ในแอป"), code="form")
    meta = _children(_children(root).get("meta"))
    instance = _uuid(_text(meta.get("instanceID")))
    if instance is None:
        raise Refusal(_("แบบฟอร์มไม่มีรหัสของรายการ (instanceID) สร้างรายการใหม่ในแอป"), code="form")
    fields, pictures = _read(root)
    return Filled(
        instance=instance,
        replaces=_uuid(_text(meta.get("deprecatedID"))),
        sha256=hashlib.sha256(xml).hexdigest(),
        fields=fields,
        pictures=pictures,
    )


def _parsed(xml: bytes) -> Element:
    if len(xml) > XML_MOST:
        raise Refusal(_("ข้อมูลในแบบฟอร์มยาวเกินไป ย่อข้อความแล้วส่งใหม่"), code="too_large")
    try:
        root: Element = fromstring(xml, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refusal(_("อ่านแบบฟอร์มที่ส่งมาไม่ได้ ลบรายการนี้ในแอปแล้วกรอกใหม่"), code="unreadable") from None
    level, deep = [root], 0
    while level:
        level, deep = [each for parent in level for each in parent], deep + 1
        if deep > DEEPEST:
            raise Refusal(_("แบบฟอร์มนี้ไม่ใช่ของระบบนี้ ดาวน์โหลดแบบฟอร์มใหม่ในแอป"), code="form")
    return root


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _children(parent: Element | None) -> dict[str, Element]:
    return {_local(each.tag): each for each in parent} if parent is not None else {}


def _text(each: Element | None) -> str:
    return clean((each.text or "").strip()) if each is not None else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.removeprefix("uuid:")) if text else None
    except ValueError:
        return None


def _read(root: Element) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    asked = _children(root)
    texts = {name: _text(each) for name, each in asked.items()}
    lost: list[str] = []  # what no list offers any more: kept in words, for the clerk
    found: dict[str, Any] = {
        name: texts.get(name, "")
        for name in (
            "name", "host_name", "place", "chair_position", "result", "budget_project", "publicity_link", "problems",
        )
    }  # fmt: skip
    found |= {name: _listed(name, texts.get(name, ""), lost) for name in LISTED}
    found |= _closed(texts, lost)
    found |= _when(texts)
    found |= _where(texts)
    found |= {name: _count(texts, name) for name in ("men", "women")}
    found["groups"] = _amounts(asked.get("groups"), GROUP, ParticipantGroup, lost, whole=True)
    found["measures"] = _amounts(asked.get("measures"), MEASURE, Measure, lost)
    found["budget_amount"] = _decimal(texts.get("budget_amount", ""), "budget")
    found["publicity"] = tuple(
        each for each in texts.get("publicity", "").split() if each in PublicityChannel.values
    )
    occasion = texts.get("occasion", "")
    found["occasion_id"] = whole_number(occasion, least=1, most=BIGGEST_ID) if occasion else None
    found["suggestions"] = "\n".join(filter(None, [texts.get("suggestions", ""), *lost]))
    return found, _pictures(root)


def _listed(name: str, code: str, lost: list[str]) -> str:
    if not code or code in offered_by_code(LISTED[name]):
        return code
    lost.append(_("(จากแบบฟอร์มรุ่นก่อน: %(name)s = %(value)s)") % {"name": name, "value": code[:60]})
    return ""


def _closed(texts: Mapping[str, str], lost: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, words in ONE_OF.items():
        value = texts.get(name, "")
        if value in words.values:
            found[name] = value
        elif value:
            lost.append(_("(จากแบบฟอร์มรุ่นก่อน: %(name)s = %(value)s)") % {"name": name, "value": value[:60]})
    return found


def _when(texts: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    try:
        day = texts.get("start_date", "")[:10]
        found["start_date"] = date.fromisoformat(day) if day else None
        for name in ("start_time", "end_time"):  # as 08:30:00.000+07:00: the clock where it was filled in
            clock = re.match(r"\d\d:\d\d", texts.get(name, ""))
            found[name] = time.fromisoformat(clock[0]) if clock else None
    except ValueError:
        raise Refusal(
            fields={"start_date": [_("อ่านวันหรือเวลาไม่ได้ แก้ในแอปแล้วส่งใหม่")]}, code="invalid"
        ) from None
    found["end_date"] = found["start_date"] if found["end_time"] else None
    found["day_confirmed"] = None
    return found


def _where(texts: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"moo": _count(texts, "moo"), "tambon_code": texts.get("tambon", "")[:6]}
    point = texts.get("point", "").split()
    if len(point) >= 2:
        latitude, longitude = (_decimal(each, "point") for each in point[:2])
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
            raise Refusal(fields={"point": [_("อ่านพิกัดไม่ได้ เลือกจุดใหม่ในแอป")]}, code="invalid")
        found |= {"latitude": float(latitude), "longitude": float(longitude), "point_source": "phone"}
    return found


def _count(texts: Mapping[str, str], name: str) -> int | None:
    return _whole(texts.get(name, ""), name)


def _whole(text: str, name: str) -> int | None:
    """:raises Refusal: it is no whole number."""
    number = _decimal(text, name)
    if number is not None and number != int(number):
        raise Refusal(
            fields={name: [_("“%(text)s” ไม่ใช่จำนวนเต็ม แก้ในแอปแล้วส่งใหม่") % {"text": text[:40]}]},
            code="invalid",
        )
    return None if number is None else int(number)


def _decimal(text: str, name: str) -> Decimal | None:
    """:raises Refusal: it is no number, or none that can be kept."""
    if not text:
        return None
    try:
        number = Decimal(text)
        if number.is_finite() and abs(number) < 10**10:
            return number
    except InvalidOperation:
        pass
    raise Refusal(fields={name: [_("“%(text)s” ไม่ใช่ตัวเลขที่ใช้ได้") % {"text": text[:40]}]}, code="invalid")


def _amounts(
    parent: Element | None, prefix: str, model: Any, lost: list[str], *, whole: bool = False
) -> dict[str, Any]:
    known, found = offered_by_code(model), {}
    for name, each in _children(parent).items():
        number = _whole(_text(each), "participants") if whole else _decimal(_text(each), "measures")
        code = name.removeprefix(prefix)
        if number is None or number < 0:
            continue
        if code in known:
            found[code] = number
        else:
            lost.append(_("(จากแบบฟอร์มรุ่นก่อน: %(name)s = %(value)s)") % {"name": code[:60], "value": number})
    return found


def _pictures(root: Element) -> list[tuple[str, str]]:
    found = []
    for each in root:
        if _local(each.tag) == "photos":
            parts = _children(each)
            if name := _text(parts.get("image")):
                found.append((name, _text(parts.get("caption"))[:200]))
    if len(found) > PHOTOS_MOST:
        raise Refusal(
            fields={"photos": [_("ภาพเกิน %(most)d ภาพ เอาออกแล้วส่งใหม่") % {"most": PHOTOS_MOST}]},
            code="invalid",
        )
    return found
