"""What came to an office: new, urgent, due, and what is still to be done with it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import LetterStatus, Urgency
from jitasa.letters.models import Dispatch, Letter, Receipt
from jitasa.letters.rules import number_key
from jitasa.letters.selectors.behind import LETTER_HEAVY
from jitasa.organizations.models import Organization
from jitasa.thai.dates import today
from jitasa.thai.digits import to_arabic
from jitasa.ui.reading import whole_number
from jitasa.ui.searching import holding

LIVE = ~Q(letter__status=LetterStatus.RECALLED)
URGENT = LIVE & ~Q(letter__urgency=Urgency.NORMAL) & Q(registered_at=None)


@dataclass(frozen=True)
class InboxFilter:
    """A choice over the inbox: its word and the dispatches in it."""

    name: str
    label: object
    rows: Q


def inbox_filters(day: date, person: int | None = None) -> list[InboxFilter]:
    """The filters of the inbox in the order they are shown; ``person`` is whose own letters are one of them."""
    due = LIVE & Q(due_on__isnull=False, answered_at=None)
    return [
        InboxFilter("", _("ทั้งหมด"), Q()),
        InboxFilter("new", _("ยังไม่เปิด"), LIVE & Q(opened_at=None)),
        InboxFilter("unregistered", _("ยังไม่ลงรับ"), LIVE & Q(registered_at=None)),
        InboxFilter("urgent", _("ด่วน"), URGENT),
        InboxFilter("due", _("รอตอบ"), due),
        InboxFilter("late", _("เกินกำหนดตอบ"), due & Q(due_on__lt=day)),
        *([InboxFilter("mine", _("มอบหมายให้ท่าน"), LIVE & Q(assigned_to=person))] if person else []),
    ]


def received(office: Organization) -> QuerySet[Dispatch]:
    """Everything that came to the office, the newest first."""
    return Dispatch.objects.filter(recipient=office).order_by("-delivered_at", "-id")


def inbox(
    office: Organization, *, chosen: str, text: str, now: datetime, person: int | None = None
) -> QuerySet[Dispatch]:
    """A page's rows: with sender, receipt, who has it, and the office's covering letter (``covering``)."""
    rows = received(office).filter(
        next((p.rows for p in inbox_filters(today(now), person) if p.name == chosen), Q())
    )
    if text.strip():
        rows = rows.filter(received_with(text))
    covering = Letter.objects.filter(parent=OuterRef("letter"), organization=office)
    rows = rows.annotate(has_draft=Exists(covering.filter(status=LetterStatus.DRAFT)))
    receipts = Prefetch("receipt", queryset=Receipt.objects.all())
    rows = rows.select_related("letter__organization", "assigned_to", "addressed").defer(*LETTER_HEAVY)
    return rows.prefetch_related(receipts)


def inbox_counts(office: Organization, now: datetime, person: int | None = None) -> dict[str, int]:
    """Return the number of dispatches under each filter: one query."""
    columns = {
        f"n_{each.name}": Count("pk", filter=each.rows)
        for each in inbox_filters(today(now), person)
        if each.name
    }
    counted = received(office).order_by().aggregate(n_=Count("pk"), **columns)
    return {name.removeprefix("n_"): count for name, count in counted.items()}


def received_with(text: str) -> Q:
    """Dispatches whose letter :func:`found` finds, or that bear this number in the receive register."""
    held, typed = found("letter", text), to_arabic(text.strip())
    number = whole_number(typed, least=1)
    if number is None:
        return held
    return held | Q(receipt__number_text=typed) | Q(receipt__number=number)


def found(prefix: str, text: str) -> Q:
    """Letters whose number, subject, sender or text holds ``text``; Thai or Arabic digits."""
    at = f"{prefix}__" if prefix else ""
    key = number_key(text)
    return Q(**{f"{at}number_key__contains": key}) | holding(
        text, f"{at}search_text", f"{at}organization__search_text"
    )
