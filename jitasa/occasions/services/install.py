"""Fill the national important days of given years."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.occasions import rules
from jitasa.occasions.models import Occasion
from jitasa.occasions.services.calendar import Day, days_of
from jitasa.organizations import versions
from jitasa.organizations.models import Topic
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import BE_OFFSET


def install_occasions(*, years: Iterable[int], actor: Viewer, now: datetime) -> int:
    """Add the national days of Buddhist-era ``years`` that are not there yet; returns the number added.

    A day that was edited, moved within its year or retired is left as it is: its code is known.

    :raises Forbidden: unless the actor is the department or the program itself.
    :raises Refusal: for a year nobody can have meant.
    """
    if not (actor.is_system or (actor.is_department and rules.may_list(actor))):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่เติมวันสำคัญของชาติได้"))
    wanted = sorted(set(years))
    if any(not rules.EARLIEST_YEAR <= year <= rules.LATEST_YEAR for year in wanted):
        raise Refusal(_("กรอกปีเป็นพุทธศักราชระหว่าง 2560 ถึง 2620 เช่น 2570"))
    with transaction.atomic():
        fresh = [_row(day, now) for year in wanted for day in _unknown(year)]
        Occasion.objects.bulk_create(fresh)
        if fresh:
            versions.changed(Topic.OCCASIONS)
            record(actor=actor, verb="occasion.install", data={"years": wanted, "added": len(fresh)}, now=now)
    return len(fresh)


def _unknown(year: int) -> list[Day]:
    known = set(
        Occasion.objects.filter(organization=None, date__year=year - BE_OFFSET).values_list("code", flat=True)
    )
    return [day for day in days_of(year) if day.code not in known]


def _row(day: Day, now: datetime) -> Occasion:
    return Occasion(
        code=day.code,
        date=day.date,
        name=day.name,
        short_name=day.short_name,
        kind=day.kind,
        changed_at=now,
    )
