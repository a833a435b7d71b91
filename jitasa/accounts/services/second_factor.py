"""A person's second factors: an authenticator app, passkeys, recovery codes; and taking all of them away.

The rows are ``allauth.mfa``'s ``Authenticator``; secrets in them are sealed (``accounts.sealing``).
"""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.services.proofs import totp_step
from jitasa.accounts.services.sessions import end_all_sessions
from jitasa.accounts.services.tell import tell
from jitasa.audit.labels import label
from jitasa.audit.services.record import Actor, record
from jitasa.problems import Conflict, Refusal

Type = Authenticator.Type
NAME_LENGTH = 60


@transaction.atomic
def add_app(*, actor: Actor, user: User, secret: str, code: str, now: datetime) -> list[str]:
    """An authenticator app that has shown its first code; returns recovery codes made with it, once.

    :raises Refusal: the code is not the app's. :raises Conflict: there is an app already.
    """
    _locked(user)
    if Authenticator.objects.filter(user=user, type=Type.TOTP).exists():
        raise Conflict(_("มีแอปยืนยันตัวตนอยู่แล้ว ถ้าเปลี่ยนโทรศัพท์ให้ลบแอปเดิมก่อน"))
    step = totp_step(secret, code, now)
    if step is None:
        text = _("รหัสไม่ตรงกับแอป ดูรหัสปัจจุบันแล้วพิมพ์ใหม่ ถ้ายังไม่ตรง ให้ตั้งเวลาของโทรศัพท์เป็นอัตโนมัติ")
        raise Refusal(fields={"code": [text]})
    row = TOTP.activate(user, secret).instance
    row.data["used_step"], row.created_at = step, now
    row.save(update_fields=["data", "created_at"])
    _noted(actor, user, "accounts.add_app", {}, now)
    return _codes_with_the_first(actor, user, now)


@transaction.atomic
def add_passkey(
    *, actor: Actor, user: User, name: str, credential: dict[str, Any], now: datetime
) -> list[str]:
    """A passkey that the browser has made and the form has checked; returns recovery codes made with it."""
    _locked(user)
    row = WebAuthn.add(user, name.strip()[:NAME_LENGTH], credential).instance
    row.created_at = now
    row.save(update_fields=["created_at"])
    _noted(actor, user, "accounts.add_passkey", {"name": row.data["name"]}, now)
    return _codes_with_the_first(actor, user, now)


@transaction.atomic
def remove_factor(*, actor: Actor, user: User, factor: Authenticator, now: datetime) -> None:
    """Take an app or a passkey away; recovery codes go with the last of them."""
    _locked(user)
    data = {"name": factor.data["name"]} if factor.type == Type.WEBAUTHN else {}
    verb = "accounts.remove_passkey" if factor.type == Type.WEBAUTHN else "accounts.remove_app"
    factor.delete()
    rows = Authenticator.objects.filter(user=user)
    if not rows.exclude(type=Type.RECOVERY_CODES).exists():
        rows.delete()
    _noted(actor, user, verb, data, now)


@transaction.atomic
def make_recovery_codes(*, actor: Actor, user: User, now: datetime) -> list[str]:
    """New recovery codes, returned once; the old ones open nothing from now on."""
    _locked(user)
    if not Authenticator.objects.filter(user=user).exclude(type=Type.RECOVERY_CODES).exists():
        raise Refusal(_("เพิ่มแอปยืนยันตัวตนหรือพาสคีย์ก่อน แล้วจึงทำรหัสสำรอง"))
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    return _new_codes(actor, user, now)


@transaction.atomic
def take_all_away(*, user: User) -> int:
    """Remove every second factor and end all sessions; runs inside the caller's transaction and entry.

    Returns how many apps and passkeys there were.
    """
    _locked(user)
    rows = Authenticator.objects.filter(user=user)
    count: int = rows.exclude(type=Type.RECOVERY_CODES).count()
    rows.delete()
    end_all_sessions(user)
    return count


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _codes_with_the_first(actor: Actor, user: User, now: datetime) -> list[str]:
    if Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).exists():
        return []
    return _new_codes(actor, user, now)


def _new_codes(actor: Actor, user: User, now: datetime) -> list[str]:
    codes = RecoveryCodes.activate(user)
    _noted(actor, user, "accounts.make_recovery_codes", {}, now)
    return list(codes.generate_codes())


def _noted(actor: Actor, user: User, verb: str, data: dict[str, Any], now: datetime) -> None:
    record(actor=actor, verb=verb, subject=user, data=data, now=now)

    def words() -> tuple[str, str]:
        return label(verb), _("ถ้าไม่ใช่ท่านที่ทำ ให้เปลี่ยนรหัสผ่านทันที และแจ้งผู้ดูแลสำนักงานของท่าน")

    tell(people=[user], kind="security", words=words, url=reverse("accounts:security"), now=now)
