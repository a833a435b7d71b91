"""The day a letter is known to be of, where the page bears a misprint (docs/domain.md §1)."""

from datetime import date, datetime

from django.db import transaction

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.models import Letter
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today


def verify_date(*, actor: Viewer, letter: Letter, day: date, now: datetime) -> Letter:
    """Note the true day; the page, and the date printed on it, stay as they are.

    :raises Forbidden: it is not the office's own letter, or has no number yet. :raises Refusal: a day to come.
    """
    if day > today(now):
        raise Refusal(fields={"date_verified": ["วันที่ที่ตรวจสอบแล้วยังมาไม่ถึง"]})
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
        if not rules.may_verify(actor, row):
            raise Forbidden("แก้วันที่ที่ตรวจสอบแล้วได้เฉพาะหน่วยงานเจ้าของหนังสือที่ออกเลขแล้ว")
        if row.date_verified != day:
            row.date_verified = day
            row.save(update_fields=["date_verified"])
            record(
                actor=actor, verb="letter.verify_date", subject=row, data={"date": day.isoformat()}, now=now
            )
    return row
