"""The search over everything: each app's part, in the order in which they are shown (docs/adr/0054)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jitasa.activities.selectors.finding import found_by as records_found
from jitasa.activities.selectors.finding import receipt_number
from jitasa.home.menu import pages_holding
from jitasa.letters.selectors.finding import numbered_below, received_by, written_by
from jitasa.manual.finding import parts_holding
from jitasa.occasions.selectors_finding import days_found
from jitasa.organizations.selectors.finding import offices_found, people_found
from jitasa.organizations.viewer import Viewer
from jitasa.thai.search import words
from jitasa.ui.finding import MOST, Found

LONGEST = 100  # characters of a search: what the lists take, too
MOST_WORDS = 8
SHORTEST = 2


def pages_found(viewer: Viewer, text: str, _now: datetime) -> Found:
    """Pages that the person may open, then chapters of the manual. No statement."""
    wanted = words(text)
    hits = (*pages_holding(wanted, viewer), *parts_holding(wanted))
    return Found(hits[:MOST], min(len(hits), MOST))


@dataclass(frozen=True)
class Source:
    """What one kind of thing is called, who finds it, and how long the longest word must be.

    A word of fewer than three letters cannot use the index of words of PostgreSQL (docs/adr/0054).
    """

    key: str
    label: Promise
    icon: str
    found_by: Callable[[Viewer, str, datetime], Found]
    shortest: int = SHORTEST


SOURCES = (
    Source("records", _("กิจกรรม"), "heart", records_found, 3),
    Source("received", _("หนังสือรับ"), "inbox", received_by),
    Source("written", _("หนังสือส่ง"), "send", written_by),
    Source("numbered", _("หนังสือในสายงาน ตามเลขที่"), "link", numbered_below),
    Source("offices", _("หน่วยงาน"), "office", offices_found),
    Source("people", _("ผู้ใช้และตำแหน่ง"), "people", people_found),
    Source("days", _("วันสำคัญ"), "flag", days_found),
    Source("pages", _("หน้าจอและคู่มือ"), "list", pages_found),
)


@dataclass(frozen=True)
class FoundGroup:
    """One part of an answer, never empty."""

    part: Source
    found: Found


@dataclass(frozen=True)
class FoundEverywhere:
    """``problem``: a sentence that says what to do instead; ``short``: kinds left out for too short a word."""

    text: str
    groups: tuple[FoundGroup, ...] = ()
    problem: str = ""
    short: tuple[Source, ...] = ()

    @property
    def shown(self) -> int:
        return sum(len(group.found.first) for group in self.groups)


def everywhere(viewer: Viewer, typed: str, now: datetime, *, only: str = "") -> FoundEverywhere:
    """What the person may find under the words typed; with ``only`` of one kind.

    A receipt number is looked for among records alone: it names nothing else. The number of statements is
    that of the parts, whatever there is.
    """
    text = typed.strip()
    problem = _problem(text)
    if problem or not text:
        return FoundEverywhere(text[:LONGEST], problem=str(problem))
    parts = [part for part in SOURCES if not only or part.key == only]
    if receipt_number(text):
        parts = [part for part in parts if part.key == "records"]
    longest = max(map(len, words(text)))
    asked = [part for part in parts if longest >= part.shortest]
    groups = tuple(FoundGroup(part, part.found_by(viewer, text, now)) for part in asked)
    short = tuple(part for part in parts if part not in asked)
    return FoundEverywhere(text, tuple(group for group in groups if group.found.hits), short=short)


def _problem(text: str) -> Promise | str:
    wanted = words(text)
    if not text:
        return ""
    if len(text) > LONGEST:
        return _("คำค้นยาวเกินไป พิมพ์เฉพาะคำสำคัญ ไม่เกิน 100 ตัวอักษร")
    if not wanted:
        return _("ยังไม่มีคำให้ค้น พิมพ์ตัวอักษรหรือตัวเลข")
    if len(wanted) > MOST_WORDS:
        return _("คำค้นหลายคำเกินไป เหลือเฉพาะคำสำคัญ ไม่เกิน 8 คำ")
    if max(map(len, wanted)) < SHORTEST:
        return _("พิมพ์อย่างน้อย 2 ตัวอักษร")
    return ""
