"""Keep choices of recipients as groups of an office."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.rules import may_keep_groups
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.text import normalise


def save_group(*, actor: Viewer, name: str, codes: Sequence[str], now: datetime) -> RecipientGroup:
    """Make the group, or give the one with that name new members.

    :raises Forbidden: not the office's administrator or approver.
    :raises Refusal: a code that no open office bears.
    """
    office = _office(actor)
    found = dict(Organization.objects.open().filter(code__in=codes).values_list("code", "pk"))
    unknown = [code for code in codes if code not in found]
    if unknown or not codes:
        words = (
            _("ไม่พบรหัส %(codes)s") % {"codes": ", ".join(unknown[:10])}
            if unknown
            else _("กรอกรหัสอย่างน้อย 1 แห่ง")
        )
        raise Refusal(fields={"codes": [words]})
    return _keep(actor, office, name, list(found.values()), now)


def save_group_of(*, actor: Viewer, name: str, ids: Sequence[int], now: datetime) -> RecipientGroup:
    """Keep the recipients of a draft as a group of that name.

    :raises Refusal: there is nobody to keep.
    """
    office = _office(actor)
    if not ids:
        raise Refusal(fields={"name": [_("ยังไม่มีผู้รับ เลือกผู้รับในร่างก่อน")]})
    return _keep(actor, office, name, ids, now)


def remove_group(*, actor: Viewer, group: RecipientGroup, now: datetime) -> None:
    """:raises Forbidden: another office's group."""
    if _office(actor).pk != group.organization_id:
        raise Forbidden(_("เป็นกลุ่มของหน่วยงานอื่น"))
    with transaction.atomic():
        record(actor=actor, verb="letter.group_remove", subject=group, now=now)
        group.delete()


def _keep(
    actor: Viewer, office: Organization, name: str, ids: Sequence[int], now: datetime
) -> RecipientGroup:
    with transaction.atomic():
        group, _created = RecipientGroup.objects.get_or_create(organization=office, name=normalise(name))
        group.members.set(ids)
        record(actor=actor, verb="letter.group", subject=group, data={"members": len(ids)}, now=now)
    return group


def _office(actor: Viewer) -> Organization:
    if actor.organization is None or not may_keep_groups(actor):
        raise Forbidden(_("เฉพาะผู้ดูแลสำนักงานหรือผู้อนุมัติจึงจัดกลุ่มผู้รับได้ ติดต่อผู้ดูแลสำนักงานของท่าน"))
    return actor.organization
