"""Enter a provincial administrative organization for every province that has none."""

from datetime import date, datetime

from django.db import transaction

from jitasa.audit.services.record import record
from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.rules import REGISTRY_BEGINS, proper_name
from jitasa.organizations.services.changing import lock_registry, require_editor
from jitasa.organizations.services.facts import StateFacts
from jitasa.organizations.services.install_geography import enter_offices
from jitasa.organizations.viewer import Viewer


def install_paos(*, actor: Viewer, now: datetime, since: date = REGISTRY_BEGINS) -> list[Organization]:
    """The PAOs entered: code 02PP0101, in the province's first district, answering to the province.

    Provinces with a PAO, or whose code 02PP0101 another office bears, are left as they are; running
    it again enters nothing.

    :raises Forbidden: if the actor does not keep the registry.
    """
    require_editor(actor)
    with transaction.atomic():
        lock_registry()
        laos = Organization.objects.open().laos()
        have = set(laos.filter(type=OrganizationType.PAO).values_list("province_code", flat=True))
        codes = set(laos.values_list("code", flat=True))
        districts = Organization.objects.open().filter(level=Level.DISTRICT, code__endswith="01")
        facts = [
            _facts(district)
            for district in districts.select_related("lies_in").order_by("code")
            if district.province_code not in have and f"02{district.code}01" not in codes
        ]
        entered = enter_offices(facts, since=since)
        if entered:
            record(
                actor=actor,
                verb="registry.install_paos",
                data={"codes": [office.code for office in entered], "since": since},
                now=now,
            )
    return entered


def _facts(district: Organization) -> StateFacts:
    province = district.lies_in
    assert province is not None
    proper = proper_name(OrganizationType.PROVINCE, province.name)
    return StateFacts(OrganizationType.PAO, f"02{district.code}01", proper, province, district)
