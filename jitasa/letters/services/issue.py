"""Sign and issue: the letter gets its number and from then on never changes."""

import hashlib
import json
from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.distribution.selectors.recipients import resolve
from jitasa.letters import rules
from jitasa.letters.choices import TO_NOBODY, LetterKind, LetterStatus, Origin, RegisterKind
from jitasa.letters.models import Letter, LetterSettings
from jitasa.letters.selectors.content import chosen
from jitasa.letters.selectors.signing import signing_as
from jitasa.letters.services.chain import note_passed_on, note_recalled
from jitasa.letters.services.register import (
    is_circular_number,
    is_taken,
    lock_register,
    next_number,
    note_typed,
    number_text,
    running_number,
)
from jitasa.letters.services.send import courier
from jitasa.letters.services.signing import refuse_for_addressee, refuse_incomplete, signed_by
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import be_year, today
from jitasa.thai.text import normalise

NUMBER_LONGEST = 60  # the column
SET_BY_ISSUING = (
    "status", "signer", "series", "number", "number_key", "register_year", "register_number", "date_printed", "date_verified",
    "issued_at", "issued_by", "updated_at", "content_hash", "pending", "send_total", "sent_count",
)  # fmt: skip


def issue(*, actor: Viewer, letter: Letter, now: datetime, typed_number: str = "") -> Letter:
    """Give the letter its number and date, freeze it, and start sending it.

    It is the signer's own act: her authentication stands for her signature, and what is printed is the
    name and capacity of whoever signed (a delegation of today prints the one who stands for the signer).
    An issued letter is given back as it is: issuing twice is issuing once. ``typed_number`` is a
    number already given on paper; it is refused when the office has used it.

    :raises Refusal: what is missing, by field. :raises Forbidden: the person may not sign.
    """
    try:
        return _issue(actor, copy(letter), typed_number, now)
    except _ChangedMeanwhileError:
        fresh = Letter.objects.select_related("organization__letter_settings").get(pk=letter.pk)
        return _issue(actor, fresh, typed_number, now)


class _ChangedMeanwhileError(Exception):
    """The letter is no longer the draft that was read."""


@transaction.atomic
def _issue(actor: Viewer, row: Letter, typed_number: str, now: datetime) -> Letter:
    """``row`` as it was read, not locked: it is issued only if it is still the same draft.

    The register's row is locked first, the letter's by the statement that freezes it.
    """
    if row.status == LetterStatus.ISSUED and row.organization_id == actor.office_id:
        return row
    if not rules.may_issue(actor, row):
        raise Forbidden(_("ออกเลขได้เฉพาะร่างของหน่วยงานตนเอง"))
    refuse_incomplete(row)
    signer = signing_as(actor, row, today(now))
    if signer is None:
        raise Forbidden(
            _("ลงนามได้เฉพาะเจ้าของตำแหน่งที่เลือกเป็นผู้ลงนาม หรือผู้ที่ได้รับมอบหมายให้ลงนามในวันนี้ ให้เสนอร่างแก่ผู้มีอำนาจลงนาม")
        )
    refuse_for_addressee(row, signer)
    addressees = resolve(row.organization, chosen(row))
    if not addressees and row.kind not in TO_NOBODY and not row.outside_recipients.exists():
        raise Refusal(fields={"recipients": [_("ยังไม่มีผู้รับ เลือกหน่วยงานอย่างน้อย 1 แห่ง หรือกรอกชื่อผู้รับนอกระบบ")]})
    _give_number(row, typed_number, now)
    row.signer = signed_by(signer, now, on_paper=bool(typed_number.strip()))
    if row.kind == LetterKind.MEMO:
        row.signer |= rules.NAMED_IN_TEXT
    row.status, row.issued_at, row.issued_by = LetterStatus.ISSUED, now, actor.user
    row.date_printed = row.date_printed or today(now)
    row.date_verified = today(now) if not typed_number.strip() else row.date_printed
    row.content_hash = content_hash(row)
    row.updated_at = now
    courier.prepare(row, addressees)
    _freeze(row)
    data = {
        "number": row.number,
        "hash": row.content_hash,
        "recipients": len(addressees),
        "signer": signer.pk,
    }
    if signer.stands_for_id:
        data |= {"stands_for": signer.stands_for_id, "order": signer.order_text}
    record(actor=actor, verb="letter.issue", subject=row, data=data, now=now)
    note_passed_on(actor=actor, letter=row, now=now)
    courier.start(row, addressees, now)
    return row


def _freeze(row: Letter) -> None:
    """Store what issuing sets, in one statement. :raises _ChangedMeanwhileError: nothing was stored."""
    drafts = Letter.objects.filter(
        pk=row.pk, revision=row.revision, status__in=[LetterStatus.DRAFT, LetterStatus.AWAITING]
    )
    if not drafts.update(**{name: getattr(row, name) for name in SET_BY_ISSUING}):
        raise _ChangedMeanwhileError


def recall(*, actor: Viewer, letter: Letter, reason: str, now: datetime) -> Letter:
    """Call an issued letter back; it stays readable, marked, with the reason. Its number is not reused.

    :raises Refusal: no reason. :raises Forbidden: not the issuing office, or it is not issued.
    """
    if not reason.strip():
        raise Refusal(fields={"reason": [_("ระบุเหตุผลที่เรียกคืน ผู้รับทุกแห่งจะเห็นข้อความนี้")]})
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
        if row.status == LetterStatus.RECALLED and row.organization_id == actor.office_id:
            return row
        if not rules.may_recall(actor, row):
            raise Forbidden(_("เรียกคืนได้เฉพาะหนังสือที่หน่วยงานของท่านออกเลขแล้ว"))
        row.status, row.recalled_at, row.recall_reason = LetterStatus.RECALLED, now, reason.strip()[:400]
        row.save(update_fields=["status", "recalled_at", "recall_reason"])
        note_recalled(row)
        record(actor=actor, verb="letter.recall", subject=row, data={"reason": row.recall_reason}, now=now)
    return row


def content_hash(letter: Letter) -> str:
    """SHA-256 over everything that is printed, enclosures by their own hashes."""
    content = {
        "number": letter.number,
        "date": letter.date_printed,
        "subject": letter.subject,
        "to": letter.to_text,
        "body": letter.body,
        "head": letter.head,
        "signer": letter.signer,
        "closing": letter.closing,
        "urgency": letter.urgency,
        "copies_to": letter.copies_to,
        "qr": [letter.qr_target, letter.qr_caption],
        **_parts(letter),
        **({"kind": letter.kind} if letter.kind != LetterKind.EXTERNAL else {}),
        **({"addressees": letter.addressees} if letter.addressees else {}),
    }
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _parts(letter: Letter) -> dict[str, list[tuple[str, ...]]]:
    """References and enclosures as they are printed, read in one statement."""
    nothing = Value("", output_field=CharField())
    references = letter.references.order_by().annotate(
        part=Value("references"), c=Cast("date", CharField()), e=nothing
    )
    enclosures = letter.enclosures.order_by().annotate(
        part=Value("enclosures"), c=F("count_text"), e=Cast("of_letter__uuid", CharField())
    )
    rows = references.values_list("part", "position", "number", "c", "text", "e").union(
        enclosures.values_list("part", "position", "title", "c", "sha256", "e"), all=True
    )
    found: dict[str, list[Any]] = {"references": [], "enclosures": []}
    for part, _position, a, b, c, d in sorted(rows, key=lambda row: (row[0], row[1])):
        found[part].append((a, b, c) if part == "references" else (a, b, c, str(UUID(d)) if d else None))
    return found


def _give_number(letter: Letter, typed_number: str, now: datetime) -> None:
    settings = getattr(letter.organization, "letter_settings", None)
    typed = normalise(typed_number)
    circular = is_circular_number(typed) if typed else letter.is_circular
    letter.series = series = rules.series_of(
        kind=letter.kind,
        is_circular=circular,
        circular_series=settings is not None and settings.circular_series,
    )
    if typed:
        _take_typed(letter, typed, settings, now)
    else:
        year, number = next_number(
            organization=letter.organization, kind=series, now=now, is_circular=circular
        )
        letter.register_year, letter.register_number = year, number
        letter.number = number_text(
            settings=settings, series=series, year=year, number=number, is_circular=circular
        )
    letter.number_key = rules.number_key(letter.number)


def _take_typed(letter: Letter, typed: str, settings: LetterSettings | None, now: datetime) -> None:
    """A number given on paper: it takes its own place in the register of the year on the page."""
    if len(typed) > NUMBER_LONGEST:
        raise Refusal(fields={"typed_number": [_("เลขที่ยาวเกิน %(most)s ตัวอักษร") % {"most": NUMBER_LONGEST}]})
    day = letter.date_printed or today(now)
    year, series, office = be_year(day), RegisterKind(letter.series), letter.organization
    register = lock_register(organization=office, kind=series, year=year)
    used = Letter.objects.filter(
        organization=office,
        origin=Origin.OWN,
        number_key=rules.number_key(typed),
        date_printed__year=day.year,
    ).exclude(pk=letter.pk)
    if letter.kind in rules.SERIES:  # order ๑/๒๕๖๙ and announcement ๑/๒๕๖๙ are two papers
        used = used.filter(kind=letter.kind)
    number = running_number(settings=settings, text=typed, series=series, year=year)
    circular = is_circular_number(typed)
    if used.exists() or (number is not None and is_taken(office, series, year, number, is_circular=circular)):
        raise Conflict(
            _("เลขที่ %(number)s ใช้แล้วในปี %(year)s ตรวจทะเบียนส่ง หรือเว้นว่างให้ระบบออกเลข")
            % {"number": typed, "year": year},
            fields={
                "typed_number": [_("เลขที่ %(number)s ใช้แล้วในปี %(year)s") % {"number": typed, "year": year}]
            },
            code="number_taken",
        )
    letter.number = typed
    if number is not None:
        note_typed(register, number)
        letter.register_year, letter.register_number = year, number
