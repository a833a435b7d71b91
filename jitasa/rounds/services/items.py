"""Change the words of a list. A word is never rewritten: the edit retires its row and opens a new one.

``content`` holds the columns of the list: ``label``, ``label_en`` and those named by ``ListOf.extra``.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations import versions
from jitasa.organizations.in_use import IN_USE
from jitasa.organizations.models import Topic
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds.choices import RETURNABLE
from jitasa.rounds.models import Kind, ListItem, Measure
from jitasa.rounds.rules import may_edit_lists
from jitasa.rounds.selectors.lists import ListOf
from jitasa.rounds.services.install import STEP
from jitasa.thai.text import normalise, search_key

Content = Mapping[str, Any]
DECIMALS_MOST = 3  # as many as ``MeasureValue.quantity`` keeps
KEYWORD_LEAST, KEYWORDS_MOST = 3, 1000  # letters of one keyword, of all


def columns(of: ListOf) -> tuple[str, ...]:
    """The columns a person edits in a list."""
    return ("label", "label_en", *of.extra)


def add_item(*, actor: Viewer, of: ListOf, content: Content, now: datetime) -> ListItem:
    """Add a word at the end of a list. The same word sent twice is one row.

    :raises Forbidden: unless the actor is the department.
    :raises Refusal: for a word that cannot be, by field.
    """
    _department_only(actor)
    with transaction.atomic():
        rows = _locked(of)
        wanted = _checked(of, content)
        for row in rows:
            if row.retired_at is None and _content_of(of, row) == wanted:
                return row
        _refuse_doubles(rows, wanted, except_code="")
        last = max((row.position for row in rows if row.retired_at is None), default=0)
        item = of.model._default_manager.create(
            code=_new_code(of, rows, wanted["label_en"]), position=last + STEP, created_at=now, **wanted
        )
        versions.changed(Topic.LISTS)
        record(actor=actor, verb="list.add", subject=item, data={"list": of.slug, "after": wanted}, now=now)
    return item


def edit_item(*, actor: Viewer, of: ListOf, item: ListItem, content: Content, now: datetime) -> ListItem:
    """Give a word in use another wording; answers the row in use afterwards.

    Records written before keep pointing at the old row. The unit of a measure stays: sums by code
    would mix two units.

    :raises Conflict: when somebody else changed or retired the row first.
    """
    _department_only(actor)
    with transaction.atomic():
        rows = _locked(of)
        row = _in_use(rows, item)
        before, wanted = _content_of(of, row), _checked(of, content)
        if wanted == before:
            return row
        if "unit" in wanted and wanted["unit"] != before["unit"]:
            raise Refusal(
                fields={"unit": [_("เปลี่ยนหน่วยไม่ได้ เพราะยอดเดิมจะปนกัน ให้เลิกใช้รายการนี้แล้วเพิ่มรายการใหม่")]}
            )
        _refuse_doubles(rows, wanted, except_code=row.code)
        of.model._default_manager.filter(pk=row.pk).update(retired_at=now)
        fresh = of.model._default_manager.create(
            code=row.code, position=row.position, created_at=now, **wanted
        )
        data = {"list": of.slug, "replaces": row.pk, "before": before, "after": wanted}
        versions.changed(Topic.LISTS)
        record(actor=actor, verb="list.edit", subject=fresh, data=data, now=now)
    return fresh


def retire_item(*, actor: Viewer, of: ListOf, item: ListItem, now: datetime) -> None:
    """Offer a word no longer. Records keep it; doing it twice changes nothing.

    :raises Refusal: for the last kind, without which nothing could be recorded.
    """
    _department_only(actor)
    with transaction.atomic():
        rows = _locked(of)
        used = [row for row in rows if row.retired_at is None]
        if item.pk not in {row.pk for row in used}:
            return
        if of.model is Kind and len(used) == 1:
            raise Refusal(_("ต้องมีประเภทกิจกรรมอย่างน้อย 1 ประเภท เพิ่มประเภทใหม่ก่อนแล้วจึงเลิกใช้ประเภทนี้"))
        of.model._default_manager.filter(pk=item.pk).update(retired_at=now)
        versions.changed(Topic.LISTS)
        record(actor=actor, verb="list.retire", subject=item, data={"list": of.slug}, now=now)


def restore_item(*, actor: Viewer, of: ListOf, item: ListItem, now: datetime) -> ListItem:
    """Offer the last wording of a retired word again, as a new row at the end of the list."""
    _department_only(actor)
    with transaction.atomic():
        rows = _locked(of)
        used = [row for row in rows if row.retired_at is None]
        for row in used:
            if row.code == item.code:
                return row
        wanted = _content_of(of, item)
        _refuse_doubles(rows, wanted, except_code=item.code)
        last = max((row.position for row in used), default=0)
        fresh = of.model._default_manager.create(
            code=item.code, position=last + STEP, created_at=now, **wanted
        )
        data = {"list": of.slug, "replaces": item.pk}
        versions.changed(Topic.LISTS)
        record(actor=actor, verb="list.restore", subject=fresh, data=data, now=now)
    return fresh


def reorder(*, actor: Viewer, of: ListOf, codes: Sequence[str], now: datetime) -> None:
    """Put the words in use in the order of ``codes``, which must name each of them once.

    :raises Conflict: when the list changed since the person saw it.
    """
    _department_only(actor)
    with transaction.atomic():
        used = {row.code: row for row in _locked(of) if row.retired_at is None}
        before = sorted(used, key=lambda code: (used[code].position, used[code].pk))
        if sorted(codes) != sorted(used):
            raise Conflict(_("รายการนี้มีผู้แก้ไปก่อนแล้ว เปิดหน้านี้ใหม่แล้วจัดลำดับอีกครั้ง"))
        if list(codes) == before:
            return
        for index, code in enumerate(codes):
            used[code].position = (index + 1) * STEP
        of.model._default_manager.bulk_update(used.values(), ["position"])
        data = {"list": of.slug, "before": before, "after": list(codes)}
        versions.changed(Topic.LISTS)
        record(actor=actor, verb="list.reorder", data=data, now=now)


def move_item(*, actor: Viewer, of: ListOf, item: ListItem, step: int, now: datetime) -> None:
    """Move a word ``step`` places (−1 up, 1 down); at the end of the list it stays."""
    rows = of.model._default_manager.filter(IN_USE).order_by("position", "id")
    codes = [row.code for row in rows]
    if item.code not in codes:
        raise Conflict(_("รายการนี้มีผู้แก้หรือเลิกใช้ไปก่อนแล้ว เปิดหน้านี้ใหม่อีกครั้ง"))
    place = codes.index(item.code)
    target = min(max(place + step, 0), len(codes) - 1)
    codes.insert(target, codes.pop(place))
    reorder(actor=actor, of=of, codes=codes, now=now)


def _department_only(actor: Viewer) -> None:
    if not may_edit_lists(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่แก้รายการนี้ได้ หากเห็นว่าควรแก้ โปรดแจ้งกรม"))


def _locked(of: ListOf) -> list[ListItem]:
    """All rows of a list, locked: lists are short and edited rarely."""
    return list(of.model._default_manager.select_for_update(no_key=True).order_by("id"))


def _in_use(rows: list[ListItem], item: ListItem) -> ListItem:
    for row in rows:
        if row.pk == item.pk and row.retired_at is None:
            return row
    raise Conflict(_("มีผู้แก้หรือเลิกใช้คำนี้ไปก่อนแล้ว กลับไปที่รายการแล้วเปิดคำล่าสุดอีกครั้ง"))


def _content_of(of: ListOf, row: ListItem) -> dict[str, Any]:
    return {name: getattr(row, name) for name in columns(of)}


def _checked(of: ListOf, content: Content) -> dict[str, Any]:
    """The content tidied. :raises Refusal: by field."""
    problems: dict[str, list[str]] = {}
    wanted: dict[str, Any] = {}
    for name in columns(of):
        try:
            check: Callable[[str, Any], Any] = _CHECKS.get(name, _words)
            wanted[name] = check(name, content.get(name))
        except ValueError as problem:
            problems[name] = [str(problem)]
    if problems:
        raise Refusal(fields=problems)
    return wanted


def _words(name: str, value: Any) -> str:
    text = normalise(str(value or ""))
    longest = 40 if name == "unit" else 150
    if not text and name != "label_en":
        raise ValueError(_("กรอกช่องนี้"))
    if len(text) > longest:
        raise ValueError(_("ยาวเกินไป ย่อให้ไม่เกิน %(most)d ตัวอักษร") % {"most": longest})
    return text


def _sentence(_name: str, value: Any) -> str:
    text = str(value or "").strip()
    if not text:
        raise ValueError(_("เขียนข้อความถึงผู้บันทึก ระบุสิ่งที่ต้องแก้ไข"))
    return text


def _decimals(_name: str, value: Any) -> int:
    if value is None or not 0 <= int(value) <= DECIMALS_MOST:
        raise ValueError(_("กรอกจำนวนหลักทศนิยมระหว่าง 0 ถึง 3"))
    return int(value)


def _kind_code(_name: str, value: Any) -> str:
    code = str(value or "")
    if code and not Kind.objects.filter(code=code).exists():
        raise ValueError(_("เลือกประเภทจากรายการ หรือเว้นไว้ถ้าใช้ได้ทุกประเภท"))
    return code


def _keywords(_name: str, value: Any) -> str:
    """Words with commas between them, each once, in the order typed."""
    found = [normalise(word) for word in str(value or "").replace("\n", ",").split(",")]
    words = list(dict.fromkeys(word for word in found if word))
    if any(len(search_key(word)) < KEYWORD_LEAST for word in words):
        raise ValueError(_("แต่ละคำต้องยาวอย่างน้อย 3 ตัวอักษร คำที่สั้นกว่านี้อยู่ในคำอื่นบ่อยเกินไป"))
    text = ", ".join(words)
    if len(text) > KEYWORDS_MOST:
        raise ValueError(_("ยาวเกินไป ย่อให้ไม่เกิน %(most)d ตัวอักษร") % {"most": KEYWORDS_MOST})
    return text


def _measures(_name: str, value: Any) -> list[str]:
    codes = list(dict.fromkeys(value or []))
    known = set(Measure.objects.filter(code__in=codes).values_list("code", flat=True))
    if known != set(codes):
        raise ValueError(_("เลือกปริมาณงานจากรายการเท่านั้น"))
    return codes


def _fields(_name: str, value: Any) -> list[str]:
    names = set(value or [])
    if names - set(RETURNABLE):
        raise ValueError(_("เลือกช่องจากรายการเท่านั้น"))
    return [name for name in RETURNABLE if name in names]


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "text": _sentence,
    "decimals": _decimals,
    "kind_code": _kind_code,
    "fields": _fields,
    "keywords": _keywords,
    "measures": _measures,
}


def _refuse_doubles(rows: list[ListItem], wanted: Content, *, except_code: str) -> None:
    key = search_key(wanted["label"])
    for row in rows:
        if row.retired_at is None and row.code != except_code and search_key(row.label) == key:
            raise Refusal(fields={"label": [_("มีคำนี้ในรายการแล้ว ใช้คำอื่น หรือแก้คำเดิม")]})


def _new_code(of: ListOf, rows: list[ListItem], label_en: str) -> str:
    """A code no row ever had: from the English word where there is one."""
    known = {row.code for row in rows}
    base = slugify(label_en)[:30] or of.slug.rstrip("s")
    code, number = base, 1
    while code in known or (code == of.slug.rstrip("s")):
        number += 1
        code = f"{base}-{number}"
    return code
