"""The yearly list of letters to be destroyed as it is printed (ระเบียบงานสารบรรณ แบบที่ 25)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jitasa.documents.words import in_narrow_column
from jitasa.letters.models import DestructionItem, DestructionList, Receipt
from jitasa.organizations.models import Organization
from jitasa.thai.dates import short_date

COLUMNS = (
    ("ลำดับที่", "1.5cm"), ("รหัสแฟ้ม", "2cm"), ("ที่", "3.4cm"), ("ลงวันที่", "2.5cm"), ("เลขทะเบียนรับ", "2.4cm"), ("เรื่อง", "1fr"),
    ("การพิจารณา", "2.5cm"), ("หมายเหตุ", "3cm"),
)  # fmt: skip
LETTERS = 13  # of a line of the last column


def printed_list(office: Organization, year: int, *, on: date) -> dict[str, Any]:
    """Data of ``typst/register.typ``, in Thai; รหัสแฟ้ม stays free for the office that files on paper."""
    found = DestructionList.objects.filter(organization=office, year=year).first()
    items = list(found.items.select_related("letter").order_by("letter__issued_at", "pk")) if found else []
    received = Receipt.objects.filter(organization=office, unit="")
    numbers = {
        receipt.letter_id: receipt.number_text or str(receipt.number)
        for receipt in received.filter(letter__in=[item.letter_id for item in items])
    }
    return {
        "title": f"บัญชีหนังสือขอทำลาย ประจำปี {year}",
        "office": office.name,
        "printed": _("พิมพ์เมื่อ %s") % short_date(on),
        "thai_digits": True,
        "columns": [in_narrow_column(title) for title, _width in COLUMNS],
        "widths": [width for _title, width in COLUMNS],
        "rows": [
            [str(at), *_cells(item, numbers.get(item.letter_id, ""))] for at, item in enumerate(items, 1)
        ],
        "empty": _("ปีนี้ยังไม่มีหนังสือที่ครบอายุการเก็บ"),
        "closing": _committee(found) if found else [],
    }


def _cells(item: DestructionItem, received: str) -> list[str]:
    letter = item.letter
    decision = {True: _("ทำลาย"), False: _("เก็บไว้"), None: ""}[item.destroy]
    dated = short_date(letter.date_printed) if letter.date_printed else ""
    kept = in_narrow_column(" · ".join(filter(None, [letter.get_retention_display(), item.note])), LETTERS)
    return ["", letter.number, dated, received, in_narrow_column(letter.subject), decision, kept]


def _committee(found: DestructionList) -> list[str]:
    """Who decided, once it is decided."""
    if found.confirmed_at is None:
        return []
    return [_("คณะกรรมการทำลายหนังสือ"), *found.committee.splitlines()]
