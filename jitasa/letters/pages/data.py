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
from jitasa.distribution.rules import office_not_building
from jitasa.letters.check_code import check_code
from jitasa.letters.choices import FORMER_CAPACITIES, Capacity, LetterKind, LetterStatus, Origin, Urgency
from jitasa.letters.models import Annotation, Enclosure, Letter, LetterSettings, Receipt, Reference
from jitasa.letters.pages.memo import with_what_it_names
from jitasa.letters.rules import SERIES, is_named_in_text
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import merged_into
from jitasa.thai.dates import clock, day_of, long_date, moment_words, short_date
from jitasa.thai.digits import to_thai

NO_ORIGINAL = "บันทึกสาระของหนังสือที่รับจากนอกระบบ มิใช่ต้นฉบับ"  # at the foot of what was typed from a paper
MANUAL = "manual:"
OWN_ENCLOSURE = "enclosure:"


@dataclass(frozen=True)
class Page:
    """Everything the page shows. ``data`` is what the typst template reads (see its head)."""

    letter: Letter
    data: dict[str, Any]
    emblem: str = ""  # SHA-256 of the office's own picture
    stamps: Sequence[dict[str, str]] = field(default_factory=tuple)
    signature: str = ""  # SHA-256 of the signer's picture
    seal: str = ""  # of ตราชื่อส่วนราชการ

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
    content: dict[str, Any] = {
        **_heading(letter, letter.date_printed or day),
        "number": number_shown(letter),
        "office": office_lines(letter.head) or _lines(letter.from_text),
        "subject": letter.subject,
        "to": _lines(letter.to_text),
        "references": [reference_text(each) for each in cited],
        "enclosures": [{"name": each.title, "amount": each.count_text} for each in attached],
        "body": _body(letter.body, is_covering=letter.parent_id is not None),
        "signer": {
            "name": letter.signer.get("name", ""),
            "lines": signer_lines(letter.signer),
            "signature": "signature" if letter.signer.get("signature") else "",
            "words": signed_words(letter.signer),
        },
        "owner": owner_lines(letter.head),
        "copies": letter.copies_to,
        "urgency": "" if letter.urgency == Urgency.NORMAL else str(Urgency(letter.urgency).label),
        "mark": _mark(letter),
        "emblem": "emblem" if emblem else "",
        "seal": "seal" if letter.head.get("seal") else "",
    }
    data = {
        "title": f"{letter.number} {letter.subject}".strip(),
        "letter": content,
        "stamps": stamps,
        "addressees": addressee_sheet(letter, content["date"]),
        "foot_note": NO_ORIGINAL if letter.origin == Origin.OUTSIDE else letter.head.get("foot_note", ""),
        "annotations": annotations_of(letter, office) if office is not None and letter.pk else [],
        "qr": qr_address(letter, attached),
        "qr_caption": letter.qr_caption,
        "check": check_address(letter),
    }
    if letter.kind == LetterKind.MEMO and is_named_in_text(letter):
        _name_in_text(content, [each.number for each in cited])
    return Page(
        letter,
        data,
        emblem,
        stamps,
        signature=str(letter.signer.get("signature", "")),
        seal=str(letter.head.get("seal", "")) if letter.kind == LetterKind.STAMPED else "",
    )


# What stands before the office in the heading, and before the day at the end.
HEADINGS = {
    LetterKind.ORDER: ("คำสั่ง", "สั่ง ณ วันที่"),
    LetterKind.ANNOUNCEMENT: ("ประกาศ", "ประกาศ ณ วันที่"),
    LetterKind.CERTIFICATE: ("", "ให้ไว้ ณ วันที่"),
}


def _name_in_text(content: dict[str, Any], numbers: list[str]) -> None:
    """A memorandum has no lines for earlier letters (their ``numbers``) and enclosures: they go into its body."""
    named = list(zip(numbers, content["references"], strict=True))
    content["body"] = with_what_it_names(content["body"], named, content["enclosures"])
    content["references"], content["enclosures"] = [], []


def _heading(letter: Letter, day: date) -> dict[str, str]:
    """What differs from kind to kind: heading, how the day is written, closing, the office in one line."""
    kind = LetterKind(letter.kind)
    office = office_not_building(letter.from_text or letter.organization.name)
    if kind in HEADINGS:
        title, given = HEADINGS[kind]
        words, _space, year = long_date(day).rpartition(" ")
        heading, dated = f"{title}{office}" if title else "", f"{given} {words} พ.ศ. {year}"
    else:
        heading, dated = "", long_date(day)
    return {
        "kind": str(kind),
        "heading": heading,
        "date": dated,
        "closing": letter.closing if kind == LetterKind.EXTERNAL else "",
        "from": office,
        "unit": _unit(letter),
    }


def _unit(letter: Letter) -> str:
    """ส่วนราชการ of a memo, in one line with its telephone; a local government's own name stands behind its unit's."""
    head = letter.head
    parts = _lines(str(head.get("owner_unit", ""))) or [office_not_building(str(head.get("office_name", "")))]
    office = letter.organization
    if office.is_lao and not any(office.name in part for part in parts):
        parts = [office.name, *parts]
    phone = str(head.get("phone", "")).strip()
    return " ".join([*reversed(parts), *([f"โทร. {phone}"] if phone else [])])


def office_lines(head: Mapping[str, Any]) -> list[str]:
    """The office's name and its address, which may have several lines."""
    return [*_lines(str(head.get("office_name", ""))), *_lines(str(head.get("address", "")))]


def addressee_sheet(letter: Letter, day: str) -> dict[str, Any]:
    """The list of addressees on a sheet of its own, headed by the letter it belongs to; empty when there is none."""
    names = _lines(letter.addressees)
    if not names:
        return {}
    title = f"บัญชีแนบท้ายหนังสือ{letter.from_text} ที่ {number_shown(letter)} ลงวันที่ {day}"
    return {"title": title, "names": names}


def annotations_of(letter: Letter, office: Organization) -> list[dict[str, str]]:
    """What people of the office wrote on its copy, with name, position and moment."""
    rows = Annotation.objects.filter(letter=letter, organization=office)
    return [
        {
            "text": each.text,
            "by": f"{each.name} {each.title}".strip(),
            "at": f"{short_date(day_of(each.at))} {clock(each.at)} น.",
        }
        for each in rows
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _body(blocks: Sequence[Mapping[str, Any]], *, is_covering: bool) -> list[dict[str, Any]]:
    """Blocks with something in them; orders are numbered through the letter, sub-items below their order.

    ``own`` stands in a covering letter at what the passing office added itself.
    """
    parts: list[dict[str, Any]] = []
    number = below = 0
    for block in blocks:
        text = str(block.get("text", "")).strip()
        if not text:
            continue
        own = {"own": True} if is_covering and block.get("own") else {}
        kind = block.get("kind")
        if kind == "order":
            number, below = number + 1, 0
            parts.append({"kind": "order", "number": str(number), "text": " ".join(_lines(text)), **own})
        elif kind == "sub":
            below += 1
            place = f"{max(number, 1)}.{below}"
            parts.append({"kind": "sub", "number": place, "text": " ".join(_lines(text)), **own})
        elif kind == "table":
            parts.append({"kind": "table", "text": text, **_table(text), **own})
        else:
            parts.append({"kind": "paragraph", "text": text, **own})
    return parts


def _table(text: str) -> dict[str, Any]:
    """Headings and rows of a table typed line by line, every row as long as the longest."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in _lines(text)]
    width = max(len(row) for row in rows)
    whole = [row + [""] * (width - len(row)) for row in rows]
    return {"columns": [{"title": title} for title in whole[0]], "rows": whole[1:]}


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
    if letter.kind in SERIES:
        return "…………"
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
    words = FORMER_CAPACITIES.get(capacity) or Capacity(capacity).label
    return [f"{position} {words}", str(signer["on_behalf_of"])]


def signed_words(signer: Mapping[str, Any]) -> str:
    """Said in the place of a signature that has no picture; nothing for a letter that was signed on paper."""
    if not signer.get("signed_at") or signer.get("signature"):
        return ""
    at = datetime.fromisoformat(str(signer["signed_at"]))
    return f"ลงนามด้วยวิธีการทางอิเล็กทรอนิกส์\nวันที่ {moment_words(at)}"


def check_address(letter: Letter) -> str:
    """Where anybody may ask whether the paper is true; a letter has it when it is issued."""
    if letter.origin != Origin.OWN or not letter.content_hash:
        return ""
    return f"{settings.SITE_URL}{reverse('letter_check', args=[letter.uuid, check_code(letter)])}"


def owner_lines(head: Mapping[str, Any]) -> list[str]:
    """The unit that owns the matter, and how to reach it."""
    return [*_lines(str(head.get("owner_unit", ""))), *reach_lines(head)]


def reach_lines(head: Mapping[str, Any]) -> list[str]:
    """โทร. and โทรสาร in one line, under one label where they are one number; then mail and coordinator."""
    phone, fax = str(head.get("phone", "")).strip(), str(head.get("fax", "")).strip()
    if phone and phone == fax:
        lines = [f"โทร./โทรสาร {phone}"]
    else:
        both = [f"{label} {number}" for label, number in (("โทร.", phone), ("โทรสาร", fax)) if number]
        lines = [" ".join(both)] if both else []
    rest = (("ไปรษณีย์อิเล็กทรอนิกส์", "email"), ("ผู้ประสานงาน", "coordinator"))
    return [*lines, *(f"{label} {head[name]}" for label, name in rest if head.get(name))]


def stamps_of(letter: Letter, office: Organization) -> list[dict[str, str]]:
    """The stamps on an office's copy: its own, those of offices merged into it, those it came through."""
    whose = Q(organization_id__in=ids_in(office.path)) | Q(organization__in=merged_into(office).values("pk"))
    return [stamp_of(each) for each in Receipt.objects.filter(whose, letter=letter).order_by("at", "id")]


def stamp_of(receipt: Receipt) -> dict[str, str]:
    """A number typed as it was stamped on paper (``009419``) keeps its digits."""
    return {
        "office": receipt.office_name,
        "number": receipt.number_text or to_thai(receipt.number),
        "date": short_date(day_of(receipt.at)),
        "time": clock(receipt.at),
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
