"""A letter that came on paper or by mail from outside: its facts and its scan, received at once."""

import datetime
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.idempotent import idempotent
from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus, Origin, Retention, Secrecy, Urgency
from jitasa.letters.models import Dispatch, Enclosure, Letter
from jitasa.letters.selectors.files import usable_file
from jitasa.letters.services import counts
from jitasa.letters.services.receive import register
from jitasa.letters.values import Block
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today
from jitasa.thai.search import stored
from jitasa.thai.text import normalise

LONGEST = {"number": 60, "from_text": 250, "subject": 400}
LABELS = {"number": gettext_noop("ที่"), "from_text": gettext_noop("จาก"), "subject": gettext_noop("เรื่อง")}


@dataclass(frozen=True, kw_only=True)
class OutsideLetter:
    """``reasons`` and ``orders`` are the letter's own, one a line, carried over when it is passed on."""

    number: str
    from_text: str
    subject: str
    date_printed: datetime.date | None = None
    date_verified: datetime.date | None = None
    urgency: str = Urgency.NORMAL
    secrecy: str = Secrecy.NONE
    retention: str = Retention.TEN_YEARS
    reasons: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    sha256: str = ""


@idempotent
def register_outside(*, actor: Viewer, uuid: UUID, given: OutsideLetter, now: datetime.datetime) -> Letter:
    """Take the letter in and give it the next number of the receive register.

    It then lies in the office's inbox as if it had been sent there, and is passed on in the same way.
    The same ``uuid`` sent again is the same letter.

    :raises Forbidden: the person does not write for the office, or the ``uuid`` is another letter's.
    :raises Refusal: by field: what is missing, a classified letter, a letter registered already.
    """
    office = actor.organization
    if office is None or not rules.may_keep_registers(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่ลงรับหนังสือได้"))
    found = Letter.objects.filter(uuid=uuid).first()
    if found is not None:
        if found.organization_id != office.pk or found.origin != Origin.OUTSIDE:
            raise Forbidden(_("รหัสนี้เป็นของหนังสือฉบับอื่น เปิดหน้าลงรับหนังสือใหม่แล้วกรอกอีกครั้ง"))
        return found
    _refuse(actor, uuid, given, now)
    letter = _letter(actor, uuid, given, now)
    letter.save()
    _scan(actor, letter, given)
    way = Dispatch.objects.create(letter=letter, recipient=office, path=office.path, delivered_at=now)
    laos = frozenset([office.pk] if office.is_lao else [])
    counts.delivered(letter=letter, dispatches=[way], laos=laos)
    record(actor=actor, verb="letter.outside", subject=letter, data={"number": letter.number}, now=now)
    register(actor=actor, dispatch=way, now=now)
    return letter


def _letter(actor: Viewer, uuid: UUID, given: OutsideLetter, now: datetime.datetime) -> Letter:
    number = normalise(given.number)
    return Letter(
        uuid=uuid,
        organization=actor.organization,
        origin=Origin.OUTSIDE,
        status=LetterStatus.ISSUED,
        number=number,
        number_key=rules.number_key(number),
        is_circular="ว" in number.rpartition("/")[2],
        urgency=given.urgency,
        date_printed=given.date_printed,
        date_verified=given.date_verified,
        from_text=normalise(given.from_text),
        subject=normalise(given.subject),
        retention=given.retention,
        body=[asdict(block) for block in _body(given)],
        search_text=stored(given.subject, given.from_text, *given.reasons, *given.orders),
        created_at=now,
        created_by=actor.user,
        updated_at=now,
        issued_at=now,
        issued_by=actor.user,
    )


def _body(given: OutsideLetter) -> list[Block]:
    """Why the letter was written, then what it orders."""
    parts = [("paragraph", text) for text in given.reasons] + [("order", text) for text in given.orders]
    return [Block(kind=kind, text=text.strip()) for kind, text in parts if text.strip()]


def _scan(actor: Viewer, letter: Letter, given: OutsideLetter) -> None:
    if not given.sha256:
        return
    stored = usable_file(actor, given.sha256)
    Enclosure.objects.create(
        letter=letter,
        position=0,
        title="ภาพสแกนหนังสือ",
        sha256=stored.sha256,
        file_name=stored.name,
        media_type=stored.media_type,
        bytes=stored.bytes,
    )


def _refuse(actor: Viewer, uuid: UUID, given: OutsideLetter, now: datetime.datetime) -> None:
    fields: dict[str, list[str]] = {}
    if words := rules.refuse_secrecy(given.secrecy):
        fields["secrecy"] = [words]
    for name, longest in LONGEST.items():
        text = getattr(given, name).strip()
        if not text:
            fields[name] = [_("กรอกช่อง “%(label)s”") % {"label": _(LABELS[name])}]
        elif len(text) > longest:
            fields[name] = [
                _("%(label)sยาวเกิน %(most)s ตัวอักษร") % {"label": _(LABELS[name]), "most": longest}
            ]
    if "number" not in fields and "from_text" not in fields and _is_there(actor, uuid, given):
        fields["number"] = [
            _("หนังสือที่ %(number)s จาก %(office)s ลงรับไว้แล้ว ดูในทะเบียนรับ")
            % {"number": given.number, "office": given.from_text}
        ]
    if given.date_verified and given.date_verified > today(now):
        fields["date_verified"] = [_("วันที่ถูกต้องตามที่ตรวจสอบยังมาไม่ถึง")]
    elif given.date_printed and not given.date_verified and given.date_printed > today(now):
        fields["date_printed"] = [
            _("วันที่บนหนังสือยังมาไม่ถึง ถ้าหนังสือพิมพ์วันที่ผิด กรอกวันที่ถูกต้องในช่อง “วันที่ถูกต้องตามที่ตรวจสอบ”")
        ]
    if fields:
        raise Refusal(fields=fields)


def _is_there(actor: Viewer, uuid: UUID, given: OutsideLetter) -> bool:
    """The office has registered that letter, not by this form: same number, sender, day on the page."""
    same = Letter.objects.filter(
        organization=actor.office_id,
        origin=Origin.OUTSIDE,
        number_key=rules.number_key(given.number),
        from_text=normalise(given.from_text),
        date_printed=given.date_printed,
    )
    return same.exclude(uuid=uuid).exists()
