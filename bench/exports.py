"""The files of a month of the country: rows a second, seconds, memory; beside each the machine's floor in the same run.

    make bench ONLY=exports JSON=FILE        both databases, each with a fresh month of the whole country
    BENCH_PER_MONTH=8                        records of two offices in the month (8: about 29,000 records)

Rows a second are of the processor: of this process alone, and with the database's where it is another process on this
machine. Medians of three runs. On a busy machine every figure is too small.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.opendata import held
from bench.volume import client_of, database_ticks
from jitasa.compilation.choices import FileKind
from jitasa.compilation.models import Compilation, CompilationFile, CompiledRecord
from jitasa.compilation.outputs import files
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.keep_files import ask_file, make_file
from jitasa.files.store import NewFile
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_second_factor import NOBODY
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.models import Round

TIMES = 3
PER_MONTH = int(os.environ.get("BENCH_PER_MONTH", "8"))
found: list[dict[str, Any]] = []


def said(name: str, value: float, unit: str) -> None:
    found.append({"name": name, "database": connection.vendor, "value": round(value, 2), "unit": unit})
    print(f"{value:12,.1f} {unit:<14} {name}", flush=True)


def measured(act: Callable[[], object]) -> tuple[float, float, float]:
    """Medians of seconds by the clock, of this process's processor, and of both processes' processors."""
    runs = []
    for _ in range(TIMES):
        before, clock, own = database_ticks(), time.perf_counter(), time.process_time()
        act()
        wall, program = time.perf_counter() - clock, time.process_time() - own
        after = database_ticks()
        other = 0.0 if before is None or after is None else (after - before) / 1000
        runs.append((wall, program, program + other))
    return tuple(map(statistics.median, zip(*runs, strict=True)))


def written(compilation: Compilation, kind: FileKind) -> tuple[int, int]:
    """Bytes of a file, and the megabytes of its own that this process held at most meanwhile on top of before."""
    before = most = held()

    def look(_done: int, _of: int) -> None:
        nonlocal most
        most = max(most, held())

    with NewFile() as new:
        files.make(compilation, kind, "", new, look)
        look(0, 0)
        new.finish()
        return new.bytes, most - before


def rows_of(compilation: Compilation, kind: FileKind) -> None:
    """Rows a second of one kind, its memory, and the floor: the same bytes only written."""
    runs: list[tuple[int, int]] = []
    wall, program, both = measured(lambda: runs.append(written(compilation, kind)))
    name, rows = kind.value, compilation.activities
    said(f"{name}: rows a second of the program's processor", rows / program, "rows/s")
    if both != program:
        said(f"{name}: rows a second, the database's processor too", rows / both, "rows/s")
    said(f"{name}: by the clock", wall, "s")
    said(f"{name}: memory on top, median", statistics.median(most for _size, most in runs), "MB")
    size = runs[0][0]
    wall, _program, _both = measured(lambda: raw_write(size))
    said(f"{name}: floor, {size / 1e6:.0f} MB written", wall, "s")


def raw_write(size: int) -> None:
    block = b"0" * 65_536
    with tempfile.TemporaryFile() as file:
        for _ in range(size // len(block) + 1):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def raw_scan(compilation: Compilation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.data, r.number, c.status, c.counts_upwards FROM compilation_compiledrecord c "
            "JOIN activities_activityrevision r ON r.id = c.revision_id WHERE c.compilation_id = %s",
            [compilation.pk],
        )
        while cursor.fetchmany(500):
            pass


def compiled(office: Organization, round_: Round) -> Compilation:
    """The month compiled anew each time, as the first number."""
    made = []

    def act() -> None:
        for old in Compilation.objects.filter(organization=office):
            CompiledRecord.objects.filter(compilation=old).delete()
            old.delete()
        before, clock, own = database_ticks(), time.perf_counter(), time.process_time()
        result = compile_round(actor=SYSTEM, organization=office, month=round_.month, now=timezone.now())
        wall, program = time.perf_counter() - clock, time.process_time() - own
        other = (database_ticks() or 0) - (before or 0)
        made.append((result.compilation, wall, program + other / 1000))

    for _ in range(TIMES):
        act()
    said("compile the country's month, by the clock", statistics.median(each[1] for each in made), "s")
    said("compile the country's month, processor of both", statistics.median(each[2] for each in made), "s")
    return made[-1][0]


def the_pdf(compilation: Compilation, office: Organization) -> None:
    """What a person waits for (the requests), and what the worker does meanwhile."""
    client, address = client_of(office), f"/work/month/compilations/{compilation.pk}/"
    client.get(f"{address}files/")

    def asked() -> None:
        CompilationFile.objects.filter(kind=FileKind.REPORT).delete()
        assert client.post(f"{address}files/ask/", {"kind": "report"}).status_code == 302

    wall, _program, _both = measured(asked)
    said("PDF of the country: the request that asks for it", wall * 1000, "ms")
    wall, _program, _both = measured(lambda: client.get(f"{address}files/"))
    said("PDF of the country: the list while it is made", wall * 1000, "ms")
    held_by: list[int] = []

    def made() -> None:
        before = held()
        CompilationFile.objects.filter(kind=FileKind.REPORT).delete()
        make_file(
            ask_file(actor=SYSTEM, compilation=compilation, kind=FileKind.REPORT, now=timezone.now()).pk
        )
        held_by.append(held() - before)

    wall, program, _both = measured(made)
    said("PDF of the country: the worker, by the clock", wall, "s")
    said("PDF of the country: the worker's processor", program, "s")
    said("PDF of the country: memory that stays in the worker", max(held_by), "MB")

    def given() -> None:
        answer = client.get(f"{address}report.pdf")
        assert answer.status_code == 200
        for _piece in answer.streaming_content:  # type: ignore[attr-defined]  # a FileResponse
            pass

    given()
    wall, _program, _both = measured(given)
    said("PDF of the country: the request that gives it", wall * 1000, "ms")


def main() -> None:
    settings.ALLOWED_HOSTS, settings.DEBUG, settings.MFA_REQUIRED = ["testserver"], False, NOBODY
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Round.objects.exists():
        call_command("seed_demo", scale="country", months=1, per_month=PER_MONTH, verbosity=0)
    office = Organization.objects.open().get(level=Level.DEPARTMENT)
    round_ = Round.objects.order_by("-month")[0]
    print(f"\n== {connection.vendor} · {os.cpu_count()} cores · load {os.getloadavg()[0]:.1f} ==")
    compilation = compiled(office, round_)
    said("records of the month", compilation.activities, "rows")
    _wall, program, both = measured(lambda: raw_scan(compilation))
    said("floor: the same rows read, program's processor", compilation.activities / program, "rows/s")
    if both != program:
        said("floor: the same rows read, both processors", compilation.activities / both, "rows/s")
    for kind in (FileKind.RECORDS_CSV, FileKind.RECORDS_JSON, FileKind.RECORDS_XLSX, FileKind.TABLES):
        rows_of(compilation, kind)
    the_pdf(compilation, office)
    if path := os.environ.get("BENCH_JSON"):
        file = Path(path)
        before = json.loads(file.read_text("utf-8")) if file.exists() else []
        file.write_text(json.dumps(before + found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
