"""The letters among one's work: past the day of answering, due soon, urgent, not opened."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.home.work import Item, ago, left
from jitasa.letters.choices import Urgency
from jitasa.letters.selectors.signing import awaiting, sent_back
from jitasa.letters.selectors.start import StartLetters, StartLine, start
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.ui.days import short_date
from jitasa.ui.numerals import whole_in_own_digits

SHOWN = 3  # the rest is one line that leads to the box


def letters(viewer: Viewer, now: datetime) -> list[Item]:
    """The letters that wait for the viewer's office, what presses most first."""
    waiting = start(viewer, now, lines=SHOWN)
    items = [_line(line, now) for line in waiting.lines]
    more = waiting.waiting - len(items)
    rest = [_rest(waiting, more)] if more > 0 else []
    own = own_letters(viewer, now) if waiting.desk else []
    return [*own, *items, *rest]


def own_letters(viewer: Viewer, now: datetime) -> list[Item]:
    """What waits for the viewer herself: to sign, and her drafts that a signer sent back."""
    return [*_to_sign(viewer, now), *_sent_back(viewer, now)]


def _to_sign(viewer: Viewer, now: datetime) -> list[Item]:
    """What was laid before the viewer herself; nobody else can sign it."""
    rows = awaiting(viewer, today(now))
    items = [
        Item(
            tone="bad" if letter.urgency != Urgency.NORMAL else "warn",
            what=_("รอท่านลงนาม"),
            when=ago(letter.updated_at, now),
            title=letter.subject,
            words=" · ".join(filter(None, (letter.get_urgency_display(), letter.to_text))),
            url=reverse("letters:show", args=[letter.uuid]),
            button=_("อ่านและลงนาม"),
        )
        for letter in rows[:SHOWN]
    ]
    if len(rows) > SHOWN:
        url = f"{reverse('letters:outbox')}?show=awaiting"
        words, more = _("หนังสือรอท่านลงนามทั้งหมด %d ฉบับ") % len(rows), _("อีก %d ฉบับ") % (len(rows) - SHOWN)
        items.append(Item("", _("รอท่านลงนาม"), more, words, "", url, _("ดูทั้งหมด")))
    return items


def _sent_back(viewer: Viewer, now: datetime) -> list[Item]:
    """The viewer's own drafts that the signer wants changed, with the reason."""
    return [
        Item(
            tone="bad",
            what=_("ร่างถูกส่งกลับ"),
            when=ago(letter.returned_at or now, now),
            title=letter.subject,
            words=letter.return_reason,
            url=reverse("letters:edit", args=[letter.uuid]),
            button=_("แก้ไขร่าง"),
        )
        for letter in sent_back(viewer)[:SHOWN]
    ]


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
    words = " · ".join(filter(None, (str(letter.organization), whole_in_own_digits(letter.number))))
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
