"""The road of a record: how many a second come in, what one costs, and how far that is from bare inserts.

For one database: records accepted a second over HTTP with no picture and with two of 300 kB (32 clients
on PostgreSQL, 8 on SQLite; the copies of pictures are made afterwards), statements of the acts, where the
time of one record goes, batches of 500, pictures a second of the worker. ``BENCH_JSON`` names a file that
the figures are added to: ``[{"name", "database", "value", "unit"}]``.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
os.environ.setdefault("JITASA_MFA_REQUIRED", "0")  # the province's officer signs in by password alone

import django

django.setup()

from django.core.management import call_command, get_commands
from django.db import connection
from django.utils import timezone

from bench.acts import batches, cost_of_one, statements_of
from bench.browser import Clerk
from bench.data import PASSWORD, prepare
from bench.one import raw_inserts, wait_until_up
from jitasa.activities.models import Activity
from jitasa.compilation.services.check import differences
from jitasa.photos.models import Photo, PhotoState
from jitasa.rounds.models import Round
from jitasa.rounds.services.rounds import open_rounds

SECONDS = float(os.environ.get("BENCH_SECONDS", "15"))
MOST_SECONDS = 270  # for one database; what was measured until then is kept
CLIENTS = {"postgresql": 32, "sqlite": 8}
# What others publish or what was measured of them on two cores with two pictures, and without any:
# not by this program.
PEERS = (
    ("ODK Central, two pictures", 41),
    ("ODK Central, none", 185),
    ("Directus, two pictures", 42),
    ("Directus, none", 158),
)
Figures = list[tuple[str, float, str]]


def main(
    measure: Callable[[list[str], Figures], int] | None = None, table: Callable[[Figures], None] | None = None
) -> int:
    """Measure, print and check; another way in (``bench.api``) brings its own ``measure`` and ``table``."""
    measure, table = measure or measure_forms, table or table_of_forms
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(MOST_SECONDS)
    vendor, usernames = ready()
    print(
        f"\n== a record on {vendor} · {len(usernames)} clients · {os.cpu_count()} cores, clients included ==",
        flush=True,
    )
    figures: Figures = []
    try:
        acknowledged = measure(usernames, figures)
    finally:
        keep(figures)
    table(figures)
    return verify(acknowledged)


def ready() -> tuple[str, list[str]]:
    """Tables, lists, people: the database's kind and the user names of the clients."""
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    usernames = prepare(int(os.environ.get("BENCH_CLIENTS", CLIENTS[connection.vendor])))
    open_rounds(now=timezone.now())
    Round.objects.update(photos_least=0)  # records without pictures are sent too
    return connection.vendor, usernames


def measure_forms(usernames: list[str], figures: Figures) -> int:
    """Put down every figure as it is found; returns the number of records acknowledged over HTTP."""
    figures += [("floor_insert", raw_inserts(), "inserts/s")]
    figures += statements_of(usernames[0])
    figures += cost_of_one(usernames[1])
    figures += [("record_batch", batches(usernames[2]), "records/s")]
    acknowledged = over_http(usernames, figures)
    figures += [("pictures", pictures_of_the_worker(), "pictures/s")]
    return acknowledged


def out_of_time(_number: int, _frame: object) -> None:
    raise SystemExit(f"given up after {MOST_SECONDS} s")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def over_http(
    usernames: list[str], figures: Figures, *, kind: type[Clerk] = Clerk, what: str = "record_form"
) -> int:
    """Records a second by so many clients; returns the number acknowledged, warm-up included."""
    with served() as port:
        clerks = [kind(port, name, PASSWORD, number) for number, name in enumerate(usernames)]
        wait_until_up(clerks[0])
        for clerk in clerks:
            clerk.sign_in()
            clerk.record(visit=True, pictures=0)
        acknowledged = len(clerks)
        for pictures in (0, 2):
            acknowledged += round_of(clerks, pictures, figures, what)
        figures += [(f"{what}_busy", float(sum(clerk.busy for clerk in clerks)), "answers 503")]
        return acknowledged


@contextmanager
def served() -> Iterator[int]:
    """The web server as it is run, on a port of its own."""
    port = int(os.environ.get("BENCH_PORT", "0")) or free_port()
    server = subprocess.Popen(command("serve", "--web-only", "--port", str(port)))
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def round_of(clerks: Sequence[Clerk], pictures: int, figures: Figures, what: str) -> int:
    before = processor()
    began, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(len(clerks)) as pool:
        acts = partial(Clerk.record_until, end=began + SECONDS, visit=False, pictures=pictures)
        times = sorted(each for lists in pool.map(acts, clerks) for each in lists)
    wall, client = time.perf_counter() - began, time.process_time() - cpu
    spent = {who: used - before[who] for who, used in processor().items()}
    name = f"{what}_{pictures}"
    figures += [
        (name, len(times) / wall, "records/s"),
        (f"{name}_median", statistics.median(times) * 1000, "ms"),
        (f"{name}_p95", times[int(len(times) * 0.95)] * 1000, "ms"),
        (f"{name}_client", client / len(times) * 1000, "ms"),
        *((f"{name}_{who}", seconds / len(times) * 1000, "ms") for who, seconds in spent.items()),
    ]
    return len(times)


def processor() -> dict[str, float]:
    """Seconds of processor that the web processes and the database's have used until now."""
    used = {"web_processor": 0.0, "database_processor": 0.0}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (place / "cmdline").read_bytes().replace(b"\0", b" ")
            whose = "web_processor" if b"jitasa.config.web" in words else "database_processor"
            if whose == "web_processor" or words.startswith(b"postgres:"):
                fields = (place / "stat").read_text().rpartition(")")[2].split()
                used[whose] += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def pictures_of_the_worker(most: int = 60, seconds: float = 30.0) -> float:
    """Copies made a second by one worker, until so many are made or the time is over."""
    ready = partial(Photo.objects.filter(state=PhotoState.READY).count)
    before = ready()
    worker = subprocess.Popen(command("pictures" if "pictures" in get_commands() else "worker"))
    try:
        while ready() == before and seconds > 0:  # it has begun with its first one
            time.sleep(0.05)
            seconds -= 0.05
        began, first = time.perf_counter(), ready()
        while ready() < before + most and time.perf_counter() - began < seconds:
            time.sleep(0.2)
        return (ready() - first) / max(time.perf_counter() - began, 0.001)
    finally:
        worker.terminate()
        worker.wait()


def command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / "jitasa"), *arguments]


def table_of_forms(figures: Figures) -> None:
    found = {name: value for name, value, _unit in figures}
    floor = found["floor_insert"]
    print(
        f"one record: {found['record_form_python_ms']:.1f} ms of Python · {found['record_form_database_ms']:.1f} ms"
        f" of the database · {found['record_form_0_client']:.1f} ms of the client ·"
        f" {found['record_form_statements']:.0f} statements"
    )
    for name, value, unit in figures:
        ratio = f"   1 : {floor / value:.0f} of the floor" if unit == "records/s" and value else ""
        print(f"{name:<28}{value:>10,.1f} {unit}{ratio}")
    print_peers()


def print_peers() -> None:
    print("elsewhere, not measured by this program (two cores):")
    for peer, rate in PEERS:
        print(f"  {peer:<26}{rate:>10,} records/s")


def keep(figures: Figures) -> None:
    """Add the figures to the file that ``make bench JSON=…`` names."""
    name = os.environ.get("BENCH_JSON", "")
    if not name:
        return
    file = Path(name)
    rows: list[dict[str, Any]] = json.loads(file.read_text()) if file.exists() else []
    names = {each for each, _value, _unit in figures}
    rows = [row for row in rows if row["database"] != connection.vendor or row["name"] not in names]
    rows += [
        {"name": each, "database": connection.vendor, "value": round(value, 2), "unit": unit}
        for each, value, unit in figures
    ]
    file.write_text(json.dumps(rows, indent=1))


def verify(acknowledged: int) -> int:
    """Everything acknowledged is there, and every number agrees with the records."""
    stored = Activity.objects.exclude(number="").filter(name__startswith="ทำความสะอาดชายหาด ครั้งที่").count()
    wrong = list(differences())
    print(f"acknowledged {acknowledged} · stored {stored} · differences {len(wrong)}")
    return 0 if stored == acknowledged and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
