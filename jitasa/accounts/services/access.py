"""The access log: who signed in or out or failed to, when, from where (Computer Crime Act s.26).

Entries of a known person stand in that person's chain, whatever office is chosen later; tries with
a name nobody has stand in the chain ``access``. The name typed then is not kept: people type
passwords into the wrong field.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from jitasa.accounts.models import User
from jitasa.accounts.rules import clean_username
from jitasa.audit.services.record import record


@dataclass(frozen=True)
class Somebody:
    """The actor of an entry outside any office: a person, or a stranger at an address."""

    user: User | None = None
    address: str = ""
    office_id: int | None = None
    office_name: str = ""

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def user_name(self) -> str:
        return str(self.user) if self.user else "ผู้เยี่ยมชม"


def record_sign_in(*, user: User, address: str, now: datetime) -> None:
    """A person has signed in."""
    record(actor=Somebody(user, address), verb="accounts.sign_in", subject=user, now=now)


def record_sign_out(*, user: AbstractBaseUser | object, address: str, now: datetime) -> None:
    """A person has signed out; nothing is written for somebody who was not signed in."""
    if isinstance(user, User):
        record(actor=Somebody(user, address), verb="accounts.sign_out", subject=user, now=now)


def record_failed_sign_in(
    *, username: str, address: str, now: datetime, locked: bool = False, expired: bool = False
) -> None:
    """A try with a wrong name or password, or with a one-time password that is over (``expired``).

    ``locked`` when this name is shut for this address.
    """
    user = User.objects.filter(username=clean_username(username)).first()
    record(
        actor=Somebody(address=address),
        verb="accounts.sign_in_failed",
        subject=user,
        data={"locked": locked, **({"expired": True} if expired else {})},
        chain=f"person:{user.pk}" if user else "access",
        now=now,
    )
