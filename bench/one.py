"""One database: the cost of each step, then records accepted a second over HTTP at eight clients.

"Accepted" means the whole act of a clerk: upload a picture, send the form, and have the receipt
number come back. The floor is a bare ``INSERT`` with commit into a table of this database, by one
connection, in the same run.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.browser import Clerk
from bench.data import CLIENTS, PASSWORD, prepare
from bench.steps import measure_steps
from jitasa.activities.models import Activity
from jitasa.compilation.services.check import differences

SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))
PORT = int(os.environ.get("BENCH_PORT", "8123"))


def main() -> int:
    print(f"\n== {connection.vendor} · {CLIENTS} clients · {os.cpu_count()} cores ==")
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    usernames = prepare()
    for line in measure_steps(usernames[0]):
        print(line)
    floor = raw_inserts()
    print(f"raw insert with commit       {floor:8.1f} /s   floor of this machine and database")
    counted = 0
    for times, wall, words in run_clients(usernames):
        counted += len(times)
        report(times, wall, words, floor)
    return verify(counted)


def report(times: list[float], wall: float, words: str, floor: float) -> None:
    rate = len(times) / wall
    times.sort()
    middle, slow = statistics.median(times) * 1000, times[int(len(times) * 0.95)] * 1000
    print(f"{words:<28} {rate:8.1f} /s   1 : {floor / rate:.0f} of the floor ({len(times)} in {wall:.1f} s)")
    print(f"{'':<28} median {middle:.0f} ms · p95 {slow:.0f} ms")


def raw_inserts(seconds: float = 2.0) -> float:
    """Bare inserts a second, each committed."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (id INTEGER PRIMARY KEY, words VARCHAR(200))")
        count, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            count += 1
            cursor.execute("INSERT INTO bench_floor VALUES (%s, %s)", [count, "กิจกรรมจิตอาสา" * 8])
        cursor.execute("DROP TABLE bench_floor")
    return count / seconds


def run_clients(usernames: list[str]) -> Iterator[tuple[list[float], float, str]]:
    """Each client records one activity after another: seconds of each, wall time and what was done.

    First whole visits (open the form, two pictures, send), then only what is sent.
    """
    command = [str(Path(sys.executable).parent / "jitasa"), "serve", "--port", str(PORT)]
    server = subprocess.Popen(command)
    try:
        clerks = [Clerk(PORT, name, PASSWORD, number) for number, name in enumerate(usernames)]
        wait_until_up(clerks[0])
        for clerk in clerks:
            clerk.sign_in()
            clerk.record(visit=True)  # warm up, not counted
        for visit, words in ((True, "form opened and accepted"), (False, "accepted over HTTP")):
            began = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as pool:
                acts = partial(Clerk.record_until, end=began + SECONDS, visit=visit)
                lists = list(pool.map(acts, clerks))
            yield [each for times in lists for each in times], time.perf_counter() - began, words
    finally:
        server.terminate()
        server.wait()


def wait_until_up(clerk: Clerk) -> None:
    for _ in range(450):
        if clerk.is_up():
            return
        time.sleep(0.2)
    raise SystemExit("the server did not start")


def verify(counted: int) -> int:
    """Everything acknowledged is there, and every number agrees with the records."""
    stored = Activity.objects.exclude(number="").count()
    wrong = list(differences())
    expected = counted + CLIENTS + 1  # warm-up records, and the one of the step table
    print(f"acknowledged {expected} · stored {stored} · differences {len(wrong)} · {settings.DATA_DIR}")
    return 0 if stored == expected and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
