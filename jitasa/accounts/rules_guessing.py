"""How many wrong tries are free, and how long the next one then waits (docs/adr/0018)."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """``free`` failures cost nothing; with the last of them ``first`` seconds must pass, doubled by each
    further failure up to ``most``. Failures are forgotten ``forget`` after the last one."""

    free: int
    first: int = 60
    most: int = 3600
    forget: timedelta = timedelta(hours=24)


# One account from one network, when nothing says that it is its owner.
PAIR = Limit(5)
# One account from a browser in which its owner has signed in before.
DEVICE = Limit(10)
# One account from all networks its owner never used, together.
ACCOUNT = Limit(10)
# One person's own password, asked again while signed in.
OWN = Limit(5)
# All accounts from one network: a whole province may share one IPv4 address; a /64 is one office.
NETWORK_4 = Limit(60, most=900, forget=timedelta(hours=1))
NETWORK_6 = Limit(12, most=900, forget=timedelta(hours=1))


def network_limit(network: str) -> Limit:
    return NETWORK_6 if ":" in network else NETWORK_4


def failures_now(failures: int, last_at: datetime, limit: Limit, now: datetime) -> int:
    """How many failures still count."""
    return 0 if now - last_at >= limit.forget else failures


def wait_after(failures: int, limit: Limit) -> timedelta:
    """How long nothing is taken after so many failures."""
    if failures < limit.free:
        return timedelta()
    doublings = min(failures - limit.free, 30)
    return timedelta(seconds=min(limit.first * 2**doublings, limit.most))


def minutes(wait: timedelta) -> int:
    """Whole minutes to tell a person, at least one."""
    return max(1, math.ceil(wait.total_seconds() / 60))
