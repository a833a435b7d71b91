"""The primary is lost under load: ``make failover``.

A primary, its synchronous standby, a PgBouncer before each and two web hosts with one data folder on this machine.
The first host asks through the poolers, the second (which has worker, pictures and scheduler) the servers themselves.
Offices send records with pictures over both; at the peak the primary dies as if its power had gone, the standby is
promoted some seconds later, and everything goes on without a restart. Environment:

``FAILOVER_OFFICES``  offices that report (default 240)
``FAILOVER_SECONDS``  from the first report to the last one's start (default 40)
``FAILOVER_NOTICED``  seconds until somebody promotes the standby (default 5)
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.evening import PEAK
from jitasa.config.tests.clusters import Cluster, url_of, with_postgresql
from jitasa.config.tests.served import environment, wait_until
from jitasa.config.tests.site import PATIENCE, Site

OFFICES = int(os.environ.get("FAILOVER_OFFICES", "240"))
SECONDS = float(os.environ.get("FAILOVER_SECONDS", "40"))
NOTICED = float(os.environ.get("FAILOVER_NOTICED", "5"))
CLIENTS = 24
NOUGHT = ("lost", "given_up", "doubled", "wrong_numbers", "gaps", "wordless", "faults")


@dataclass
class Servers:
    """The two database hosts, each with its pooler."""

    primary: Cluster
    standby: Cluster
    poolers: list[int] = field(default_factory=list)
    killed_at: float = 0.0
    promoted_at: float = 0.0

    @property
    def direct(self) -> str:
        return url_of(self.primary, self.standby)

    @property
    def pooled(self) -> str:
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.poolers)
        return f"postgresql://jitasa@{hosts}/postgres"

    def fail(self) -> None:
        self.killed_at = time.monotonic()
        self.primary.kill()
        time.sleep(max(0.0, self.killed_at + NOTICED - time.monotonic()))
        self.standby.promote()
        self.promoted_at = time.monotonic()


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """Primary and standby that follows it, and their poolers."""
    folder.mkdir()
    folder.chmod(0o755)
    found = Servers(Cluster(folder / "one"), Cluster(folder / "two"))
    with ExitStack() as stack:
        for each in (found.primary, found.standby):
            stack.callback(each.stop)
        found.primary.make()
        found.standby.copy(found.primary)
        for each in (found.primary, found.standby):
            pooler = with_postgresql.pooler(each.folder, each.port, each.owner)
            found.poolers.append(stack.enter_context(pooler))
        yield found


@contextmanager
def web_hosts(folder: Path, servers: Servers) -> Iterator[list[Site]]:
    """One that asks through the poolers and serves pages only, and one that asks directly and has everything."""
    common = {"JITASA_MFA_REQUIRED": "0", "JITASA_WEB_PROCESSES": "1"}
    pooled = {"JITASA_DATABASE_URL": servers.pooled, "JITASA_DATABASE_POOLED": "1", "JITASA_HOST": "web-a"}
    direct = {"JITASA_DATABASE_URL": servers.direct, "JITASA_HOST": "web-b"}
    with ExitStack() as stack:
        sites = []
        for own, arguments in ((pooled, ["--web-only"]), (direct, [])):
            site = Site(folder, environment(folder, **common, **own), *arguments)
            stack.callback(site.stop)
            sites.append(site)
        for site in sites:
            wait_until(site.well, PATIENCE, "both web hosts")
        yield sites


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="jitasa-failover-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the servers' own user passes through
        with servers(folder / "servers") as found:
            (folder / "data").mkdir()
            os.environ["JITASA_DATABASE_URL"] = found.direct
            os.environ["JITASA_DATA_DIR"] = str(folder / "data")
            os.environ["JITASA_MFA_REQUIRED"] = "0"
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
            return lose_the_primary(folder / "data", found)


def lose_the_primary(folder: Path, servers: Servers) -> int:
    """Returns the exit code: 0 when nothing was lost, doubled, wrong or refused without words."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    from bench.evening import people, told
    from bench.evening.crowd import Clerk, Crowd, Notes, plan
    from bench.evening.run import opened, until_prepared

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    clerks, _officers = people.prepare(OFFICES)
    print(f"{len(clerks)} offices over two web hosts, {SECONDS:.0f} s, {CLIENTS} at once", flush=True)
    notes = Notes()
    with web_hosts(folder, servers) as sites:
        ports = [site.port for site in sites]
        crowd = Crowd(ports, plan(clerks, SECONDS), notes, opened(Clerk(ports[0], clerks[0], 0, notes)))
        failing = threading.Timer(SECONDS * PEAK * 0.8, servers.fail)
        failing.start()
        took = crowd.run(CLIENTS)
        failing.join()
        connection.close()  # it led to the primary
        until_prepared()
        figures = told.verdict(crowd, notes)
    figures += times_of(servers, notes)
    told.say(figures, notes, [], took)
    for site in sites:
        told.say_faults(site.log)
    return int(any(value for name, value, _unit in figures if name.removeprefix("evening_") in NOUGHT))


def times_of(servers: Servers, notes: Any) -> list[tuple[str, float, str]]:
    """How long nobody was given a receipt, from the death on."""
    moments = [servers.killed_at, *(each for each in sorted(notes.receipts) if each > servers.killed_at)]
    longest = max((after - before for before, after in pairwise(moments)), default=0.0)
    told_again = sum(count for what, count in notes.counts.items() if what.endswith(": 503"))
    return [
        ("answered 503, with words, and sent again", told_again, "answers"),
        ("from the death to the promotion", servers.promoted_at - servers.killed_at, "s"),
        ("longest time without a receipt after the death", longest, "s"),
    ]


if __name__ == "__main__":
    sys.exit(main())
