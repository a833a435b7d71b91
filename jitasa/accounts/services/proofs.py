"""Check what somebody gives as a proof of being the person: a code, a recovery code, the password.

Tries are counted by ``services.guessing`` for all processes together; wrong ones are entries of the audit.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.rules_guessing import minutes
from jitasa.accounts.rules_mfa import clean_code, steps_around
from jitasa.accounts.sealing import unseal
from jitasa.accounts.services.access import AccessActor
from jitasa.accounts.services.guessing import (
    TooManyTries,
    Try,
    begin_own,
    begin_second_step,
    take_back,
)
from jitasa.audit.services.record import record
from jitasa.problems import Refusal

AT_SIGN_IN, LATER = "accounts.second_step_failed", "accounts.confirm_failed"
Type = Authenticator.Type


def check_code(
    *, user: User, code: str, address: str, now: datetime, verb: str = LATER
) -> Authenticator | None:
    """The authenticator whose code this is: the app's current one, or a recovery code not yet used.

    A code opens once: the app's time step and the recovery code are marked as used in one transaction. The
    try is counted before the code is looked at (``services.guessing``).
    :raises Refusal: too many wrong ones; says how long to wait.
    """
    tried = _begin(user, address, verb, now)
    found = _owner_of(user, clean_code(code), now)
    if found is None:
        _note_failure(user, address, verb, now)
    else:
        take_back(tried)
    return found


def check_password(*, user: User, password: str, address: str, now: datetime) -> bool:
    """Whether this is the person's password, typed by somebody signed in. The only place that asks so.

    :raises TooManyTries: after too many wrong ones, whatever is typed now.
    """
    tried = begin_own(user=user, now=now)
    if user.check_password(password):
        take_back(tried)
        return True
    _note_failure(user, address, LATER, now)
    return False


def totp_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, or nothing."""
    for step in steps_around(now):
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), code):
            return step
    return None


def _begin(user: User, address: str, verb: str, now: datetime) -> Try:
    try:
        if verb == AT_SIGN_IN:
            return begin_second_step(user=user, address=address, now=now)
        return begin_own(user=user, now=now)
    except TooManyTries as refusal:
        text = _("กรอกรหัสผิดหลายครั้ง รอ %(n)d นาทีแล้วลองใหม่ หรือใช้พาสคีย์ ถ้าไม่ใช่ท่านที่ลอง ให้เปลี่ยนรหัสผ่านทันที")
        raise Refusal(text % {"n": minutes(refusal.wait)}, code=refusal.code) from None


@transaction.atomic
def _owner_of(user: User, code: str, now: datetime) -> Authenticator | None:
    return _app_of_code(user, code, now) or _recovery_of_code(user, code)


@transaction.atomic
def _note_failure(user: User, address: str, verb: str, now: datetime) -> None:
    record(actor=AccessActor(address=address), verb=verb, subject=user, chain=f"person:{user.pk}", now=now)


def _app_of_code(user: User, code: str, now: datetime) -> Authenticator | None:
    row = Authenticator.objects.select_for_update(no_key=True).filter(user=user, type=Type.TOTP).first()
    step = totp_step(unseal(row.data["secret"]), code, now) if row else None
    if row is None or step is None or step <= int(row.data.get("used_step", 0)):
        return None
    row.data["used_step"] = step
    row.save(update_fields=["data"])
    return row


def _recovery_of_code(user: User, code: str) -> Authenticator | None:
    row = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return row if row is not None and row.wrap().validate_code(code) else None
