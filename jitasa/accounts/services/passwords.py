"""Change one's own password; give a one-time password to somebody else."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from jitasa.accounts.models import User
from jitasa.audit.services.record import Actor, record

# No letter that looks like another or like a digit, so that it can be read out and typed.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """``k7mp-2xqd-w9ra-hu4t``: 16 letters and digits, about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def set_one_time_password(user: User, *, now: datetime) -> str:
    """Replace a person's password by a generated one that must be changed at the first sign-in.

    It works for ``ONE_TIME_PASSWORD_DAYS`` days: one that is never used opens nothing later on.
    Runs inside the caller's transaction and audit entry. All sessions of the person end, because
    they hang on the password. Returns the only copy of the password.
    """
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_until = now + timedelta(days=settings.ONE_TIME_PASSWORD_DAYS)
    user.save(update_fields=["password", "must_change_password", "password_until"])
    return password


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str, now: datetime) -> None:
    """Set a person's own new password, already validated by the form."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    locked.set_password(password)
    locked.must_change_password, locked.password_until = False, None
    locked.save(update_fields=["password", "must_change_password", "password_until"])
    user.password, user.must_change_password = locked.password, False
    record(actor=actor, verb="accounts.change_password", subject=user, now=now)
