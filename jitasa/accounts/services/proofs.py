"""Check what somebody gives as a proof of being the person: a code, a recovery code, the password.

Wrong ones are entries of the audit and are counted there, so that the limit holds for all processes
together and nothing forgets it (``rules_mfa.FROM_ONE_NETWORK``, ``FROM_EVERYWHERE``).
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.accounts.rules_mfa import (
    FROM_EVERYWHERE,
    FROM_ONE_NETWORK,
    clean_code,
    open_again_at,
    steps_around,
)
from jitasa.accounts.sealing import unseal
from jitasa.accounts.services.access import Somebody
from jitasa.audit.models import Entry
from jitasa.audit.services.record import record
from jitasa.problems import Refusal
from jitasa.ui.days import date_time

AT_SIGN_IN, LATER = "accounts.second_step_failed", "accounts.confirm_failed"
Type = Authenticator.Type


@transaction.atomic
def check_code(
    *, user: User, code: str, address: str, now: datetime, verb: str = LATER
) -> Authenticator | None:
    """The authenticator whose code this is: the app's current one, or a recovery code not yet used.

    A code opens once: the app's time step and the recovery code are marked as used in this transaction.
    :raises Refusal: too many wrong ones; says from when on to try again.
    """
    _stand_in_line(user, address, now)
    typed = clean_code(code)
    found = _app_of_code(user, typed, now) or _recovery_of_code(user, typed)
    if found is None:
        _note_failure(user, address, verb, now)
    return found


@transaction.atomic
def check_password(*, user: User, password: str, address: str, now: datetime) -> bool:
    """Whether this is the person's password. :raises Refusal: too many wrong ones."""
    _stand_in_line(user, address, now)
    is_right = user.check_password(password)
    if not is_right:
        _note_failure(user, address, LATER, now)
    return is_right


def totp_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, or nothing."""
    for step in steps_around(now):
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), code):
            return step
    return None


def _stand_in_line(user: User, address: str, now: datetime) -> None:
    """Tries of one person are looked at one after another. :raises Refusal: too many wrong ones."""
    User.objects.select_for_update().get(pk=user.pk)
    failures = list(
        Entry.objects.filter(
            subject_type="accounts.user",
            subject_id=str(user.pk),
            verb__in=(AT_SIGN_IN, LATER),
            at__gt=now - FROM_EVERYWHERE.span,
        ).values_list("at", "address")
    )
    here = [at for at, where in failures if where == address]
    until = open_again_at(here, FROM_ONE_NETWORK, now) or open_again_at(
        [at for at, _where in failures], FROM_EVERYWHERE, now
    )
    if until is not None:
        text = _("ใส่รหัสผิดหลายครั้ง ลองใหม่ได้ตั้งแต่ %(when)s หรือใช้พาสคีย์ ถ้าไม่ใช่ท่านที่ลอง ให้เปลี่ยนรหัสผ่านทันที")
        raise Refusal(text % {"when": date_time(until)}, code="too_many_tries")


def _note_failure(user: User, address: str, verb: str, now: datetime) -> None:
    record(actor=Somebody(address=address), verb=verb, subject=user, chain=f"person:{user.pk}", now=now)


def _app_of_code(user: User, code: str, now: datetime) -> Authenticator | None:
    row = Authenticator.objects.select_for_update().filter(user=user, type=Type.TOTP).first()
    step = totp_step(unseal(row.data["secret"]), code, now) if row else None
    if row is None or step is None or step <= int(row.data.get("used_step", 0)):
        return None
    row.data["used_step"] = step
    row.save(update_fields=["data"])
    return row


def _recovery_of_code(user: User, code: str) -> Authenticator | None:
    row = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return row if row is not None and row.wrap().validate_code(code) else None
