"""Write a letter: create or change a draft by its client-made UUID."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.distribution.rules import office_not_building
from jitasa.idempotent import idempotent
from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind, LetterStatus
from jitasa.letters.models import (
    Enclosure,
    Letter,
    LetterSettings,
    OutsideRecipient,
    Reference,
    Signer,
)
from jitasa.letters.selectors.content import PLAIN, values_of
from jitasa.letters.selectors.files import usable_file
from jitasa.letters.selectors.visible import find_by_number
from jitasa.letters.services.signing import printed_signer
from jitasa.letters.values import LetterValues
from jitasa.organizations.rules_centre import centre_full_name
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.search import stored

# What a letter keeps of the letterhead as it was that day.
IN_HEAD = ("office_name", "address", "owner_unit", "phone", "fax", "email", "coordinator", "emblem", "seal")
SUBJECT_LONGEST = 400
BODY_LONGEST = 20_000  # one block; a longer text is an enclosure
LONGEST = {
    "subject": SUBJECT_LONGEST, "to_text": 400, "closing": 60, "copies_to": 400, "qr_target": 300,
    "qr_caption": 200, "body": BODY_LONGEST, "citation_number": 60, "citation_text": 200,
    "enclosure_title": 250, "enclosure_count": 60, "addressees": 20_000, "outside_name": 200, "outside_address": 300,
}  # fmt: skip
LABELS = {
    "subject": gettext_noop("เรื่อง"), "to_text": gettext_noop("เรียน"), "closing": gettext_noop("คำลงท้าย"), "copies_to": gettext_noop("สำเนาส่ง"),
    "qr_target": gettext_noop("ที่อยู่ของคิวอาร์โค้ด"), "qr_caption": gettext_noop("คำใต้คิวอาร์โค้ด"), "body": gettext_noop("เนื้อความ"),
    "citation_number": gettext_noop("เลขที่หนังสือที่อ้างถึง"), "citation_text": gettext_noop("อ้างถึง"),
    "enclosure_title": gettext_noop("รายการสิ่งที่ส่งมาด้วย"), "enclosure_count": gettext_noop("จำนวนของสิ่งที่ส่งมาด้วย"),
    "addressees": gettext_noop("รายชื่อแนบท้าย"), "outside_name": gettext_noop("ชื่อผู้รับนอกระบบ"), "outside_address": gettext_noop("ที่อยู่ของผู้รับนอกระบบ"),
}  # fmt: skip


@idempotent
def save_letter(
    *,
    actor: Viewer,
    uuid: UUID,
    base_revision: int | None,
    values: LetterValues,
    now: datetime,
    parent: Letter | None = None,
) -> Letter:
    """Create the draft ``uuid`` of the actor's office, or change it.

    The same values sent again with the revision they made are one letter. ``parent`` is the letter
    passed on, given when the draft is made.

    :raises Forbidden: the person does not write letters of that office, or it is issued already.
    :raises Conflict: somebody else saved since ``base_revision``.
    :raises Refusal: by field: a classified letter, a text too long, an unknown enclosure.
    """
    office = actor.organization
    if office is None or not rules.may_write(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่เขียนหนังสือได้"))
    refuse_bad(values)
    values = values.addressed()
    letter = Letter.objects.select_for_update(of=("self",), no_key=True).filter(uuid=uuid).first()
    created = letter is None
    if letter is None:
        letter = Letter(uuid=uuid, organization=office, created_at=now, created_by=actor.user, revision=0)
        letter.by_centre = actor.only_steers
        if parent is not None:
            letter.parent, letter.root_id = parent, parent.chain_id
    elif _is_repeated(actor, letter, base_revision, values):
        return letter
    _check(actor, letter, base_revision, created=created)
    _fill(letter, values, now)
    letter.save()
    _write_parts(actor, letter, values)
    verb = "letter.create" if created else "letter.save"
    record(actor=actor, verb=verb, subject=letter, data={"revision": letter.revision}, now=now)
    return letter


def refuse_bad(values: LetterValues) -> None:
    """:raises Refusal: by field, for what may never be stored."""
    fields: dict[str, list[str]] = {}
    if words := rules.refuse_secrecy(values.secrecy):
        fields["secrecy"] = [words]
    for field, texts in _texts(values).items():
        longest = LONGEST[field]
        over = max((len(text) for text in texts), default=0) - longest
        if over > 0:
            label = _(LABELS[field])
            fields[field] = [
                _("%(label)sยาวเกิน %(over)s ตัวอักษร ย่อให้ไม่เกิน %(most)s ตัวอักษร")
                % {"label": label, "over": over, "most": longest}
            ]
    if values.answer_kind == AnswerKind.ACTIVITY and values.answer_occasion_id is None:
        fields["answer_occasion"] = [_("เลือกวันสำคัญที่ขอให้บันทึกกิจกรรม")]
    if values.answer_kind == AnswerKind.TABLE and not values.answer_columns:
        fields["answer_columns"] = [_("บอกหัวตารางอย่างน้อย 1 ช่อง")]
    if fields:
        raise Refusal(fields=fields)


def _texts(values: LetterValues) -> dict[str, list[str]]:
    """Every text by the field it stands in; the fields are those of ``LONGEST``."""
    return {
        "subject": [values.subject],
        "to_text": [values.to_text],
        "closing": [values.closing],
        "copies_to": [values.copies_to],
        "qr_target": [values.qr_target],
        "qr_caption": [values.qr_caption],
        "body": [block.text for block in values.body],
        "citation_number": [each.number for each in values.citations],
        "citation_text": [each.text for each in values.citations],
        "enclosure_title": [each.title for each in values.enclosures],
        "enclosure_count": [each.count_text for each in values.enclosures],
        "addressees": [values.addressees],
        "outside_name": [each.name for each in values.outside],
        "outside_address": [each.address for each in values.outside],
    }


def _is_repeated(actor: Viewer, letter: Letter, base_revision: int | None, values: LetterValues) -> bool:
    """Whether this is the last saving once more: the same values on the revision before.

    Links found by number and the class of secrecy (never stored) do not count.
    """
    if actor.office_id != letter.organization_id or (base_revision or 0) + 1 != letter.revision:
        return False

    def bare(each: LetterValues) -> LetterValues:
        citations = tuple(replace(citation, linked_id=None) for citation in each.citations)
        return replace(each, citations=citations, secrecy="", typed_number="")

    return bare(values_of(letter)) == bare(values)


def _check(actor: Viewer, letter: Letter, base_revision: int | None, *, created: bool) -> None:
    if not rules.may_edit(actor, letter):
        raise Forbidden(_("แก้ไขได้เฉพาะร่างของหน่วยงานตนเอง หนังสือที่ออกเลขแล้วแก้ไขไม่ได้ ให้เรียกคืนแล้วออกฉบับใหม่"))
    if not created and base_revision != letter.revision:
        raise Conflict(_("มีผู้แก้ไขร่างนี้ไปพร้อมกับท่าน เปิดร่างใหม่ในอีกแท็บเพื่อเทียบ แล้วบันทึกอีกครั้ง"), code="stale_revision")


def _fill(letter: Letter, values: LetterValues, now: datetime) -> None:
    settings = LetterSettings.objects.filter(organization=letter.organization).first()
    signer = Signer.objects.filter(organization=letter.organization, pk=values.signer_id or 0).first()
    for name in PLAIN:
        setattr(letter, name, getattr(values, name))
    letter.body = [asdict(block) for block in values.body]
    letter.answer_columns = list(values.answer_columns)
    letter.recipients = {key: list(chosen) for key, chosen in asdict(values.recipients).items()}
    letter.head = _head(letter, settings)
    letter.from_text = office_not_building(letter.head["office_name"])
    letter.signer = printed_signer(signer)
    letter.status = LetterStatus.DRAFT
    letter.revision += 1
    letter.updated_at = now
    letter.search_text = stored(values.subject, values.to_text, *(block.text for block in values.body))


def _head(letter: Letter, settings: LetterSettings | None) -> dict[str, str]:
    """The letterhead as it will be printed; a centre's letter has the centre as its owner."""
    if settings is None:
        head = {"office_name": letter.organization.name, "address": ""}
        return head | ({"owner_unit": centre_full_name(letter.organization)} if letter.by_centre else {})
    head = {name: str(getattr(settings, name)) for name in IN_HEAD}
    if settings.foot_note:
        head["foot_note"] = settings.foot_note
    head["office_name"] = head["office_name"] or letter.organization.name
    if letter.by_centre:
        head["owner_unit"] = centre_full_name(letter.organization)
    return head


def _write_parts(actor: Viewer, letter: Letter, values: LetterValues) -> None:
    letter.references.all().delete()
    for position, citation in enumerate(values.citations):
        linked = (
            Letter.objects.visible_to(actor).filter(pk=citation.linked_id).first()
            if citation.linked_id
            else find_by_number(actor, citation.number)
        )
        Reference.objects.create(
            letter=letter,
            position=position,
            number=citation.number,
            date=citation.date,
            text=citation.text,
            linked=linked,
        )
    letter.outside_recipients.all().delete()
    OutsideRecipient.objects.bulk_create(
        OutsideRecipient(letter=letter, position=position, name=each.name, address=each.address, way=each.way)
        for position, each in enumerate(values.outside)
    )
    letter.enclosures.all().delete()
    for position, attached in enumerate(values.enclosures):
        enclosure = Enclosure(
            letter=letter, position=position, title=attached.title, count_text=attached.count_text
        )
        if attached.of_letter_id:
            enclosure.of_letter = Letter.objects.visible_to(actor).filter(pk=attached.of_letter_id).first()
        if attached.sha256:
            stored = usable_file(actor, attached.sha256)
            enclosure.sha256, enclosure.file_name = stored.sha256, stored.name
            enclosure.media_type, enclosure.bytes = stored.media_type, stored.bytes
        enclosure.save()


def preview_letter(
    *, actor: Viewer, letter: Letter, values: LetterValues
) -> tuple[Letter, list[Reference], list[Enclosure]]:
    """The letter as it would be with these values; nothing is stored.

    :raises Refusal: as :func:`save_letter`, for what may never be stored.
    """
    refuse_bad(values)
    draft = Letter(
        pk=letter.pk,
        uuid=letter.uuid,
        organization=actor.organization or letter.organization,
        parent_id=letter.parent_id,
        revision=letter.revision,
    )
    _fill(draft, values.addressed(), letter.updated_at)
    references = [
        Reference(letter=draft, position=position, number=each.number, date=each.date, text=each.text)
        for position, each in enumerate(values.citations)
    ]
    enclosures = [
        Enclosure(letter=draft, position=position, title=each.title, count_text=each.count_text)
        for position, each in enumerate(values.enclosures)
    ]
    return draft, references, enclosures
