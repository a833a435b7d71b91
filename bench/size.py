"""The registry of the whole country read in, and the memory of each process, idle and under load.

    make bench ONLY=size JSON=FILE        both databases, each with fresh data, about two minutes

The registry is a file of 8,000 local governments: read into an empty database, read again (nothing changes), and
with a new name for every hundredth. Beside it stands the machine's floor in the same run: as many bare rows written in
one transaction. Memory is what a process holds by itself and its share of what several hold together (Pss).
"""

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from geothai.types import District, Province

from bench.browser import Clerk
from bench.data import CLIENTS, PASSWORD, prepare
from bench.one import PORT, wait_until_up
from bench.volume import database_ticks
from jitasa.organizations.models import Organization
from jitasa.organizations.registry_file import PLAIN
from jitasa.organizations.selectors.geography import districts, provinces, tambons
from jitasa.organizations.services.import_registry import ImportResult, import_registry
from jitasa.organizations.viewer import SYSTEM

OFFICES = 8_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "15"))
AS_OF = date(2026, 1, 1)
IDLE_SECONDS = 20.0  # until what was made at the start is given back
found: list[dict[str, Any]] = []


def said(name: str, value: float, unit: str) -> None:
    found.append({"name": name, "database": connection.vendor, "value": round(value, 2), "unit": unit})
    print(f"{value:12,.1f} {unit:<10} {name}", flush=True)


def registry(*, renamed: bool = False) -> bytes:
    """A file of :data:`OFFICES` local governments."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(PLAIN)
    for number, (kind, name, code, province, district) in enumerate(islice(offices(), OFFICES)):
        shown = f"{name}ใหม่" if renamed and number % 100 == 0 else name
        rows.writerow(
            (code, kind, shown, province.code, province.name_th, district.code, district.name_th, "", "")
        )
    return text.getvalue().encode("utf-8-sig")


def offices() -> Iterator[tuple[str, str, str, Province, District]]:
    """A municipality for each district, an administrative organization for each tambon (codes: docs/domain.md §2)."""
    for province in provinces():
        for district in districts(province.code):
            yield "ทต.", f"เทศบาลตำบล{district.name_th}", f"05{district.code}01", province, district
            for number, tambon in enumerate(tambons(district.code), 2):
                name = f"องค์การบริหารส่วนตำบล{tambon.name_th}"
                yield "อบต.", name, f"06{district.code}{number:02d}", province, district


def read_in() -> None:
    first, again, changed = registry(), registry(), registry(renamed=True)
    timed("import of the registry", first)
    stored = Organization.objects.filter(level="lao").count()
    said("import of the registry: offices", stored, "offices")
    timed("the same file again", again)
    timed("with a new name for every hundredth", changed)
    said("floor: as many bare rows in one transaction", floor(stored), "s")


def timed(words: str, content: bytes) -> ImportResult:
    before, clock, own = database_ticks(), time.perf_counter(), time.process_time()
    result = import_registry(content, actor=SYSTEM, now=timezone.now(), as_of=AS_OF)
    wall, program = time.perf_counter() - clock, time.process_time() - own
    after = database_ticks()
    said(f"{words}, by the clock", wall, "s")
    said(f"{words}, processor of both", program + ((after or 0) - (before or 0)) / 1000, "s")
    return result


def floor(rows: int) -> float:
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (id INTEGER PRIMARY KEY, words VARCHAR(200))")
        for number in range(rows):
            cursor.execute("INSERT INTO bench_floor VALUES (%s, %s)", [number, "องค์การบริหารส่วนตำบล" * 6])
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_floor")
    return took


def memory() -> None:
    """Of ``jitasa serve`` with all its processes: after a while of nothing, and after clerks have recorded."""
    usernames = prepare()
    server = subprocess.Popen([str(Path(sys.executable).parent / "jitasa"), "serve", "--port", str(PORT)])
    try:
        clerks = [Clerk(PORT, name, PASSWORD, number) for number, name in enumerate(usernames)]
        wait_until_up(clerks[0])
        time.sleep(IDLE_SECONDS)
        tell("idle", server.pid)
        for clerk in clerks:
            clerk.sign_in()
        end = time.perf_counter() + SECONDS
        with ThreadPoolExecutor(CLIENTS) as pool:
            lists = list(pool.map(partial(Clerk.record_until, end=end, visit=True), clerks))
        said("records with two pictures meanwhile", sum(map(len, lists)), "records")
        tell("under load", server.pid)
    finally:
        server.terminate()
        server.wait()


def tell(when: str, supervisor: int) -> None:
    children = subprocess.run(["pgrep", "-P", str(supervisor)], capture_output=True, text=True, check=False)
    total = 0.0
    for pid in (supervisor, *map(int, children.stdout.split())):
        held, name = pss(pid), kind(pid)
        total += held
        said(f"memory {when}: {name}", held, "MB")
    said(f"memory {when}: all", total, "MB")


def pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # ended meanwhile
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def kind(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return "ended"
    names: Iterable[str] = ("worker", "pictures", "scheduler", "config.web")
    return next((name.removeprefix("config.") for name in names if name in words), "supervisor")


def main() -> int:
    print(f"\n== {connection.vendor} · {os.cpu_count()} cores · load {os.getloadavg()[0]:.1f} ==")
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    acts: tuple[Callable[[], None], ...] = (read_in, memory)
    for act in acts:
        act()
    if path := os.environ.get("BENCH_JSON"):
        file = Path(path)
        before = json.loads(file.read_text()) if file.exists() else []
        file.write_text(json.dumps(before + found, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
