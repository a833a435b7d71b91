"""The day a letter is known to be of, where the page bears a misprint (docs/domain.md §1)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.choices import RegisterKind
from jitasa.letters.models import Letter
from jitasa.letters.services.register import is_circular_number, is_taken, lock_register, note_typed
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import be_year, today


def verify_date(*, actor: Viewer, letter: Letter, day: date, now: datetime) -> Letter:
    """Note the true day; the page, and the date printed on it, stay as they are. A number taken from paper
    goes to the register of the true year, where the reason stands beside it.

    :raises Forbidden: it is not the office's own letter, or has no number yet. :raises Refusal: a day to come.
    """
    if day > today(now):
        raise Refusal(fields={"date_verified": [_("วันที่ถูกต้องตามที่ตรวจสอบยังมาไม่ถึง")]})
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
        if not rules.may_verify(actor, row):
            raise Forbidden(_("แก้วันที่ถูกต้องตามที่ตรวจสอบได้เฉพาะหน่วยงานเจ้าของหนังสือที่ออกเลขแล้ว"))
        if row.date_verified != day:
            _move_to_its_year(row, day)
            row.date_verified = day
            row.save(update_fields=["date_verified", "register_year"])
            record(
                actor=actor, verb="letter.verify_date", subject=row, data={"date": day.isoformat()}, now=now
            )
    return row


def _move_to_its_year(row: Letter, day: date) -> None:
    """A number from paper stands in the register of the year the letter is known to be of, not of its misprint.

    :raises Refusal: another paper has that number in that year.
    """
    year, number, series = be_year(day), row.register_number, RegisterKind(row.series)
    known = row.date_verified or row.date_printed
    if number is None or known is None or row.register_year != be_year(known) or year == row.register_year:
        return
    register = lock_register(organization=row.organization, kind=series, year=year)
    if is_taken(row.organization, series, year, number, is_circular=is_circular_number(row.number)):
        raise Refusal(
            fields={
                "date_verified": [
                    _("เลขที่ %(number)s มีอยู่แล้วในทะเบียนปี %(year)s ตรวจเลขที่หรือวันที่อีกครั้ง")
                    % {"number": row.number, "year": year}
                ]
            }
        )
    note_typed(register, number)
    row.register_year = year
