"""Officers' and public pages on a database with many records: milliseconds by the clock, and the machine's floor.

    JITASA_DATABASE_URL=postgres://… make bench ONLY=volume     the database at hand (`jitasa seed-demo --scale country --years N`)

Each page is asked for through Django's own client, once to warm up and then five times (once when it takes two
seconds): the median by the clock, and of the processor: the program's (median) and the database's (mean, from the
kernel's count for the one process that serves us, where it runs on this machine; the database works with no helpers
meanwhile, so that nothing is left out). On a busy machine the processor's figures are less
wrong than the clock's. The floor is what the database gives by itself in the same run. ``BENCH_PAGES``: only pages that have this in their name.
"""

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client

from jitasa.activities.models import Activity
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.rules_second_factor import NOBODY
from jitasa.rounds.models import Tally
from jitasa.rounds.selectors.tallies import series, series_by_kind
from jitasa.thai.dates import add_months, month_slug

TIMES, SLOW = 5, 2.0
COMMON, RARE = "ทำความสะอาด", "เกาะกลาง"


def client_of(office: Organization) -> Client:
    """Somebody who works in the office, signed in."""
    post = (
        Post.objects.filter(organization=office, to_date=None).order_by("pk").select_related("user").first()
    )
    if post is None:
        raise SystemExit(f"nobody works in {office}: seed with --scale country")
    client = Client()
    client.force_login(post.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(post.user.pk)
    session.save()
    return client


def largest(level: str) -> Organization:
    """The province (or district) with the most local governments."""
    column = "province_code" if level == Level.PROVINCE else "district_code"
    found = Organization.objects.open().laos().values(column).annotate(n=Count("pk")).order_by("-n").first()
    assert found is not None
    return Organization.objects.open().get(level=level, code=found[column])


def pages(month: date) -> Iterator[tuple[str, Client, str, int]]:
    """What is measured, by whom, where, and the milliseconds that are wanted."""
    department = client_of(Organization.objects.open().get(level=Level.DEPARTMENT))
    province = client_of(largest(Level.PROVINCE))
    public, slug = Client(), month_slug(month)
    code = largest(Level.PROVINCE).code
    for who, client in (("department", department), ("province", province)):
        yield f"start page, {who}", client, "/work/", 100
        yield f"review, {who}", client, "/work/review/", 100
        yield f"review: flagged, {who}", client, "/work/review/?show=flagged", 100
        yield f"review: last page, {who}", client, "/work/review/?page=last", 100
        yield f"review: accepted, {who}", client, "/work/review/?show=accepted", 100
        yield f"list, {who}", client, "/work/activities/", 100
        yield f"list: last page, {who}", client, "/work/activities/?page=last", 100
        yield f"list: one month, {who}", client, f"/work/activities/?month={slug}", 100
        yield f"list: returned, {who}", client, "/work/activities/?status=returned", 100
        yield f"search: common word, {who}", client, f"/work/search/?q={COMMON}", 200
        yield f"search: rare word, {who}", client, f"/work/search/?q={RARE}", 100
        yield f"month board, {who}", client, f"/work/month/{slug}/", 100
    yield "feed", public, "/feed.atom", 50
    yield "site map", public, "/sitemap.xml", 50
    yield "portal: front", public, "/", 30
    yield "portal: list", public, "/activities/", 30
    yield "portal: search", public, f"/activities/?q={COMMON}", 30
    yield "portal: map", public, "/map/", 30
    yield "portal: province", public, f"/p/{code}/", 30


def sums(month: date) -> Iterator[tuple[str, Callable[[], object], int]]:
    """What no page of these asks for: the months of ten years, as charts and yearly reports add them up."""
    department = Organization.objects.open().get(level=Level.DEPARTMENT)
    months = [add_months(month, -back) for back in range(120)]
    yield "ten years by month, country", lambda: series(department, months), 50
    yield "ten years by month and kind, country", lambda: series_by_kind(department, months), 50


def measured(act: Callable[[], object]) -> tuple[float, float, float | None, float]:
    """(median ms, median ms of the program's processor, mean ms of the database's, ms of the first time)."""
    first, _processor = _once(act)
    before = database_ticks()
    again = _once(act)
    found = [again] if again[0] > SLOW * 1000 else [again, *(_once(act) for _ in range(TIMES - 1))]
    after = database_ticks()
    database = None if before is None or after is None else (after - before) / len(found)
    return (
        statistics.median(row[0] for row in found),
        statistics.median(row[1] for row in found),
        database,
        first,
    )


def _once(act: Callable[[], object]) -> tuple[float, float]:
    began, ticked = time.perf_counter(), time.process_time()
    act()
    took = (time.perf_counter() - began) * 1000
    return took, (time.process_time() - ticked) * 1000


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")


def database_ticks() -> float | None:
    """Milliseconds of the processor that PostgreSQL's process for us has used; ``None`` where that cannot be seen."""
    if connection.vendor != "postgresql":
        return None  # SQLite works in this process
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(pid,)] = cursor.fetchall()
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return None
    return (int(after_name[11]) + int(after_name[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def floor() -> Iterator[tuple[str, float]]:
    """What the machine gives: one row by its key, a scan of the records, an empty page."""

    def asked(sql: str) -> Callable[[], object]:
        def ask() -> object:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()

        return ask

    newest = Activity.objects.order_by("-pk").values_list("pk", flat=True).first()
    for name, act in (
        ("one row by its key", asked(f"SELECT uuid FROM activities_activity WHERE id = {newest}")),
        ("reading every record once", asked("SELECT SUM(participants) FROM activities_activity")),
        ("reading every tally once", asked("SELECT SUM(people) FROM rounds_tally")),
    ):
        times = []
        for _ in range(3):
            began = time.perf_counter()
            act()
            times.append((time.perf_counter() - began) * 1000)
        yield name, statistics.median(times)


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.DEBUG, settings.MFA_REQUIRED = False, NOBODY  # nobody here has a device for the second step
    newest = Activity.objects.order_by("-month").values_list("month", flat=True).first()
    if newest is None:
        raise SystemExit("There is no record: jitasa seed-demo --scale country --years 10")
    records, tallies = Activity.objects.count(), Tally.objects.count()
    print(f"{connection.vendor}, {records:,} records, {tallies:,} tallies, load {os.getloadavg()[0]:.1f}")
    found = {}
    print(f"{'ms':>8} {'first':>8} {'wanted':>6} {'program':>8} {'database':>8}")
    only = os.environ.get("BENCH_PAGES", "")
    asked: list[tuple[str, Callable[[], object], int]] = [
        (name, partial(_get, client, path), wanted) for name, client, path, wanted in pages(newest)
    ]
    for name, act, wanted in [*asked, *sums(newest)]:
        if only not in name:
            continue
        median, program, database, first = measured(act)
        found[name] = {
            "ms": median, "first": first, "wanted": wanted, "program": program, "database": database,
        }  # fmt: skip
        told = "" if database is None else f"{database:.0f}"
        print(f"{median:8.1f} {first:8.1f} {wanted:6} {program:8.1f} {told:>8}  {name}", flush=True)
    for name, ms in floor():
        found[f"floor: {name}"] = {"ms": ms}
        print(f"{ms:8.1f} {'':33}  floor: {name}")
    if os.environ.get("BENCH_JSON"):
        with open(os.environ["BENCH_JSON"], "w", encoding="utf-8") as file:
            json.dump(
                {"records": records, "tallies": tallies, "load": os.getloadavg()[0], "pages": found},
                file,
                indent=1,
            )


if __name__ == "__main__":
    main()
