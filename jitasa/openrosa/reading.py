"""A filled form as it is sent, read into the values of a record. Nothing that was typed is lost on the way."""

import hashlib
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jitasa.activities.choices import Basis, BudgetSource, Part, channels_of
from jitasa.activities.forms import RecordForm, amount_box, count_box
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.openrosa.form import FORM_ID
from jitasa.openrosa.questions import GROUP, MEASURE
from jitasa.problems import Refusal
from jitasa.rounds.models import Kind, Measure, ParticipantGroup, SubKind
from jitasa.rounds.selectors.lists import offered_by_code
from jitasa.thai.text import clean
from jitasa.ui.request_guard import check_text

XML_MOST = 1_048_576
DEEPEST = 6  # data, photos, image … and a little more
PHOTOS_MOST = 50
ONE_OF = {"basis": Basis, "part": Part, "budget_source": BudgetSource}
LISTED: dict[str, Any] = {"kind": Kind, "sub_kind": SubKind}
TEXTS = ("name", "host_name", "place", "chair_position", "result", "budget_project", "problems")


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
    """:raises Refusal: it is no form of ours, or cannot be read; the words say what to do. :raises BadRequest: it is no text."""
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
    check_text(xml)
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


class _Answers:
    """What stands in a form, read as the form on the screen reads it: the same is taken, the same is refused.

    ``lost``: what no list offers any more; it is kept in words, for the clerk. ``wrong``: by field, what to do.
    """

    def __init__(self, root: Element) -> None:
        self.asked = _children(root)
        self.lost: list[str] = []
        self.wrong: dict[str, list[str]] = {}

    def text(self, name: str) -> str:
        return _text(self.asked.get(name))

    def read(self, field: forms.Field, text: str, name: str) -> Any:
        """``text`` as ``field`` has it, ``None`` where that is nothing or cannot be read."""
        try:
            return field.clean(text) if text else None
        except ValidationError as wrong:
            told = self.wrong.setdefault(name, [])
            told += [words for words in map(str, wrong.messages) if words not in told]
            return None

    def field(self, name: str, text: str | None = None) -> Any:
        """The answer under the name that the form on the screen has for it, too."""
        return self.read(RecordForm.base_fields[name], self.text(name) if text is None else text, name)

    def listed(self, name: str, known: Container[str]) -> str:
        """A code of a list, or nothing when the list no longer has it."""
        code = self.text(name)
        if not code or code in known:
            return code
        self.lose(name, code)
        return ""

    def lose(self, name: str, value: object) -> None:
        words = _("(จากแบบฟอร์มรุ่นก่อน: %(name)s = %(value)s)")
        self.lost.append(words % {"name": name[:60], "value": str(value)[:60]})

    def amounts(
        self, group: str, prefix: str, model: Any, box: Callable[[Any], forms.Field], name: str
    ) -> Any:
        """Code → number of one group of the form."""
        known, found = offered_by_code(model), {}
        for asked, each in _children(self.asked.get(group)).items():
            code, text = asked.removeprefix(prefix), _text(each)
            if text and code not in known:
                self.lose(code, text)
            elif (number := self.read(box(known.get(code)), text, name)) is not None:
                found[code] = number
        return found


def _read(root: Element) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """:raises Refusal: by field, everything that cannot be read."""
    answers = _Answers(root)
    found: dict[str, Any] = {name: answers.text(name) for name in TEXTS}
    found |= {name: answers.listed(name, offered_by_code(model)) for name, model in LISTED.items()}
    found |= {name: code for name, words in ONE_OF.items() if (code := answers.listed(name, words.values))}
    found |= {name: answers.field(name) for name in ("moo", "men", "women", "budget_amount")}
    found |= _event(answers, found) | _when(answers) | _where(answers)
    found["publicity_link"] = answers.field("publicity_link") or ""
    found["occasion_id"] = answers.field("occasion_id", answers.text("occasion"))
    found["groups"] = answers.amounts(
        "groups", GROUP, ParticipantGroup, lambda _row: count_box(""), "participants"
    )
    found["measures"] = answers.amounts(
        "measures", MEASURE, Measure, lambda row: amount_box("", max(row.decimals, 0)), "measures"
    )
    channels = answers.text("publicity").split()
    found["publicity"] = tuple(kind.value for kind in channels_of(channels))
    for each in channels:
        if not channels_of([each]):
            answers.lose("publicity", each)
    found["suggestions"] = "\n".join(filter(None, [answers.text("suggestions"), *answers.lost]))
    if answers.wrong:
        raise Refusal(fields=answers.wrong, code="invalid")
    return found, _pictures(root)


def _event(answers: _Answers, found: Mapping[str, Any]) -> dict[str, Any]:
    """The event of another office that the record is a part of."""
    event = _uuid(answers.text("joint"))
    if event is None:
        return {}
    return {
        "host_activity": event,
        "part": Part.CO_HOST if found.get("part", Part.HOST) == Part.HOST else found["part"],
    }


def _when(answers: _Answers) -> dict[str, Any]:
    day = answers.field("start_date", answers.text("start_date").partition("T")[0])
    start, end = (answers.field(name, _clock(answers.text(name))) for name in ("start_time", "end_time"))
    return {
        "start_date": day,
        "start_time": start,
        "end_time": end,
        "end_date": day if end else None,
        "day_confirmed": None,
    }


def _clock(text: str) -> str:
    """``08:30`` of ``08:30:00.000+07:00``: the clock where it was filled in."""
    found = re.match(r"(\d\d:\d\d):\d\d", text)
    return found[1] if found else text


def _where(answers: _Answers) -> dict[str, Any]:
    found: dict[str, Any] = {"tambon_code": answers.text("tambon")}
    point = answers.text("point").split()
    if point:
        latitude, longitude = (
            answers.read(RecordForm.base_fields["latitude"], each, "point") for each in [*point, ""][:2]
        )
        found |= {"latitude": latitude, "longitude": longitude, "point_source": "phone"}
    return found


def _pictures(root: Element) -> list[tuple[str, str]]:
    found = []
    for each in root:
        if _local(each.tag) == "photos":
            parts = _children(each)
            if name := _text(parts.get("image")):
                found.append((name, _text(parts.get("caption"))))
    if len(found) > PHOTOS_MOST:
        raise Refusal(
            fields={"photos": [_("ภาพเกิน %(most)d ภาพ นำออกแล้วส่งใหม่") % {"most": PHOTOS_MOST}]},
            code="invalid",
        )
    return found
