"""Make, end and note the use of tokens."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.api import rules
from jitasa.api.choices import Scope
from jitasa.api.models import ApiToken
from jitasa.audit.services.record import record
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.text import normalise
from jitasa.ui.database import done_if_free

PREFIX = "jt_"  # so that a token in a file or mail is recognised as one
PURPOSE = "api token"
SHOWN = 8
USED_EVERY = timedelta(minutes=5)
NO_RIGHT = "เฉพาะผู้ดูแลของสำนักงานที่ออกและยกเลิกโทเคนได้"


def issue_token(
    *, actor: Viewer, name: str, scopes: Sequence[str], days: int, now: datetime
) -> tuple[ApiToken, str]:
    """A new token of the actor's office: its row, and the token itself, which is kept nowhere.

    :raises Forbidden: not an administrator of the office.
    :raises Refusal: by field.
    """
    office = actor.organization
    if office is None or not rules.may_issue_token(actor):
        raise Forbidden(_(NO_RIGHT))
    name, known = normalise(name), [code for code in Scope.values if code in scopes]
    _refuse(name, known, days)
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=office.pk)
        in_use = ApiToken.objects.filter(organization=office, revoked_at=None, expires_at__gt=now)
        if in_use.count() >= rules.TOKENS_MOST:
            words = _("มีโทเคนที่ใช้ได้อยู่แล้ว %(most)d รายการ ยกเลิกรายการที่ไม่ใช้ก่อน")
            raise Refusal(words % {"most": rules.TOKENS_MOST}, code="too_many_tokens")
        row = ApiToken.objects.create(
            organization=office,
            name=name,
            scopes=known,
            mac=settings.KEYS["tokens"].mac(token, purpose=PURPOSE),
            first=token[:SHOWN],
            created_at=now,
            created_by=actor.user,
            expires_at=now + timedelta(days=days),
        )
        data = {"scopes": known, "expires_at": row.expires_at}
        record(actor=actor, verb="api.issue_token", subject=row, data=data, now=now)
    return row, token


def _refuse(name: str, scopes: Sequence[str], days: int) -> None:
    wrong: dict[str, list[str]] = {}
    if not name or len(name) > 80:
        wrong["name"] = [_("เขียนชื่อระบบที่จะใช้โทเคนนี้ ไม่เกิน 80 ตัวอักษร")]
    if not scopes:
        wrong["scopes"] = [_("เลือกอย่างน้อยหนึ่งอย่างที่ระบบนั้นทำได้")]
    if not 1 <= days <= rules.LONGEST_DAYS:
        wrong["days"] = [_("กรอกจำนวนวันระหว่าง 1 ถึง %(most)d") % {"most": rules.LONGEST_DAYS}]
    if wrong:
        raise Refusal(fields=wrong, code="invalid")


def revoke_token(*, actor: Viewer, token: ApiToken, now: datetime) -> ApiToken:
    """The token opens nothing from now on. Revoking again changes nothing.

    :raises Forbidden: not an administrator of the token's office.
    """
    if not rules.may_revoke_token(actor, token):
        raise Forbidden(_(NO_RIGHT))
    with transaction.atomic():
        row = ApiToken.objects.select_for_update(no_key=True).get(pk=token.pk)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = now, actor.user
            row.save(update_fields=["revoked_at", "revoked_by"])
            record(actor=actor, verb="api.revoke_token", subject=row, now=now)
    return row


def note_used(token: ApiToken, now: datetime) -> None:
    """Keep "last used" fresh, writing at most once in five minutes, and not at all while the database is busy."""
    if token.used_at is None or now - token.used_at >= USED_EVERY:
        done_if_free(lambda: ApiToken.objects.filter(pk=token.pk).update(used_at=now))
