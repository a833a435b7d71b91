"""The letters among one's work: past the day of answering, due soon, urgent, not opened."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.home.work import Item, ago, left
from jitasa.letters.selectors.start import StartLetters, StartLine, start
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.ui.days import short_date

SHOWN = 3  # the rest is one line that leads to the box


def letters(viewer: Viewer, now: datetime) -> list[Item]:
    """The letters that wait for the viewer's office, what presses most first."""
    waiting = start(viewer, now, lines=SHOWN)
    items = [_line(line, now) for line in waiting.lines]
    more = waiting.waiting - len(items)
    return [*items, _rest(waiting, more)] if more > 0 else items


def _line(line: StartLine, now: datetime) -> Item:
    day = today(now)
    way, letter = line.dispatch, line.dispatch.letter
    due = short_date(way.due_on) if way.due_on else ""
    came = ago(way.delivered_at, now)
    tone, what, when, button = {
        "late": ("bad", due, _("เกินกำหนดตอบ"), _("ตอบหนังสือ")),
        "soon": ("warn", due, left(way.due_on or day, day), _("ตอบหนังสือ")),
        "urgent": ("bad", letter.get_urgency_display(), came, _("ลงรับ")),
        "new": ("info", _("หนังสือใหม่"), came, _("เปิดอ่าน")),
    }[line.why]
    words = " · ".join(filter(None, (str(letter.organization), letter.number)))
    return Item(tone, what, when, letter.subject, words, reverse("letters:show", args=[letter.uuid]), button)


def _rest(waiting: StartLetters, more: int) -> Item:
    counts = (
        (waiting.late, _("เกินกำหนดตอบ %d")),
        (waiting.soon, _("ใกล้กำหนดตอบ %d")),
        (waiting.urgent, _("ด่วน %d")),
        (waiting.new, _("ยังไม่เปิด %d")),
    )
    return Item(
        tone="",
        what=_("หนังสือ"),
        when=_("อีก %d ฉบับ") % more,
        title=_("หนังสือที่รอหน่วยงานของท่านทั้งหมด %d ฉบับ") % waiting.waiting,
        words=" · ".join(words % count for count, words in counts if count),
        url=reverse("letters:inbox"),
        button=_("ดูทั้งหมด"),
    )
