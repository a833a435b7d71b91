"""Remind the offices that have not used what a campaign sent; note that an office has seen it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.distribution.services.remind import AT_ONCE, not_lately, remind_rows
from jitasa.notices.models import Notice, NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.publicity import rules
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models import Campaign, Delivery
from jitasa.thai.dates import short_date


def remind(*, actor: Viewer, campaign: Campaign, now: datetime, office_id: int = 0) -> tuple[int, bool]:
    """Remind the offices in the actor's scope that have not used it, or the one of them named.

    :return: how many, and whether the worker does it because they are many.
    :raises Forbidden: an office with nobody below it, or a campaign that was stopped.
    """
    if not rules.may_remind(actor, campaign):
        raise Forbidden(_("เตือนได้เฉพาะหน่วยงานระดับเหนือขึ้นไป และเฉพาะรอบเผยแพร่ที่ยังไม่ยุติ"))
    rows = to_remind(campaign, now)
    if actor.office_id != campaign.organization_id:
        rows = rows.filter(scope(actor, "recipient"))
    if office_id:
        rows = rows.filter(recipient=office_id)
    with transaction.atomic():
        count = rows.count()
        by_worker = count > AT_ONCE
        if by_worker:
            _enqueue(campaign.pk, actor.office_id or 0)
        elif count:
            count = _remind(rows, actor.organization, now)
        if count:
            record(actor=actor, verb="campaign.remind", subject=campaign, data={"count": count}, now=now)
    return count, by_worker


def _enqueue(campaign_id: int, sender_id: int) -> None:
    from jitasa.publicity.tasks import remind as task

    task.enqueue(campaign_id, sender_id)


def to_remind(campaign: Campaign, now: datetime) -> QuerySet[Delivery]:
    """The deliveries of a live campaign not used yet and not reminded lately."""
    live = Delivery.objects.filter(campaign=campaign, campaign__status=CampaignStatus.SENT)
    return live.filter(not_lately(now), used_at=None).select_related("campaign", "recipient")


def remind_all(*, campaign: Campaign, sender_id: int, now: datetime) -> int:
    """What the worker does of a reminder of many; safe to run again."""
    sender = Organization.objects.filter(pk=sender_id).first()
    return _remind(to_remind(campaign, now), sender, now)


def _remind(rows: QuerySet[Delivery], sender: Organization | None, now: datetime) -> int:
    return remind_rows(rows, tell=lambda chunk: deliver(_notice(row, sender, now) for row in chunk), now=now)


def _notice(row: Delivery, sender: Organization | None, now: datetime) -> Notice:
    return written(
        organization=row.recipient,
        kind=NoticeKind.REMINDER,
        title=f"ยังไม่ได้บันทึกการเผยแพร่: {row.campaign.title}",
        body=f"เผยแพร่แล้วบันทึกได้ในหน้าสื่อ{_use_by(row.campaign)}",
        url=reverse("publicity:campaign", args=[row.campaign.uuid]),
        sender=sender,
        now=now,
    )


def _use_by(campaign: Campaign) -> str:
    return f" ขอให้เผยแพร่ภายใน {short_date(campaign.use_by)}" if campaign.use_by else ""


def mark_seen(
    *, viewer: Viewer, now: datetime, campaign: Campaign | None = None, material_id: int = 0
) -> None:
    """The office has looked at a campaign, or at a material that campaigns brought to it.

    Whoever looks from above ("view as"), for the centre beside the office, or without a post there leaves no trace.
    """
    if viewer.only_steers:
        return
    if viewer.read_only or viewer.user is None or viewer.organization is None or not viewer.roles:
        return
    rows = Delivery.objects.filter(recipient=viewer.organization, seen_at=None)
    chosen = rows.filter(campaign=campaign) if campaign else rows.filter(campaign__materials=material_id)
    chosen.update(seen_at=now, seen_by=viewer.user)
