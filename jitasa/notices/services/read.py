"""Mark notices as read by a person."""

from datetime import datetime

from django.utils.translation import gettext as _

from jitasa.accounts.services.tell import mark_read as personal_read
from jitasa.notices.models import Notice, Reading
from jitasa.notices.selectors import personal_for, unread_for
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden


def mark_read(*, actor: Viewer, notice: Notice, now: datetime) -> None:
    """The person has seen one notice. Reading is the person's own affair: no audit entry."""
    _store(actor, [notice.pk], now)


def mark_all_read(*, actor: Viewer, now: datetime) -> int:
    """The person has seen all notices of the current office and her own; returns how many were new."""
    pks = list(unread_for(actor, now).values_list("pk", flat=True))
    _store(actor, pks, now)
    own = list(personal_for(actor, now).filter(read_at=None).values_list("pk", flat=True))
    if actor.user is not None:
        personal_read(user=actor.user, pks=own, now=now)
    return len(pks) + len(own)


def _store(actor: Viewer, pks: list[int], now: datetime) -> None:
    if actor.user is None or actor.read_only:
        raise Forbidden(_("กำลังดูแทนสำนักงานอื่น จึงทำเครื่องหมายว่าอ่านแล้วไม่ได้"))
    Reading.objects.bulk_create(
        [Reading(notice_id=pk, user=actor.user, at=now) for pk in pks], ignore_conflicts=True
    )
