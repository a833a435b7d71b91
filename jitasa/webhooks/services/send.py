"""The worker's part: send what waits for one address, in its order; after a failure wait, after days give up."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from http.client import HTTPException

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations import versions
from jitasa.organizations.models.version import Topic
from jitasa.organizations.viewer import SYSTEM
from jitasa.ui.days import date_time
from jitasa.webhooks import rules
from jitasa.webhooks.choices import State
from jitasa.webhooks.models import Delivery, Webhook
from jitasa.webhooks.outgoing import NotAllowed, post, target_of
from jitasa.webhooks.sealing import Unreadable, signature
from jitasa.webhooks.services.announce import call_worker

log = logging.getLogger(__name__)
AT_ONCE = 20  # messages of one job; then the next address has its turn
LEASE = timedelta(minutes=10)  # a worker that was killed keeps an address no longer
AGENT = "INFO-jitasa-webhooks/1"


def send_waiting(webhook_id: int, *, clock: Callable[[], datetime] = timezone.now) -> int:
    """Send the messages of one address, oldest first, until one fails; returns how many arrived."""
    if not _taken(webhook_id, clock()):
        return 0
    sent = 0
    try:
        hook = Webhook.objects.select_related("organization").get(pk=webhook_id)
        for row in hook.deliveries.filter(state=State.WAITING).order_by("pk")[:AT_ONCE]:
            if not _sent(hook, row, clock):
                break
            sent += 1
    finally:
        Webhook.objects.filter(pk=webhook_id).update(busy_until=None)
    if sent == AT_ONCE:
        call_worker(webhook_id)
    return sent


def _taken(webhook_id: int, now: datetime) -> bool:
    """Whether this worker may send now: the address is in use, its time has come, no other worker is at it."""
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    due = Q(retry_at=None) | Q(retry_at__lte=now)
    rows = Webhook.objects.filter(free, due, pk=webhook_id, revoked_at=None, off_at=None)
    return bool(rows.update(busy_until=now + LEASE))


def _sent(hook: Webhook, row: Delivery, clock: Callable[[], datetime]) -> bool:
    status, problem = _tried(hook, row, clock())
    done, now = 200 <= status < 300, clock()
    since = now
    with transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(
            tries=F("tries") + 1,
            tried_at=now,
            answered=status,
            problem="" if done else problem[:200],
            state=State.SENT if done else State.WAITING,
        )
        kept = Webhook.objects.select_for_update(no_key=True).get(pk=hook.pk)
        if done:
            kept.failures, kept.failing_since, kept.retry_at = 0, None, None
        else:
            kept.failures += 1
            since = kept.failing_since = kept.failing_since or now
            kept.retry_at = rules.next_try(kept.failures, now)
        kept.save(update_fields=["failures", "failing_since", "retry_at"])
        if not done and kept.off_at is None and rules.is_given_up(since, now):
            _switch_off(kept, problem, now)
    return done


def _tried(hook: Webhook, row: Delivery, now: datetime) -> tuple[int, str]:
    """The status of the answer (0: none), and what to tell the administrator."""
    stamp = int(now.timestamp())
    try:
        signed = signature(hook.sealed, uuid=str(row.uuid), stamp=stamp, body=row.body)
        status = post(
            target_of(hook.url),
            row.body.encode(),
            {
                "Content-Type": "application/json",
                "User-Agent": AGENT,
                "webhook-id": str(row.uuid),
                "webhook-timestamp": str(stamp),
                "webhook-signature": signed,
            },
        )
    except NotAllowed as refused:
        return 0, str(refused)
    except Unreadable as lost:
        log.error("%s", lost)
        return 0, _("อ่านกุญแจลับไม่ได้ เพิ่มที่อยู่นี้ใหม่")
    except (OSError, HTTPException) as failed:
        return 0, _("ติดต่อไม่ได้: %(why)s") % {"why": type(failed).__name__}
    return status, _("ระบบปลายทางตอบ %(status)d") % {"status": status}


def _switch_off(hook: Webhook, problem: str, now: datetime) -> None:
    """Stop; the office is told, and what waits is dropped: its program reads anew what it missed."""
    hook.off_at = now
    hook.save(update_fields=["off_at"])
    drop_waiting(hook)
    versions.changed(Topic.REGISTRY)
    since = date_time(hook.failing_since) if hook.failing_since else ""
    notify(
        organization=hook.organization,
        kind=NoticeKind.REMINDER,
        title=f"หยุดแจ้งระบบ “{hook.name}” เพราะติดต่อไม่ได้ตั้งแต่ {since}",
        body=problem,
        url=reverse("webhooks:detail", args=[hook.pk]),
        now=now,
    )
    record(actor=SYSTEM, verb="webhook.off", subject=hook, data={"problem": problem}, now=now)


def drop_waiting(hook: Webhook) -> int:
    """Messages of an address that ended go nowhere."""
    return hook.deliveries.filter(state=State.WAITING).update(state=State.DROPPED)


def wake_webhooks(*, now: datetime) -> int:
    """Call the worker for every address whose messages wait and whose time has come (a chore)."""
    waiting = Delivery.objects.filter(webhook=OuterRef("pk"), state=State.WAITING)
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    due = Q(retry_at=None) | Q(retry_at__lte=now)
    rows = Webhook.objects.filter(free, due, Exists(waiting), revoked_at=None, off_at=None)
    found = list(rows.values_list("pk", flat=True))
    for pk in found:
        call_worker(pk)
    return len(found)


def forget_deliveries(*, now: datetime) -> int:
    """Remove messages after ``KEPT_DAYS`` (a chore)."""
    gone, _by_model = Delivery.objects.filter(created_at__lt=now - timedelta(days=rules.KEPT_DAYS)).delete()
    return gone
