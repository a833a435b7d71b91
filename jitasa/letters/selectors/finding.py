"""Letters in the search over everything: what came to the office, what it wrote, and one by its number."""

import re
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.rules import number_key
from jitasa.letters.selectors.inbox import received, received_with
from jitasa.letters.selectors.outbox import outbox
from jitasa.organizations.viewer import Viewer
from jitasa.ui.days import short_date
from jitasa.ui.finding import MOST, NOTHING, Found, Hit
from jitasa.ui.numerals import whole_in_own_digits

COLUMNS = ("uuid", "number", "subject", "from_text", "date_printed", "status", "organization__short_name")
OF_LETTER = tuple(f"letter__{name}" for name in COLUMNS)
TONES = {LetterStatus.ISSUED: "ok", LetterStatus.AWAITING: "warn"}


def received_by(viewer: Viewer, text: str, _now: datetime) -> Found:
    """Letters in the inbox of the viewer's office, the newest first; by the number it gave them, too."""
    if viewer.organization is None or not viewer.roles:
        return NOTHING
    rows = received(viewer.organization).filter(received_with(text))
    rows = rows.select_related("letter__organization").only("letter", *OF_LETTER)
    hits = tuple(_hit(row.letter) for row in rows[:MOST])
    return Found(hits, len(hits), f"{reverse('letters:inbox')}?{urlencode({'q': text})}")


def written_by(viewer: Viewer, text: str, _now: datetime) -> Found:
    """Letters that the viewer's office wrote, drafts too, the last touched first."""
    if viewer.organization is None or not viewer.roles:
        return NOTHING
    rows = outbox(viewer.organization, chosen="", text=text).select_related(None).defer(None)
    hits = tuple(_hit(row, own=True) for row in _light(rows)[:MOST])
    return Found(hits, len(hits), f"{reverse('letters:outbox')}?{urlencode({'q': text})}")


def numbered_below(viewer: Viewer, text: str, _now: datetime) -> Found:
    """A letter with this very number that the viewer may see, though it is in neither box of the office."""
    key, office = number_key(text), viewer.organization
    if office is None or not re.search("[0-9]", key):
        return NOTHING
    in_box = Exists(Dispatch.objects.filter(recipient=office, letter=OuterRef("pk")))
    rows = Letter.objects.visible_to(viewer).filter(number_key=key).exclude(organization=office)
    rows = rows.exclude(in_box).order_by("-issued_at", "-id")
    hits = tuple(_hit(row) for row in _light(rows)[:MOST])
    return Found(hits, len(hits))


def _light(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    return rows.select_related("organization").only(*COLUMNS)


def _hit(letter: Letter, *, own: bool = False) -> Hit:
    status = LetterStatus(letter.status)
    sender = "" if own else letter.from_text or str(letter.organization)
    day = short_date(letter.date_printed) if letter.date_printed else ""
    to_edit = own and status == LetterStatus.DRAFT
    return Hit(
        title=letter.subject or whole_in_own_digits(letter.number),
        words=" · ".join(filter(None, (whole_in_own_digits(letter.number), sender, day))),
        url=reverse("letters:edit" if to_edit else "letters:show", args=[letter.uuid]),
        state=(TONES.get(status, "idle"), str(status.label))
        if own or status != LetterStatus.ISSUED
        else ("", ""),
    )
