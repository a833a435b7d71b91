"""The branches of a letter's way by what is left to do in them: many are too long to read as one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from jitasa.letters.selectors.follow import Branch

GROUPED_FROM = 13  # branches; fewer are one list
SHOWN = 8  # of a group; the others are folded
STAGES: dict[str, tuple[str, Any]] = {  # from the one to chase first to the one with nothing left to do
    "unopened": ("bad", _("ยังไม่เปิด")),
    "unregistered": ("warn", _("เปิดแล้ว ยังไม่ลงรับ")),
    "held": ("warn", _("ลงรับแล้ว ยังไม่ส่งต่อ")),
    "below": ("warn", _("ส่งต่อแล้ว ข้างล่างยังเปิดไม่ครบ")),
    "unanswered": ("warn", _("เปิดครบแล้ว ยังตอบไม่ครบ")),
    "done": ("ok", _("ครบทุกขั้นแล้ว")),
}


@dataclass(frozen=True)
class Group:
    """Branches at one stage: the first of them, and the others, which are folded. One group is open."""

    name: str
    tone: str
    label: Any
    first: Sequence[Branch]
    rest: Sequence[Branch]
    is_open: bool

    @property
    def count(self) -> int:
        return len(self.first) + len(self.rest)


def stage_of(branch: Branch) -> str:
    """What the branch is waited for: its own step first, then the offices below it."""
    own = branch.own
    if own is not None and own.answered_at is None:
        if own.opened_at is None:
            return "unopened"
        if own.registered_at is None:
            return "unregistered"
    if branch.holds_up:
        return "held"
    return {"unopened": "below", "unanswered": "unanswered"}.get(branch.behind, "done")


def grouped(branches: Sequence[Branch]) -> list[Group]:
    """The stages that have branches, in the order of ``STAGES``; each keeps the order given.

    Nothing when there are so few branches that one list shows them all.
    """
    if len(branches) < GROUPED_FROM:
        return []
    at: dict[str, list[Branch]] = {name: [] for name in STAGES}
    for branch in branches:
        at[stage_of(branch)].append(branch)
    there = [name for name, rows in at.items() if rows]
    return [
        Group(name, *STAGES[name], at[name][:SHOWN], at[name][SHOWN:], is_open=name == there[0])
        for name in there
    ]
