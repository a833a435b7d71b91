"""Facts of an office that carry no dates: its point on the map, area, website, and approval step."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations import rules, versions
from jitasa.organizations.models import Organization, Topic
from jitasa.organizations.services.doubts import mended
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal


@dataclass(frozen=True)
class OfficeSettings:
    """Degrees in WGS 84, area in square kilometres."""

    latitude: float | None
    longitude: float | None
    area_km2: Decimal | None
    website: str
    approval_required: bool


def change_settings(
    *, actor: Viewer, organization: Organization, settings: OfficeSettings, now: datetime
) -> Organization:
    """Set the undated facts of an office.

    :raises Forbidden: for anybody but the office's own administrator and who keeps the registry.
    :raises Refusal: for a point outside Thailand or half a point.
    """
    if not rules.may_edit_settings(actor, organization.pk):
        raise Forbidden(_("เฉพาะผู้ดูแลของสำนักงานนี้หรือเจ้าหน้าที่กรมแก้ได้"))
    problem = rules.point_problem(settings.latitude, settings.longitude)
    if problem:
        raise Refusal(fields={"latitude": [problem]})
    with transaction.atomic():
        office = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        changed = {
            name: [getattr(office, name), value]
            for name, value in vars(settings).items()
            if getattr(office, name) != value
        }
        if not changed:
            return office
        for name, (_old, value) in changed.items():
            setattr(office, name, value)
        office.save(update_fields=list(changed))
        if "latitude" in changed or "longitude" in changed:
            mended(office, "latitude", now=now)
        versions.changed(Topic.REGISTRY)
        record(actor=actor, verb="registry.settings", subject=office, data=changed, now=now)
    return office
