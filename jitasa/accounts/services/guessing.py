"""Wrong passwords cost time: counted in the database, so for all processes together (docs/adr/0018).

A try is counted *before* the password is looked at and taken back when it was right, so that a hundred
tries at once are no way round the count. Only keyed hashes are stored: no name typed, no address.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts import rules_guessing as rules
from jitasa.accounts.models import Guesses, KnownNetwork, User
from jitasa.accounts.rules import clean_username
from jitasa.accounts.rules_guessing import Limit
from jitasa.problems import Refusal
from jitasa.ui.network import network_of

KNOWN_FOR = timedelta(days=90)  # how long a network counts as one of the owner's after her last sign-in there
KEPT = timedelta(days=2)  # longer than any count matters


class TooManyTries(Refusal):
    """Nothing was tried: the next try is taken after ``wait``."""

    code = "too_many_tries"
    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(_("กรอกรหัสผ่านผิดหลายครั้ง รอ %(n)d นาทีแล้วลองใหม่") % {"n": rules.minutes(wait)})


@dataclass(frozen=True)
class Try:
    """A counted try. ``shut``: the keys that this try, should it prove wrong, has shut, with their waits."""

    user: User | None
    network: str
    limits: dict[str, Limit]
    shut: dict[str, timedelta] = field(default_factory=dict)

    @property
    def wait(self) -> timedelta:
        return max(self.shut.values(), default=timedelta())


def begin_sign_in(*, username: str, address: str, device: str, now: datetime) -> Try:
    """Count a try to sign in, or refuse it. ``device`` marks a browser where this person has signed in
    before (``devices.device_of``), empty for any other.

    :raises TooManyTries: when the account from this network, the network, or the account for strangers
        must wait. A known browser waits for its own failures only, a known network not for strangers'.
    """
    name = clean_username(username)
    user = User.objects.filter(username=name).first()
    network = network_of(address)
    with transaction.atomic():
        limits = _limits(name, user, network, device, now)
        return Try(user, network, limits, _count(limits, now))


def begin_own(*, user: User, now: datetime) -> Try:
    """Count a try of somebody signed in at her own password (or second factor), or refuse it."""
    limits = {_key("own", str(user.pk)): rules.OWN}
    with transaction.atomic():
        return Try(user, "", limits, _count(limits, now))


def begin_second_step(*, user: User, address: str, now: datetime) -> Try:
    """Count a try at the second step of a sign-in, or refuse it: six digits are guessed in a million.

    Whoever guesses here knows the password. Networks where the person has signed in before wait for their
    own failures only, so that she is not shut out by it.
    :raises TooManyTries: when the person from this network, or from all strange ones, must wait.
    """
    network = network_of(address)
    limits = {_key("code pair", str(user.pk), network): rules.PAIR}
    with transaction.atomic():
        if not _is_known(user, network, now):
            limits[_key("code account", str(user.pk))] = rules.ACCOUNT
        return Try(user, network, limits, _count(limits, now))


@transaction.atomic
def take_back(tried: Try) -> None:
    """The try was right: what counted this account from here begins anew, other counts lose this try."""
    shared = {rules.ACCOUNT, rules.NETWORK_4, rules.NETWORK_6}
    own = [key for key, limit in tried.limits.items() if limit not in shared]
    Guesses.objects.filter(key__in=own).delete()
    for row in (
        Guesses.objects.select_for_update(no_key=True)
        .filter(key__in=set(tried.limits) - set(own))
        .order_by("key")
    ):
        row.failures, row.shut_until = max(row.failures - 1, 0), None
        row.save(update_fields=["failures", "shut_until"])


def remember_network(*, user: User, address: str, now: datetime) -> None:
    """The person has signed in from here: strangers' guesses do not slow this network down."""
    network = network_of(address)
    if network:
        mark = _key("known", str(user.pk), network)
        KnownNetwork.objects.update_or_create(user=user, network=mark, defaults={"last_at": now})


def forget_guesses(*, now: datetime) -> int:
    """Remove counts and networks that no longer matter (a chore of the worker); returns how many."""
    guesses, _rows = Guesses.objects.filter(last_at__lt=now - KEPT).delete()
    networks, _rows = KnownNetwork.objects.filter(last_at__lt=now - KNOWN_FOR).delete()
    return guesses + networks


def _limits(name: str, user: User | None, network: str, device: str, now: datetime) -> dict[str, Limit]:
    """The counts that concern this try, by key."""
    if user is not None and device:
        return {_key("device", str(user.pk), device): rules.DEVICE}
    limits = {_key("pair", name, network): rules.PAIR, _key("network", network): rules.network_limit(network)}
    one_time = user is not None and user.must_change_password  # 79 random bits: nobody guesses those
    if not one_time and not _is_known(user, network, now):
        limits[_key("account", name)] = rules.ACCOUNT
    return limits


def _is_known(user: User | None, network: str, now: datetime) -> bool:
    if user is None or not network:
        return False
    marks = settings.KEYS["tokens"].macs(f"{user.pk}|{network}", purpose="guessing.known")
    return KnownNetwork.objects.filter(user=user, network__in=marks, last_at__gte=now - KNOWN_FOR).exists()


def _count(limits: dict[str, Limit], now: datetime) -> dict[str, timedelta]:
    """Count one failure under every key and return the waits that begin; nothing is counted when refused."""
    Guesses.objects.bulk_create([Guesses(key=key, last_at=now) for key in limits], ignore_conflicts=True)
    rows = list(Guesses.objects.select_for_update(no_key=True).filter(key__in=limits).order_by("key"))
    until = max((row.shut_until for row in rows if row.shut_until and row.shut_until > now), default=None)
    if until is not None:
        raise TooManyTries(until - now)
    shut: dict[str, timedelta] = {}
    for row in rows:
        limit = limits[row.key]
        row.failures = rules.failures_now(row.failures, row.last_at, limit, now) + 1
        row.last_at, wait = now, rules.wait_after(row.failures, limit)
        row.shut_until = now + wait if wait else None
        shut |= {row.key: wait} if wait else {}
        row.save(update_fields=["failures", "last_at", "shut_until"])
    return shut


def _key(kind: str, *parts: str) -> str:
    ring = settings.KEYS["tokens"]
    return str(ring.mac("|".join(parts), purpose=f"guessing.{kind}"))
