"""The registers of receipt and of dispatch with their official columns (docs/domain.md §5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jitasa.distribution.rules import office_not_building, place_words
from jitasa.letters.choices import Origin, RegisterKind
from jitasa.letters.models import Letter, Receipt
from jitasa.letters.selectors.behind import HEAVY, LETTER_HEAVY
from jitasa.letters.selectors.inbox import found
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.naming import show_posts
from jitasa.thai.dates import BE_OFFSET, be_year, clock, day_of, short_date
from jitasa.ui.reading import whole_number

_SHARED = (
    gettext_lazy("ที่"), gettext_lazy("ลงวันที่"), gettext_lazy("จาก"), pgettext_lazy("column", "ถึง"), gettext_lazy("เรื่อง"),
    gettext_lazy("การปฏิบัติ"), gettext_lazy("หมายเหตุ"),
)  # fmt: skip
# แบบที่ 13 and 14, with the day and time of receipt or dispatch at every entry.
COLUMNS = {
    "receipts": (pgettext_lazy("column", "เลขทะเบียนรับ"), gettext_lazy("วันเวลาที่รับ"), *_SHARED),
    "dispatches": (pgettext_lazy("column", "เลขทะเบียนส่ง"), gettext_lazy("วันเวลาที่ส่ง"), *_SHARED),
}
_IN_ORDER = (
    RegisterKind.DISPATCH,
    RegisterKind.CIRCULAR,
    RegisterKind.ORDER,
    RegisterKind.ANNOUNCEMENT,
    RegisterKind.CERTIFICATE,
)
LARGEST_NUMBER = 999_999_999


@dataclass(frozen=True)
class RegisterLine:
    """One line of a register, as it is printed; ``letter`` is for the link."""

    number: str
    at: datetime | None
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
            self.number, self.when(), self.their_number, dated, self.sender, self.to, self.subject, self.action,
            self.note,
        ]  # fmt: skip

    def typed(self) -> list[Any]:
        """The same for a workbook: the moment and the day as themselves, not as words."""
        number, _when, theirs, _dated, *rest = self.cells()
        return [number, self.at, theirs, self.dated, *rest]

    def when(self) -> str:
        """Day and time, in Thailand's time, as a stamp has it."""
        return f"{short_date(day_of(self.at))} {clock(self.at)} น." if self.at is not None else ""


def receipts(office: Organization, year: int, text: str = "") -> QuerySet[Receipt]:
    """The receive register of a B.E. year: the office's own numbers, then those of its units."""
    rows = Receipt.objects.filter(organization=office, year=year)
    if text.strip():
        rows = rows.filter(found("letter", text) | _numbered(text) | Q(unit__icontains=text.strip()))
    rows = rows.select_related("letter__organization", "organization", "dispatch__assigned_to")
    return rows.defer(*LETTER_HEAVY).order_by("unit", "number")


def _numbered(text: str) -> Q:
    """Lines whose own number it is: ``9419`` finds the stamp ``009419``, too."""
    number = whole_number(text.replace(",", ""), most=LARGEST_NUMBER)
    return Q(pk__in=[]) if number is None else Q(number=number)


def dispatches(office: Organization, year: int, text: str = "") -> QuerySet[Letter]:
    """The dispatch register of a B.E. year; a letter under another unit's number stands at its end."""
    rows = Letter.objects.filter(organization=office, origin=Origin.OWN).exclude(number="")
    # A number of the register stands in the register's year; what has none, in the year on its page.
    rows = rows.filter(
        Q(register_year=year) | Q(register_year__isnull=True, date_printed__year=year - BE_OFFSET)
    )
    if text.strip():
        rows = rows.filter(found("", text))
    rows = rows.select_related("organization").prefetch_related("outside_recipients").defer(*HEAVY)
    place = Case(
        *(When(series=kind, then=Value(index)) for index, kind in enumerate(_IN_ORDER)),
        default=Value(len(_IN_ORDER)),
        output_field=IntegerField(),
    )
    return rows.order_by(place, "register_number", "date_printed", "id")


def receipt_lines(rows: Iterable[Receipt]) -> Iterator[RegisterLine]:
    rows = list(rows)
    show_posts(
        ((row.dispatch.assigned_to, row.at) for row in rows if row.dispatch),
        with_office=False,
        of=rows[0].organization_id if rows else None,
    )
    for row in rows:
        letter = row.letter
        dated = letter.date_verified or letter.date_printed
        yield RegisterLine(
            number=row.number_text or str(row.number),
            at=row.at,
            letter=letter,
            their_number=letter.number,
            dated=dated,
            sender=office_not_building(letter.from_text or letter.organization.name),
            to=letter.to_text or row.unit or place_words(row.organization),
            subject=letter.subject,
            action=row.action or _done(row),
            note=" · ".join(part for part in (row.note, _remark(letter, dated)) if part),
        )


def dispatch_lines(rows: Iterable[Letter]) -> Iterator[RegisterLine]:
    for letter in rows:
        yield RegisterLine(
            number=_of_series(letter),
            at=letter.issued_at,
            letter=letter,
            their_number=letter.number,
            dated=letter.date_printed,
            sender=office_not_building(letter.from_text or letter.organization.name),
            to=letter.to_text or "–",
            subject=letter.subject,
            action=_sent(letter),
            note=_remark(letter, letter.date_printed),
        )


def _sent(letter: Letter) -> str:
    """To how many offices it went in the system, and to whom outside it."""
    here = [_("ส่ง %s แห่ง") % f"{letter.send_total:,}"] if letter.send_total else []
    return " · ".join([*here, *(each.name for each in letter.outside_recipients.all())])


def _of_series(letter: Letter) -> str:
    """The number in its register; of a register other than that of plain letters its name stands before it."""
    number = str(letter.register_number or "–")
    before = {
        RegisterKind.CIRCULAR: "ว",
        RegisterKind.ORDER: _("คำสั่ง"),
        RegisterKind.ANNOUNCEMENT: _("ประกาศ"),
        RegisterKind.CERTIFICATE: _("หนังสือรับรอง"),
    }.get(RegisterKind(letter.series))
    return f"{before} {number}" if before else number


def _done(row: Receipt) -> str:
    """What was done with it, as the system has seen it."""
    way = row.dispatch
    if way is None:
        return ""
    done = [_("มอบหมายให้ %s") % way.assigned_to] if way.assigned_to else []
    if way.passed_on_at:
        done.append(_("ส่งต่อแล้ว"))
    if way.answered_at:
        done.append(_("ตอบแล้ว"))
    return " · ".join(done)


def _remark(letter: Letter, shown: date | None) -> str:
    """What else is to be known of the letter; of its two dates the one that does not stand in the line."""
    parts = []
    if letter.recalled_at:
        parts.append(_("เรียกคืน: %s") % letter.recall_reason)
    if letter.destroyed_at:
        parts.append(_("ทำลายแล้ว"))
    printed, verified = letter.date_printed, letter.date_verified
    if printed and verified and printed.year != verified.year:
        parts.append(_("อยู่ในทะเบียนของปีที่รับหรือออกเลข เพราะวันที่บนหนังสือพิมพ์ต่างปี"))
    if printed and verified and printed != verified:
        other = printed if shown == verified else verified
        words = _("วันที่บนหนังสือ %s") if other == printed else _("วันที่ถูกต้องตามที่ตรวจสอบ %s")
        parts.append(words % short_date(other))
    return " · ".join(parts)


def years(office: Organization, this_year: int) -> list[int]:
    """The years of which the office has a register, the newest first, this one always."""
    received = Receipt.objects.filter(organization=office).values_list("year", flat=True).distinct()
    sent = Letter.objects.filter(organization=office, origin=Origin.OWN).exclude(number="")
    numbered = sent.filter(register_year__isnull=False).values_list("register_year", flat=True).distinct()
    others = sent.filter(register_year__isnull=True).dates("date_printed", "year")
    return sorted(
        {this_year, *received, *(year for year in numbered if year), *(be_year(day) for day in others)},
        reverse=True,
    )
