"""Remind the offices that have not used what a campaign sent; note that an office has seen it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.publicity import rules
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models import Campaign, Delivery
from jitasa.thai.dates import short_date

AGAIN_AFTER = timedelta(hours=20)  # nobody is reminded of the same campaign twice a day
CHUNK = 200
AT_ONCE = 400  # more are reminded by the worker


def remind(*, actor: Viewer, campaign: Campaign, now: datetime, office_id: int = 0) -> tuple[int, bool]:
    """Remind the offices in the actor's scope that have not used it, or the one of them named.

    Answers how many, and whether the worker does it because they are many.

    :raises Forbidden: an office with nobody below it, or a campaign that was stopped.
    """
    if not rules.may_remind(actor, campaign):
        raise Forbidden(_("เตือนได้เฉพาะหน่วยงานเหนือขึ้นไป และเฉพาะรอบเผยแพร่ที่ยังไม่ยุติ"))
    rows = to_remind(campaign, now)
    if actor.office_id != campaign.organization_id:
        rows = rows.filter(scope(actor, "recipient"))
    if office_id:
        rows = rows.filter(recipient=office_id)
    count = rows.count()
    if not count:
        return 0, False
    record(actor=actor, verb="campaign.remind", subject=campaign, data={"count": count}, now=now)
    if count > AT_ONCE:
        sender = actor.office_id or 0
        transaction.on_commit(lambda: _enqueue(campaign.pk, sender))
        return count, True
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    _remind(pks, actor.organization, now)
    return count, False


def _enqueue(campaign_id: int, sender_id: int) -> None:
    from jitasa.publicity.tasks import remind as task

    task.enqueue(campaign_id, sender_id)


def to_remind(campaign: Campaign, now: datetime) -> QuerySet[Delivery]:
    """The deliveries of a live campaign not used yet and not reminded lately."""
    fresh = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN_AFTER)
    live = Delivery.objects.filter(campaign=campaign, campaign__status=CampaignStatus.SENT)
    return live.filter(fresh, used_at=None)


def remind_all(*, campaign: Campaign, sender_id: int, now: datetime) -> int:
    """Chunk by chunk, each in its transaction: interrupted, it goes on where it stopped."""
    sender = Organization.objects.filter(pk=sender_id).first()
    pks = list(to_remind(campaign, now).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        _remind(pks[start : start + CHUNK], sender, now)
    return len(pks)


@transaction.atomic
def _remind(pks: Sequence[int], sender: Organization | None, now: datetime) -> None:
    fresh = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN_AFTER)
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("campaign", "recipient")
    deliver(
        written(
            organization=row.recipient,
            kind=NoticeKind.REMINDER,
            title=f"ยังไม่ได้บันทึกการเผยแพร่: {row.campaign.title}",
            body=f"เผยแพร่แล้วบันทึกได้ในหน้าสื่อ{_use_by(row.campaign)}",
            url=reverse("publicity:campaign", args=[row.campaign.uuid]),
            sender=sender,
            now=now,
        )
        for row in rows.filter(fresh, pk__in=pks, used_at=None).order_by("pk")
    )
    Delivery.objects.filter(fresh, pk__in=pks, used_at=None).update(reminded_at=now)


def _use_by(campaign: Campaign) -> str:
    return f" ขอให้เผยแพร่ภายใน {short_date(campaign.use_by)}" if campaign.use_by else ""


def mark_seen(
    *, viewer: Viewer, now: datetime, campaign: Campaign | None = None, material_id: int = 0
) -> None:
    """The office has looked at a campaign, or at a material that campaigns brought to it.

    Whoever looks from above ("view as") or without a post there leaves no trace.
    """
    if viewer.read_only or viewer.user is None or viewer.organization is None or not viewer.roles:
        return
    rows = Delivery.objects.filter(recipient=viewer.organization, seen_at=None)
    chosen = rows.filter(campaign=campaign) if campaign else rows.filter(campaign__materials=material_id)
    chosen.update(seen_at=now, seen_by=viewer.user)
