"""Reads about second factors, linked identities and what happened to an account."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef

from jitasa.accounts.models import User
from jitasa.audit.labels import label
from jitasa.audit.models import Entry

Type = Authenticator.Type
FACTORS = (Type.TOTP, Type.WEBAUTHN)
# What the owner of an account should notice when it was not her.
EVENTS = (
    "accounts.add_app",
    "accounts.remove_app",
    "accounts.add_passkey",
    "accounts.remove_passkey",
    "accounts.make_recovery_codes",
    "accounts.second_step_failed",
    "accounts.confirm_failed",
    "accounts.link_identity",
    "accounts.unlink_identity",
    "accounts.change_password",
    "organizations.reset_password",
    "organizations.reset_second_factor",
)


@dataclass(frozen=True)
class Factor:
    """One app or passkey as a page shows it."""

    pk: int
    is_passkey: bool
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """Everything a person has beside the password."""

    app: Factor | None
    passkeys: list[Factor]
    recovery_left: int | None

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


@dataclass(frozen=True)
class AccountEvent:
    """Something that happened to an account, as its owner reads it."""

    at: datetime
    words: str
    actor_name: str
    address: str


def has_second_factor(user: User) -> bool:
    """Whether the person has an app or a passkey (recovery codes alone are none)."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def with_second_factor(user: str) -> Exists:
    """The same as a condition of another query; ``user`` names its column of the person."""
    return Exists(Authenticator.objects.filter(user=OuterRef(user), type__in=FACTORS))


def factors_of(user: User) -> Factors:
    """A person's app, passkeys and the number of recovery codes not yet used: one query."""
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    shown = [_shown(row) for row in rows if row.type in FACTORS]
    codes = next((row for row in rows if row.type == Type.RECOVERY_CODES), None)
    return Factors(
        app=next((each for each in shown if not each.is_passkey), None),
        passkeys=[each for each in shown if each.is_passkey],
        recovery_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def _shown(row: Authenticator) -> Factor:
    is_passkey = row.type == Type.WEBAUTHN
    name = str(row.data.get("name", "")) if is_passkey else ""
    return Factor(row.pk, is_passkey, name, row.created_at, row.last_used_at)


def identity_of(user: User) -> SocialAccount | None:
    """The identity of an outside provider linked to the account, if any."""
    return SocialAccount.objects.filter(user=user).first()


def security_events_of(user: User, *, most: int = 10) -> list[AccountEvent]:
    """The latest acts on a person's account, whoever did them; the newest first."""
    found = Entry.objects.filter(subject_type="accounts.user", subject_id=str(user.pk), verb__in=EVENTS)
    rows = list(found.order_by("-at", "-pk")[:most])
    actors = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    return [
        AccountEvent(
            row.at, label(row.verb), str(actors.get(row.actor_id or 0) or row.actor_name), row.address
        )
        for row in rows
    ]
