"""A province's own days of one year taken over into the next."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.occasions import rules
from jitasa.occasions.models import Occasion
from jitasa.organizations import versions
from jitasa.organizations.models import Organization, Topic
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.thai.dates import BE_OFFSET, last_day


def copy_year(*, actor: Viewer, year: int, now: datetime) -> int:
    """Add the actor's own days of the year before to Buddhist-era ``year``, same day and month.

    Days that ``year`` already knows, edited or retired, are left; returns the number added.

    :raises Forbidden: unless the actor is an officer of a province.
    """
    office = rules.owner_for(actor)
    if office is None or not rules.may_list(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่จังหวัดเท่านั้นที่คัดลอกวันของจังหวัดได้"))
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=office.pk)
        own = Occasion.objects.filter(organization=office, by_centre=False)
        known = set(own.filter(date__year=year - BE_OFFSET).values_list("code", flat=True))
        earlier = own.active().filter(date__year=year - BE_OFFSET - 1).exclude(code__in=known)
        fresh = [_next_year(row, now) for row in earlier]
        Occasion.objects.bulk_create(fresh)
        if fresh:
            versions.changed(Topic.OCCASIONS)
            record(actor=actor, verb="occasion.copy", data={"year": year, "added": len(fresh)}, now=now)
    return len(fresh)


def _next_year(row: Occasion, now: datetime) -> Occasion:
    first = date(row.date.year + 1, row.date.month, 1)
    return Occasion(
        code=row.code,
        date=first.replace(day=min(row.date.day, last_day(first).day)),
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        organization_id=row.organization_id,
        window_before=row.window_before,
        window_after=row.window_after,
        guidance=row.guidance,
        changed_at=now,
    )
