"""The registers of receipt and of dispatch with their official columns (domain.md §5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jitasa.letters.choices import Origin
from jitasa.letters.models import Letter, Receipt
from jitasa.letters.selectors.behind import HEAVY, LETTER_HEAVY
from jitasa.letters.selectors.inbox import found
from jitasa.organizations.models import Organization
from jitasa.thai.dates import short_date

COLUMNS = ("เลขทะเบียน", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")


@dataclass(frozen=True)
class Line:
    """One line of a register, as it is printed; ``letter`` is for the link."""

    number: str
    letter: Letter
    their_number: str
    dated: date | None
    sender: str
    to: str
    subject: str
    action: str
    note: str

    def cells(self) -> list[str]:
        dated = short_date(self.dated) if self.dated else ""
        return [
            self.number, self.their_number, dated, self.sender, self.to, self.subject, self.action, self.note,
        ]  # fmt: skip


def receipts(office: Organization, year: int, text: str = "") -> QuerySet[Receipt]:
    """The receive register of a B.E. year: the office's own numbers, then those of its units."""
    rows = Receipt.objects.filter(organization=office, year=year)
    if text.strip():
        rows = rows.filter(found("letter", text))
    rows = rows.select_related("letter__organization", "organization", "dispatch__assigned_to")
    return rows.defer(*LETTER_HEAVY).order_by("unit", "number")


def dispatches(office: Organization, year: int, text: str = "") -> QuerySet[Letter]:
    """The dispatch register of a B.E. year; a letter under another unit's number stands at its end."""
    rows = Letter.objects.filter(organization=office, origin=Origin.OWN).exclude(number="")
    rows = rows.filter(date_printed__year=year - 543)
    if text.strip():
        rows = rows.filter(found("", text))
    rows = rows.select_related("organization").defer(*HEAVY)
    return rows.order_by("register_number", "date_printed", "id")


def receipt_lines(rows: Iterable[Receipt]) -> Iterator[Line]:
    for row in rows:
        letter = row.letter
        yield Line(
            number=row.number_text or str(row.number),
            letter=letter,
            their_number=letter.number,
            dated=letter.date_verified or letter.date_printed,
            sender=letter.from_text or letter.organization.name,
            to=row.unit or row.organization.name,
            subject=letter.subject,
            action=row.action or _done(row),
            note=" · ".join(part for part in (row.note, _remark(letter)) if part),
        )


def dispatch_lines(rows: Iterable[Letter]) -> Iterator[Line]:
    for letter in rows:
        yield Line(
            number=str(letter.register_number or "–"),
            letter=letter,
            their_number=letter.number,
            dated=letter.date_printed,
            sender=letter.head.get("office_name") or letter.organization.name,
            to=letter.to_text,
            subject=letter.subject,
            action=f"ส่ง {letter.send_total:,} แห่ง",
            note=_remark(letter),
        )


def _done(row: Receipt) -> str:
    """What was done with it, as the system has seen it."""
    way = row.dispatch
    if way is None:
        return ""
    done = [f"มอบ {way.assigned_to}"] if way.assigned_to else []
    if way.passed_on_at:
        done.append("ส่งต่อแล้ว")
    if way.answered_at:
        done.append("ตอบแล้ว")
    return " · ".join(done)


def _remark(letter: Letter) -> str:
    parts = []
    if letter.recalled_at:
        parts.append(f"เรียกคืน: {letter.recall_reason}")
    if letter.destroyed_at:
        parts.append("ทำลายแล้ว")
    printed, verified = letter.date_printed, letter.date_verified
    if printed and verified and printed != verified:
        parts.append(f"วันที่บนหนังสือ {short_date(printed)}")
    return " · ".join(parts)


def years(office: Organization, this_year: int) -> list[int]:
    """The years of which the office has a register, the newest first, this one always."""
    received = Receipt.objects.filter(organization=office).values_list("year", flat=True).distinct()
    sent = Letter.objects.filter(organization=office, origin=Origin.OWN).exclude(number="")
    issued = sent.dates("date_printed", "year")
    return sorted({this_year, *received, *(day.year + 543 for day in issued)}, reverse=True)
