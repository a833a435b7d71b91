"""Add, try, switch on again and end a webhook of an office."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.organizations import versions
from jitasa.organizations.models import Organization
from jitasa.organizations.models.version import Topic
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.text import normalise
from jitasa.webhooks import rules
from jitasa.webhooks.choices import TEST, Event, State
from jitasa.webhooks.models import Delivery, Webhook
from jitasa.webhooks.outgoing import NotAllowed, target_of
from jitasa.webhooks.sealing import new_secret, seal
from jitasa.webhooks.services.announce import call_worker, message_to
from jitasa.webhooks.services.send import drop_waiting

NO_RIGHT = gettext_noop("เฉพาะผู้ดูแลของสำนักงานที่ตั้งและยกเลิกการแจ้งระบบอื่นได้")


def add_webhook(
    *, actor: Viewer, name: str, url: str, events: Sequence[str], now: datetime
) -> tuple[Webhook, str]:
    """A new address of the actor's office, and the secret that signs, which is never shown again.

    :raises Forbidden: not an administrator of the office. :raises Refusal: by field.
    """
    office = actor.organization
    if office is None or not rules.may_add_webhook(actor):
        raise Forbidden(_(NO_RIGHT))
    name, url = normalise(name), url.strip()
    known = [code for code in Event.values if code in events]
    _refuse(name, url, known)
    secret = new_secret()
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=office.pk)
        if Webhook.objects.filter(organization=office, revoked_at=None).count() >= rules.WEBHOOKS_MOST:
            words = _("มีที่อยู่ที่ใช้อยู่แล้ว %(most)d แห่ง ยกเลิกแห่งที่ไม่ใช้ก่อน")
            raise Refusal(words % {"most": rules.WEBHOOKS_MOST}, code="too_many_webhooks")
        row = Webhook.objects.create(
            organization=office,
            name=name,
            url=url,
            events=known,
            sealed=seal(secret),
            created_at=now,
            created_by=actor.user,
        )
        versions.changed(Topic.REGISTRY)
        data = {"url": url, "events": known}
        record(actor=actor, verb="webhook.add", subject=row, data=data, now=now)
    return row, secret


def _refuse(name: str, url: str, events: Sequence[str]) -> None:
    wrong: dict[str, list[str]] = {}
    if not name or len(name) > 80:
        wrong["name"] = [_("เขียนชื่อระบบที่จะรับแจ้ง ไม่เกิน 80 ตัวอักษร")]
    if not events:
        wrong["events"] = [_("เลือกอย่างน้อยหนึ่งเหตุการณ์ที่จะแจ้ง")]
    if not url or len(url) > 500 or not url.isascii() or any(each <= " " for each in url):
        wrong["url"] = [_("กรอกที่อยู่ ตั้งแต่ https:// ไม่เกิน 500 ตัวอักษร เป็นอักษรอังกฤษ ไม่มีช่องว่าง")]
    else:
        try:
            target_of(url)
        except NotAllowed as refused:
            wrong["url"] = [str(refused)]
    if wrong:
        raise Refusal(fields=wrong, code="invalid")


def _locked(actor: Viewer, webhook: Webhook) -> Webhook:
    """:raises Forbidden:"""
    if not rules.may_change_webhook(actor, webhook):
        raise Forbidden(_(NO_RIGHT))
    return (
        Webhook.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=webhook.pk)
    )


def try_webhook(*, actor: Viewer, webhook: Webhook, now: datetime) -> Delivery:
    """Send a message that only tries the way, at once, whatever failed before.

    :raises Conflict: the address has ended, or a message of this kind still waits.
    """
    with transaction.atomic():
        row = _locked(actor, webhook)
        if row.ended:
            raise Conflict(_("ที่อยู่นี้เลิกใช้แล้ว เปิดใช้หรือเพิ่มใหม่ก่อน"), code="ended")
        if row.deliveries.filter(state=State.WAITING, event=TEST).exists():
            found = row.deliveries.filter(state=State.WAITING, event=TEST).latest("pk")
        else:
            found = message_to(row, now=now)
            found.save(force_insert=True)
        row.retry_at = None
        row.save(update_fields=["retry_at"])
        record(actor=actor, verb="webhook.try", subject=row, now=now)
        transaction.on_commit(partial(call_worker, row.pk), robust=True)
    return found


def switch_on(*, actor: Viewer, webhook: Webhook, now: datetime) -> Webhook:
    """Use an address again that was switched off after long failure. On already: nothing changes.

    :raises Conflict: it was ended for good.
    """
    with transaction.atomic():
        row = _locked(actor, webhook)
        if row.revoked_at is not None:
            raise Conflict(_("ที่อยู่นี้ยกเลิกแล้ว เพิ่มใหม่"), code="ended")
        if row.off_at is not None:
            row.off_at, row.failures, row.failing_since, row.retry_at = None, 0, None, None
            row.save(update_fields=["off_at", "failures", "failing_since", "retry_at"])
            versions.changed(Topic.REGISTRY)
            record(actor=actor, verb="webhook.on", subject=row, now=now)
    return row


def revoke_webhook(*, actor: Viewer, webhook: Webhook, now: datetime) -> Webhook:
    """Nothing is sent there from now on, and the secret is destroyed. Again changes nothing."""
    with transaction.atomic():
        row = _locked(actor, webhook)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by, row.sealed = now, actor.user, ""
            row.save(update_fields=["revoked_at", "revoked_by", "sealed"])
            drop_waiting(row)
            versions.changed(Topic.REGISTRY)
            record(actor=actor, verb="webhook.revoke", subject=row, now=now)
    return row
