"""The department adopts the list of national days of a year."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.occasions import rules
from jitasa.occasions.models import Occasion, OccasionYear
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import BE_OFFSET
from jitasa.thai.text import normalise


def adopt_year(*, actor: Viewer, year: int, now: datetime, reference: str = "") -> OccasionYear:
    """Put the national days in use in Buddhist-era ``year`` in force; answers the adoption in force.

    ``reference`` is the letter or announcement it rests on. Adopting the same days on the same
    reference again changes nothing; otherwise a new number is added and the earlier ones are kept.

    :raises Forbidden: unless the actor is an officer of the department.
    :raises Refusal: when the year has no national days.
    """
    if not rules.may_adopt(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่ประกาศใช้รายการวันสำคัญได้"))
    reference = normalise(reference)[:250]
    with transaction.atomic():
        if actor.organization is not None:  # two officers at once: the second sees the first one's number
            Organization.objects.select_for_update(no_key=True).get(pk=actor.organization.pk)
        rows = Occasion.objects.active().filter(organization=None, date__year=year - BE_OFFSET)
        days = [{"id": pk, "code": code} for pk, code in rows.order_by("pk").values_list("pk", "code")]
        if not days:
            raise Refusal(_("ปีนี้ยังไม่มีวันของชาติ เติมหรือเพิ่มวันก่อน แล้วจึงประกาศใช้"))
        last = OccasionYear.objects.filter(year=year).order_by("-number").first()
        if last is not None and last.days == days and reference in ("", last.reference):
            return last
        made = OccasionYear.objects.create(
            year=year,
            number=last.number + 1 if last else 1,
            reference=reference,
            days=days,
            adopted_at=now,
            adopted_by=actor.user,
        )
        data = {"year": year, "number": made.number, "days": len(days), "reference": reference}
        record(actor=actor, verb="occasion.adopt", subject=made, data=data, now=now)
    return made
