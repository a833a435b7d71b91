"""The access log: who signed in or out or failed to, when, from where (Computer Crime Act s.26).

Entries of a known person stand in that person's chain, whatever office is chosen later; tries with
a name nobody has stand in the chain ``access``. The name typed then is not kept: people type
passwords into the wrong field.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import PersonalNotice, User
from jitasa.accounts.rules import clean_username
from jitasa.accounts.services.guessing import Try
from jitasa.accounts.services.tell import tell
from jitasa.audit.services.record import record
from jitasa.ui.days import date_time

logger = logging.getLogger(__name__)
TELL_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class AccessActor:
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
    record(actor=AccessActor(user, address), verb="accounts.sign_in", subject=user, now=now)


def record_sign_out(*, user: AbstractBaseUser | object, address: str, now: datetime) -> None:
    """A person has signed out; nothing is written for somebody who was not signed in."""
    if isinstance(user, User):
        record(actor=AccessActor(user, address), verb="accounts.sign_out", subject=user, now=now)


def record_session_over(*, user: User, address: str, reason: str, now: datetime) -> None:
    """A session ended by itself: not used for long (``idle``), or too old (``age``)."""
    with transaction.atomic():
        data = {"reason": reason}
        record(
            actor=AccessActor(user, address), verb="accounts.session_over", subject=user, data=data, now=now
        )


def record_failed_sign_in(
    *, username: str, address: str, now: datetime, locked: bool = False, expired: bool = False
) -> None:
    """A try with a wrong name or password, or with a one-time password that is over (``expired``).

    ``locked`` when this try made the next one wait.
    """
    user = User.objects.filter(username=clean_username(username)).first()
    record(
        actor=AccessActor(address=address),
        verb="accounts.sign_in_failed",
        subject=user,
        data={"locked": locked, **({"expired": True} if expired else {})},
        chain=f"person:{user.pk}" if user else "access",
        now=now,
    )


@transaction.atomic
def record_wrong_password(*, username: str, address: str, tried: Try, now: datetime) -> None:
    """A counted try was wrong. When it makes the next one wait, the operator's log says so and the person
    is told, at most once a day."""
    record_failed_sign_in(username=username, address=address, locked=bool(tried.shut), now=now)
    if not tried.shut:
        return
    logger.warning(
        "password guessing: account %s from network %s must wait %d s",
        tried.user.username if tried.user else "(no such name)",
        tried.network or "(unknown)",
        tried.wait.total_seconds(),
    )
    user = tried.user
    if user is None or not user.is_active:
        return
    told = PersonalNotice.objects.filter(user=user, kind="guesses", created_at__gt=now - TELL_EVERY)
    if not told.exists():
        url = "/accounts/sessions/"
        tell(people=[user], kind="guesses", words=lambda: _guessed(tried.network, now), url=url, now=now)


def _guessed(network: str, now: datetime) -> tuple[str, str]:
    body = _(
        "จากเครือข่าย %(network)s เมื่อ %(when)s ระบบให้รอก่อนลองใหม่แล้ว ท่านยังเข้าสู่ระบบจากอุปกรณ์และเครือข่ายที่เคยใช้ได้ "
        "ถ้าไม่ใช่ท่าน ให้ดูอุปกรณ์ที่เข้าสู่ระบบอยู่และเปลี่ยนรหัสผ่าน"
    )
    return _("มีผู้กรอกรหัสผ่านของท่านผิดหลายครั้ง"), body % {"network": network, "when": date_time(now)}
