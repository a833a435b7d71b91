"""What stands on the page, in the order of the rules, as plain texts (Arabic digits; the page sets Thai ones)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from jitasa.distribution.paths import ids_in
from jitasa.letters.choices import Capacity, LetterStatus, Origin, Urgency
from jitasa.letters.models import Enclosure, Letter, LetterSettings, Receipt, Reference
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import merged_into
from jitasa.thai.dates import BANGKOK, day_of, long_date, short_date
from jitasa.thai.digits import to_thai

MANUAL = "manual:"
OWN_ENCLOSURE = "enclosure:"


@dataclass(frozen=True)
class Page:
    """Everything the page shows. ``data`` is what the typst template reads (see its head)."""

    letter: Letter
    data: dict[str, Any]
    emblem: str = ""  # SHA-256 of the office's own picture
    stamps: Sequence[dict[str, str]] = field(default_factory=tuple)

    @property
    def has_own(self) -> bool:
        """Whether it is a covering letter with something that the passing office added itself."""
        return any(part.get("own") for part in self.data["letter"]["body"])


@override("th")
def page_of(
    letter: Letter,
    *,
    day: date,
    office: Organization | None = None,
    references: Sequence[Reference] | None = None,
    enclosures: Sequence[Enclosure] | None = None,
) -> Page:
    """The page of a letter; with ``office``, the copy that came to it, with the stamps it bears.

    In Thai, whatever language the reader has chosen: it is the letter as it was signed.
    ``day`` is printed on a draft without a date. ``references`` and ``enclosures`` are given for a
    draft that is not stored (the preview).
    """
    cited = list(letter.references.all()) if references is None else references
    attached = list(letter.enclosures.all()) if enclosures is None else enclosures
    stamps = stamps_of(letter, office) if office is not None else []
    emblem = str(letter.head.get("emblem", ""))
    content = {
        "number": number_shown(letter),
        "office": [text for text in (letter.head.get("office_name"), letter.head.get("address")) if text],
        "date": long_date(letter.date_printed or day),
        "subject": letter.subject,
        "to": _lines(letter.to_text),
        "references": [reference_text(each) for each in cited],
        "enclosures": [{"name": each.title, "amount": each.count_text} for each in attached],
        "body": _body(letter.body, is_covering=letter.parent_id is not None),
        "closing": letter.closing,
        "signer": {"name": letter.signer.get("name", ""), "lines": signer_lines(letter.signer)},
        "owner": owner_lines(letter.head),
        "copies": letter.copies_to,
        "urgency": "" if letter.urgency == Urgency.NORMAL else str(Urgency(letter.urgency).label),
        "mark": _mark(letter),
        "emblem": "emblem" if emblem else "",
    }
    data = {
        "title": f"{letter.number} {letter.subject}".strip(),
        "letter": content,
        "stamps": stamps,
        "qr": qr_address(letter, attached),
        "qr_caption": letter.qr_caption,
    }
    return Page(letter, data, emblem, stamps)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _body(blocks: Sequence[Mapping[str, Any]], *, is_covering: bool) -> list[dict[str, Any]]:
    """Blocks with something in them; orders are numbered through the letter.

    ``own`` stands in a covering letter at what the passing office added itself.
    """
    parts: list[dict[str, Any]] = []
    number = 0
    for block in blocks:
        text = str(block.get("text", "")).strip()
        if not text:
            continue
        own = {"own": True} if is_covering and block.get("own") else {}
        if block.get("kind") == "order":
            number += 1
            parts.append({"kind": "order", "number": number, "text": " ".join(_lines(text)), **own})
        else:
            parts.append({"kind": "paragraph", "text": text, **own})
    return parts


def _mark(letter: Letter) -> str:
    """What lies behind the text of a page that is not valid."""
    if letter.status == LetterStatus.RECALLED:
        return "เรียกคืน"
    if letter.origin == Origin.OWN and letter.status != LetterStatus.ISSUED:
        return "ร่าง"
    return ""


def number_shown(letter: Letter) -> str:
    """The number; for a draft the prefix and a free place where the number will stand."""
    if letter.number:
        return letter.number.removeprefix("ที่").strip()
    settings_ = LetterSettings.objects.filter(organization=letter.organization_id).first()
    prefix = f"{settings_.number_prefix}/" if settings_ and settings_.number_prefix else ""
    return f"{prefix}{'ว ' if letter.is_circular else ''}…………"


def reference_text(reference: Reference) -> str:
    """``หนังสือกรม… ที่ มท 0801.4/ว 3000 ลงวันที่ 15 ธันวาคม 2564``."""
    source = reference.text.strip()
    words = source if source.startswith("หนังสือ") else f"หนังสือ{source}"
    number = reference.number.strip().removeprefix("ที่").strip()
    dated = f" ลงวันที่ {long_date(reference.date)}" if reference.date else ""
    return f"{words} ที่ {number}{dated}"


def signer_lines(signer: Mapping[str, Any]) -> list[str]:
    """The position, and for whom: ``ท้องถิ่นจังหวัด… ปฏิบัติราชการแทน`` / ``ผู้ว่าราชการจังหวัด…``."""
    position = str(signer.get("position", ""))
    capacity = signer.get("capacity", Capacity.OWN)
    if not position or capacity == Capacity.OWN or not signer.get("on_behalf_of"):
        return [position] if position else []
    return [f"{position} {Capacity(capacity).label}", str(signer["on_behalf_of"])]


def owner_lines(head: Mapping[str, Any]) -> list[str]:
    """The unit that owns the matter, and how to reach it."""
    lines = _lines(str(head.get("owner_unit", "")))
    reach = [
        ("โทร.", "phone"),
        ("โทรสาร", "fax"),
        ("ไปรษณีย์อิเล็กทรอนิกส์", "email"),
        ("ผู้ประสานงาน", "coordinator"),
    ]
    return [*lines, *(f"{label} {head[name]}" for label, name in reach if head.get(name))]


def stamps_of(letter: Letter, office: Organization) -> list[dict[str, str]]:
    """The stamps on an office's copy: its own, those of offices merged into it, those it came through."""
    whose = Q(organization_id__in=ids_in(office.path)) | Q(organization__in=merged_into(office).values("pk"))
    return [stamp_of(each) for each in Receipt.objects.filter(whose, letter=letter).order_by("at", "id")]


def stamp_of(receipt: Receipt) -> dict[str, str]:
    """A number typed as it was stamped on paper (``009419``) keeps its digits."""
    at: datetime = receipt.at.astimezone(BANGKOK)
    return {
        "office": receipt.office_name,
        "number": receipt.number_text or to_thai(receipt.number),
        "date": short_date(day_of(at)),
        "time": f"{at:%H.%M}",
    }


def qr_address(letter: Letter, enclosures: Sequence[Enclosure]) -> str:
    """Where the QR code leads: the manual, one of the letter's enclosures, or the address given.

    ``qr_target`` is ``manual:``, ``enclosure:<position>`` or an address; empty when there is no code.
    """
    target = letter.qr_target
    if target.startswith(MANUAL):
        return f"{settings.SITE_URL}{reverse('manual:index')}"
    if target.startswith(OWN_ENCLOSURE):
        place = target.removeprefix(OWN_ENCLOSURE)
        found = [each for each in enclosures if str(each.position) == place]
        return f"{settings.SITE_URL}{reverse('letters:enclosure', args=[found[0].pk or 0])}" if found else ""
    return target
