"""Reads of the lists: what is offered today, what was offered before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar, cast

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.models import User
from jitasa.audit.models import Entry
from jitasa.organizations.in_use import IN_USE
from jitasa.organizations.models import Topic
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.versions import remembered
from jitasa.rounds.choices import RETURNABLE
from jitasa.rounds.models import (
    Kind,
    LateReason,
    ListItem,
    Measure,
    NilReason,
    ParticipantGroup,
    ReturnReason,
    SubKind,
)

Item = TypeVar("Item", bound=ListItem)


@dataclass(frozen=True)
class ListOf:
    """One list of the department: its address, its table and its words."""

    slug: str
    model: type[ListItem]
    title: Promise
    hint: Promise
    extra: tuple[str, ...] = ()  # columns besides code, label, label_en and position

    @property
    def headings(self) -> list[str]:
        """The words over the further columns."""
        return [column_label(self, name) for name in self.extra]


LISTS: Final[dict[str, ListOf]] = {
    row.slug: row
    for row in (
        ListOf("kinds", Kind, _("ประเภทกิจกรรม"), _("แยกยอดในรายงานทุกระดับ")),
        ListOf(
            "sub-kinds",
            SubKind,
            _("ลักษณะงาน"),
            _("งานที่ทำ ละเอียดกว่าประเภท"),
            ("kind_code", "keywords", "measures"),
        ),
        ListOf("groups", ParticipantGroup, _("กลุ่มผู้เข้าร่วม"), _("ช่องกรอกจำนวนคนในแบบบันทึก")),
        ListOf(
            "measures", Measure, _("ปริมาณงาน"), _("ปริมาณงานพร้อมหน่วย เช่น ต้น กิโลเมตร"), ("unit", "decimals")
        ),
        ListOf(
            "return-reasons",
            ReturnReason,
            _("เหตุผลที่ส่งกลับแก้ไข"),
            _("ข้อความสำเร็จรูปของผู้ตรวจ พร้อมช่องที่ต้องแก้"),
            ("text", "fields"),
        ),
        ListOf("nil-reasons", NilReason, _("สาเหตุที่ไม่มีกิจกรรม"), _("ข้อความสำเร็จรูปเมื่อหน่วยงานแจ้งว่าไม่มีกิจกรรม")),
        ListOf("late-reasons", LateReason, _("สาเหตุที่ล่าช้า"), _("ข้อความสำเร็จรูปเมื่อหน่วยงานยืนยันหลังวันครบกำหนด")),
    )
}


def _current(model: type[Item]) -> QuerySet[Item]:
    return cast("QuerySet[Item]", model._default_manager.filter(IN_USE))


def offered(model: type[Item]) -> tuple[Item, ...]:
    """The words of one list offered today, in the department's order; kept in memory for a request."""
    return remembered(Topic.LISTS, model, lambda: tuple(_current(model)))


def offered_by_code(model: type[Item]) -> Mapping[str, Item]:
    """Code → the word offered today."""
    return {row.code: row for row in offered(model)}


def current_kinds() -> QuerySet[Kind]:
    """Kinds offered today, in the department's order."""
    return _current(Kind)


def current_sub_kinds(kind_code: str = "") -> QuerySet[SubKind]:
    """Sub-kinds offered today; with ``kind_code`` those of that kind and those that fit every kind."""
    rows = _current(SubKind)
    return rows.filter(kind_code__in=["", kind_code]) if kind_code else rows


def current_groups() -> QuerySet[ParticipantGroup]:
    """Participant groups offered today."""
    return _current(ParticipantGroup)


def current_measures() -> QuerySet[Measure]:
    """Measures offered today, with units."""
    return _current(Measure)


def current_return_reasons() -> QuerySet[ReturnReason]:
    """Ready sentences for returning a record."""
    return _current(ReturnReason)


def kind_labels() -> dict[str, str]:
    """Code → the word in use today, in the reader's language; for a retired kind the last word it had. One query."""
    return {row.code: row.words for row in Kind.objects.order_by("code", "created_at", "id")}


def measure_labels() -> dict[str, str]:
    """Code → the word of a measure in use today, in the reader's language. One query."""
    return {row.code: row.words for row in Measure.objects.order_by("code", "created_at", "id")}


def current_items(of: ListOf) -> Sequence[ListItem]:
    """The rows of a list offered today, in order."""
    return list(_current(of.model))


def retired_items(of: ListOf) -> Sequence[ListItem]:
    """The last row of every code that is no longer offered, newest retirement first."""
    current = of.model._default_manager.filter(IN_USE).values("code")
    last = {
        row.code: row
        for row in of.model._default_manager.exclude(code__in=current).order_by("retired_at", "id")
    }
    return list(last.values())[::-1]


@dataclass(frozen=True)
class ListRow:
    """An item with its further columns in words, for a table."""

    item: ListItem
    cells: list[str]
    headings: Sequence[str] = ()
    versions: int = 1

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Each cell with the words over it."""
        return list(zip(self.headings, self.cells, strict=True))


def described(of: ListOf, items: Sequence[ListItem]) -> list[ListRow]:
    """Items with the words of their further columns; kinds by name, not by code."""
    kinds = kind_labels() if "kind_code" in of.extra else {}
    measures = measure_labels() if "measures" in of.extra else {}
    headings = of.headings
    return [
        ListRow(item, [_cell(item, name, kinds, measures) for name in of.extra], headings) for item in items
    ]


def rows_of(of: ListOf) -> list[ListRow]:
    """The words in use, each with the number of wordings it has had. Two queries, four for sub-kinds."""
    found = of.model._default_manager.order_by().values_list("code").annotate(number=Count("pk"))
    numbers = dict(found)
    return [replace(row, versions=numbers[row.item.code]) for row in described(of, current_items(of))]


def _cell(item: ListItem, column: str, kinds: dict[str, str], measures: dict[str, str]) -> str:
    if column == "kind_code":
        code = getattr(item, column)
        return kinds.get(code, code) if code else str(_("ทุกประเภท"))
    if column == "measures":
        return ", ".join(measures.get(code, code) for code in getattr(item, column))
    return shown(item, column)


def counts() -> dict[str, int]:
    """List slug → how many words are in use."""
    return {of.slug: _current(of.model).count() for of in LISTS.values()}


@dataclass(frozen=True)
class ItemVersion:
    """One row of a code's history, and the audited acts on it."""

    item: ListItem
    changes: list[tuple[str, str, str]] = field(default_factory=list)  # (column, before, after)
    by: User | str = ""


def versions(of: ListOf, code: str) -> list[ItemVersion]:
    """Every wording a code had, newest first, with who wrote it and what differed from the one before."""
    rows = list(of.model._default_manager.filter(code=code).order_by("created_at", "id"))
    entries = Entry.objects.filter(
        subject_type=of.model._meta.label_lower,
        subject_id__in=[str(row.pk) for row in rows],
        verb__in=["list.add", "list.edit", "list.restore"],
    )
    users = User.objects.in_bulk([entry.actor_id for entry in entries if entry.actor_id])
    people = {entry.subject_id: users.get(entry.actor_id or 0) or entry.actor_name for entry in entries}
    show_posts((user, entry.at) for entry in entries if isinstance(user := people[entry.subject_id], User))
    made = []
    for before, row in zip([None, *rows], rows, strict=False):
        made.append(ItemVersion(row, _differences(of, before, row), people.get(str(row.pk), "")))
    return made[::-1]


def _differences(of: ListOf, before: ListItem | None, after: ListItem) -> list[tuple[str, str, str]]:
    if before is None:
        return []
    columns = ("label", "label_en", *of.extra)
    return [
        (column_label(of, name), shown(before, name), shown(after, name))
        for name in columns
        if getattr(before, name) != getattr(after, name)
    ]


def column_label(of: ListOf, column: str) -> str:
    """The word over a column."""
    return str(next(f.verbose_name for f in of.model._meta.fields if f.name == column))


def shown(item: ListItem, column: str) -> str:
    """A column of an item as words."""
    value = getattr(item, column)
    if column == "fields":
        return ", ".join(str(RETURNABLE.get(name, name)) for name in value)
    if column == "measures":
        return ", ".join(value)
    return str(value)
