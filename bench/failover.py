"""Machines are lost under load: ``make failover``.

A primary, its synchronous standby, a PgBouncer before each, a store of files and two web hosts on this machine, each
with a data folder of its own. The first host asks through the poolers, the second (which has worker, pictures and
scheduler) the servers themselves; both read pages from the standby. Offices send records with pictures over both and
officers look at their boards. The store is away for a while, then the standby, and before the peak the primary dies
as if its power had gone; the standby is promoted some seconds later, and everything goes on without a restart.
Environment:

``FAILOVER_OFFICES``  offices that report (default 240)
``FAILOVER_SECONDS``  from the first report to the last one's start (default 80)
``FAILOVER_AWAY``     seconds for which store and standby are away (default 10)
``FAILOVER_NOTICED``  seconds until somebody promotes the standby (default 5)
``FAILOVER_LOSES``    what is lost (default ``store,standby,primary``)
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.failover_faults import Faults, Hosts, hosts
from jitasa.config.tests.served import environment, wait_until
from jitasa.config.tests.site import PATIENCE, Site

OFFICES = int(os.environ.get("FAILOVER_OFFICES", "240"))
SECONDS = float(os.environ.get("FAILOVER_SECONDS", "80"))
AWAY = float(os.environ.get("FAILOVER_AWAY", "10"))
NOTICED = float(os.environ.get("FAILOVER_NOTICED", "5"))
LOSES = os.environ.get("FAILOVER_LOSES", "store,standby,primary").split(",")
CLIENTS = 24
NOUGHT = ("lost", "lost_files", "given_up", "doubled", "wrong_numbers", "gaps", "wordless", "faults")
COMMON = {"JITASA_MFA_REQUIRED": "0", "JITASA_WEB_PROCESSES": "1", "JITASA_STANDBY_SECONDS": "4"}


@contextmanager
def web_hosts(folder: Path, found: Hosts) -> Iterator[list[Site]]:
    """One that asks through the poolers and serves pages only, and one that asks directly and has everything."""
    common = COMMON | {"JITASA_FILES_URL": found.files}
    pooled = {"JITASA_DATABASE_URL": found.pooled, "JITASA_DATABASE_READ_URL": found.pooled}
    direct = {"JITASA_DATABASE_URL": found.direct, "JITASA_DATABASE_READ_URL": found.direct}
    with ExitStack() as stack:
        sites = []
        for name, own, arguments in (
            ("web-a", pooled | {"JITASA_DATABASE_POOLED": "1"}, ["--web-only"]),
            ("web-b", direct, []),
        ):
            place = folder.parent / name
            place.mkdir(mode=0o700)
            for key in folder.glob("*.key"):
                shutil.copy(key, place)
            site = Site(place, environment(place, **common, **own, JITASA_HOST=name), *arguments)
            stack.callback(site.stop)
            sites.append(site)
        for site in sites:
            wait_until(site.well, PATIENCE, "both web hosts")
        yield sites


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="jitasa-failover-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the servers' own user passes through
        with hosts(folder / "servers") as found:
            (folder / "data").mkdir()
            os.environ["JITASA_DATABASE_URL"] = found.direct
            os.environ["JITASA_FILES_URL"] = found.files
            os.environ["JITASA_DATA_DIR"] = str(folder / "data")
            os.environ["JITASA_MFA_REQUIRED"] = "0"
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
            return lose(folder / "data", found)


def lose(folder: Path, found: Hosts) -> int:
    """Returns the exit code: 0 when nothing was lost, doubled, wrong or refused without words."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    django.setup()
    from bench.evening import around, people, told
    from bench.evening.crowd import Clerk, Crowd, Notes, plan
    from bench.evening.run import opened, until_prepared
    from jitasa.compilation.services.check_files import bad_files
    from jitasa.thai.dates import month_of, today

    call_command("migrate", verbosity=0)
    clerks, keys = people.prepare(OFFICES)
    print(f"{len(clerks)} offices over two web hosts, {SECONDS:.0f} s, {CLIENTS} at once", flush=True)
    notes, faults = Notes(), Faults(found, SECONDS, AWAY, NOTICED, LOSES)
    month = month_of(today(timezone.now()))
    with web_hosts(folder, found) as sites:
        ports = [site.port for site in sites]
        crowd = Crowd(ports, plan(clerks, SECONDS), notes, opened(Clerk(ports[0], clerks[0], 0, notes)))
        with around.officers(ports[1], keys, notes, month, SECONDS), faults.happen():
            took = crowd.run(CLIENTS)
        connection.close()  # it led to the primary
        until_prepared()
        figures = told.verdict(crowd, notes)
        figures.append(("evening_lost_files", len(list(bad_files())), "files"))
    again = sum(count for what, count in notes.counts.items() if what.endswith(": 503"))
    figures += [("answered 503, with words, and sent again", again, "answers"), *faults.told(notes.receipts)]
    told.say(figures, notes, [], took)
    for site in sites:
        told.say_faults(site.log)
    return int(any(value for name, value, _unit in figures if name.removeprefix("evening_") in NOUGHT))


if __name__ == "__main__":
    sys.exit(main())
