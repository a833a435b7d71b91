"""Send a campaign to its recipients: in the background, in chunks, resumable, never twice.

As with letters: what is left stands in the campaign (``pending``), a chunk is one transaction, and a
``Delivery`` is unique per campaign and office. An office merged away before its chunk's turn is
replaced by its successor, and the delivery says in whose place.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from jitasa.letters.selectors.recipients import Addressee, resolve
from jitasa.letters.values import Recipients
from jitasa.notices.models import Notice, NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models import Campaign, Delivery
from jitasa.thai.dates import short_date

CHUNK = 200
log = logging.getLogger(__name__)


def start_sending(*, campaign: Campaign, addressees: Sequence[Addressee], now: datetime) -> None:
    """Note who is to get it and ask the worker; one chunk is sent at once.

    Runs in the transaction that sends the campaign.
    """
    campaign.pending = [[each.recipient_id, each.addressed_id] for each in addressees]
    campaign.send_total, campaign.sent_count = len(addressees), 0
    campaign.save(update_fields=["pending", "send_total", "sent_count"])
    if len(addressees) <= CHUNK:
        send_chunk(campaign_id=campaign.pk, now=now)
        campaign.refresh_from_db()
        return
    transaction.on_commit(lambda: _enqueue(campaign.pk))


def _enqueue(campaign_id: int) -> None:
    from jitasa.publicity.tasks import send as task

    task.enqueue(campaign_id)


def send_all(*, campaign_id: int) -> int:
    """Send everything that is left, chunk by chunk; answers how many were sent in this call."""
    sent = 0
    while count := send_chunk(campaign_id=campaign_id, now=timezone.now()):
        sent += count
    return sent


def resume() -> int:
    """Go on with campaigns whose sending was interrupted; called by the worker's upkeep."""
    waiting = Campaign.objects.filter(status=CampaignStatus.SENT, sent_count__lt=F("send_total"))
    sent = 0
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        try:
            sent += send_all(campaign_id=pk)
        except Exception:  # the next minute tries again; the log says which campaign it was
            log.exception("sending of campaign %s stopped", pk)
    return sent


def send_chunk(*, campaign_id: int, now: datetime) -> int:
    """Send to the next ``CHUNK`` recipients in one transaction; 0 when nothing is left."""
    with transaction.atomic():
        rows = Campaign.objects.select_for_update(of=("self",)).select_related("organization")
        campaign = rows.get(pk=campaign_id)
        chunk, rest = campaign.pending[:CHUNK], campaign.pending[CHUNK:]
        if not chunk or campaign.status != CampaignStatus.SENT:  # a stopped one goes no further
            return 0
        fresh = _fresh(campaign, chunk, now)
        Delivery.objects.bulk_create(fresh)
        deliver(_notice(campaign, delivery, now) for delivery in fresh)
        campaign.pending = rest
        campaign.sent_count = campaign.send_total - len(rest)
        campaign.save(update_fields=["pending", "sent_count"])
        return len(chunk)


def _fresh(campaign: Campaign, chunk: list[list[int | None]], now: datetime) -> list[Delivery]:
    """The deliveries of a chunk that are not there yet, each to an office that stands today."""
    chosen = {recipient: addressed for recipient, addressed in chunk if recipient is not None}
    standing = resolve(campaign.organization, Recipients(offices=tuple(chosen)))
    there = set(
        Delivery.objects.filter(
            campaign=campaign, recipient__in=[each.recipient_id for each in standing]
        ).values_list("recipient_id", flat=True)
    )
    offices = Organization.objects.in_bulk([each.recipient_id for each in standing])
    return [
        Delivery(
            campaign=campaign,
            recipient=offices[each.recipient_id],
            addressed_id=each.addressed_id or chosen.get(each.recipient_id),
            delivered_at=now,
        )
        for each in standing
        if each.recipient_id not in there
    ]


def _notice(campaign: Campaign, delivery: Delivery, now: datetime) -> Notice:
    by = f" ภายใน {short_date(campaign.use_by)}" if campaign.use_by else ""
    return written(
        organization=delivery.recipient,
        kind=NoticeKind.MATERIAL,
        title=f"สื่อใหม่ให้เผยแพร่{by}: {campaign.title}",
        body=campaign.message[:300],
        url=reverse("publicity:campaign", args=[campaign.uuid]),
        sender=campaign.organization,
        now=now,
    )
