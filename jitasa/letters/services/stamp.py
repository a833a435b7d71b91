"""A stamp that stands on the paper already: its number is typed, not taken from the register."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.choices import RegisterKind
from jitasa.letters.models import Dispatch, Receipt
from jitasa.letters.services import counts
from jitasa.letters.services.receive import NOT_YOURS, lock
from jitasa.letters.services.register import is_received, lock_register, note_typed
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import be_year, today
from jitasa.thai.digits import to_arabic

_NUMBER = re.compile(r"^0*[1-9]\d{0,8}$")


def stamp_from_paper(
    *, actor: Viewer, dispatch: Dispatch, number_text: str, at: datetime, now: datetime, unit: str = ""
) -> Receipt:
    """Note a receive stamp of the office, or of a ``unit`` of it with a register of its own.

    ``number_text`` is kept as it was written (``009419``); it takes its place in the register of the
    year of ``at``. The same stamp noted again is the first one.

    :raises Forbidden: the person does not work for the recipient. :raises Conflict: the number is taken.
    :raises Refusal: it is no number, or the day has not come.
    """
    if not rules.may_receive(actor, dispatch):
        raise Forbidden(_(NOT_YOURS))
    number, unit = _number(number_text, at, now), unit.strip()
    with transaction.atomic():
        row = lock(dispatch)
        found = Receipt.objects.filter(letter=row.letter, organization=row.recipient, unit=unit).first()
        if found is not None:
            return found
        year = be_year(today(at))
        register = lock_register(organization=row.recipient, kind=RegisterKind.RECEIPT, year=year)
        if is_received(row.recipient, year, number, unit):
            words = _("เลขรับ %(number)s ของปี %(year)s ใช้แล้ว ตรวจทะเบียนรับ หรือเว้นว่างให้ระบบออกเลข") % {
                "number": number_text,
                "year": year,
            }
            raise Conflict(words, fields={"number": [words]}, code="number_taken")
        if not unit:
            note_typed(register, number)
        receipt = Receipt.objects.create(
            letter=row.letter, organization=row.recipient, dispatch=None if unit else row, unit=unit,
            office_name=unit or rules.stamp_name(row.recipient), year=year, number=number,
            number_text=number_text.strip(), at=at, by=actor.user,
        )  # fmt: skip
        _note(row, at)
        record(actor=actor, verb="letter.stamp", subject=row.letter, data={"number": number_text}, now=now)
    return receipt


def _note(row: Dispatch, at: datetime) -> None:
    """The office has had the letter since the stamp at the latest."""
    for name in ("opened", "registered"):
        if getattr(row, f"{name}_at") is None:
            setattr(row, f"{name}_at", at)
            row.save(update_fields=[f"{name}_at"])
            counts.step(dispatch=row, name=name)


def _number(text: str, at: datetime, now: datetime) -> int:
    plain = to_arabic(text.strip())
    fields: dict[str, list[str]] = {}
    if not _NUMBER.match(plain):
        fields["number"] = [_("เลขรับเป็นตัวเลขล้วน เช่น 009419")]
    if at > now:
        fields["at"] = [_("วันเวลาที่รับยังมาไม่ถึง")]
    if fields:
        raise Refusal(fields=fields)
    return int(plain)
