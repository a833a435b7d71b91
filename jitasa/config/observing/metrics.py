"""Numbers for Prometheus at ``/metrics``: requests, jobs, processes. Off while ``JITASA_METRICS_TOKEN`` is empty.

Processes of one machine write what they count into ``<data>/run/metrics`` (the client library's way for
several processes); each of them can answer for all.
"""

import hmac
import math
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from jitasa.config.health import late_after, replica_behind, standby_is_away
from jitasa.heartbeat import Beat, beats, folder, host

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # read by the library when it is imported
WAITING = ("READY", "RUNNING", "FAILED")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

REQUESTS = Histogram(
    "jitasa_request_seconds",
    "Requests answered, by part of the site, method and status",
    ["part", "method", "status"],
    buckets=SECONDS,
)
JOBS = Histogram(
    "jitasa_job_seconds", "Background jobs done, by job and outcome", ["job", "outcome"], buckets=SECONDS
)


def begin_folder() -> None:
    """An empty folder for the processes that are started next; what earlier ones counted is gone with them."""
    if settings.METRICS_TOKEN:
        path = folder() / "metrics"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(mode=0o700, parents=True)
        os.environ[FOLDER] = str(path)


def answered(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    part = (match.namespace or match.url_name or "-") if match else "-"
    REQUESTS.labels(part.partition(":")[0], _method(request.method), str(status)).observe(seconds)


def _method(name: str | None) -> str:
    """One of few: a stranger's word does not become a series."""
    return name if name in {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} else "other"


def job_done(path: str, outcome: str, seconds: float) -> None:
    if settings.METRICS_TOKEN:
        JOBS.labels(path, outcome).observe(seconds)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for who has the token; 404 for everybody else and while there is none."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise Http404
    registry = CollectorRegistry()
    if path := os.environ.get(FOLDER):
        MultiProcessCollector(registry, path)  # type: ignore[no-untyped-call]  # the library's
    registry.register(SiteNow())
    return HttpResponse(
        generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


class SiteNow(Collector):
    """What is true at this moment: the queues (one statement) and the processes of this machine."""

    def collect(self) -> Iterable[Metric]:
        yield from _jobs()
        yield from _processes()
        yield from _standby()


def _jobs() -> Iterator[Metric]:
    count = GaugeMetricFamily("jitasa_jobs", "Jobs by queue and state", labels=["queue", "state"])
    oldest = GaugeMetricFamily(
        "jitasa_job_oldest_seconds", "Longest wait of a job that is due", labels=["queue"]
    )
    now = timezone.now()
    rows = (
        DBTaskResult.objects.filter(status__in=WAITING)
        .order_by()
        .values_list("queue_name", "status")
        .annotate(number=Count("pk"), due=Min("run_after"))
    )
    for queue, status, number, due in rows:
        count.add_metric([queue, status.lower()], number)
        if status == "READY":
            oldest.add_metric([queue], max(0.0, (now - due).total_seconds()))
    yield count
    yield oldest


def _processes() -> Iterator[Metric]:
    up = GaugeMetricFamily("jitasa_process_up", "1 while a process gives signs of life", labels=["name"])
    memory = GaugeMetricFamily("jitasa_process_resident_bytes", "Memory of a process", labels=["name"])
    for beat in beats():
        if beat.host != host():
            continue
        up.add_metric([beat.name], float(beat.age <= late_after(beat)))
        if (used := _resident(beat)) is not None:
            memory.add_metric([beat.name], used)
    yield up
    yield memory
    replica, behind = replica_behind(beats())
    if replica:
        yield GaugeMetricFamily(
            "jitasa_replica_behind_seconds",
            "How far the replica is behind; NaN while it is not read",
            value=math.nan if behind is None else behind,
        )


def _standby() -> Iterator[Metric]:
    if (away := standby_is_away()) is not None:
        words = "1 while the synchronous standby does not answer and what is written is refused"
        yield GaugeMetricFamily("jitasa_standby_away", words, value=float(away))


def _resident(beat: Beat) -> float | None:
    try:
        return float(Path(f"/proc/{beat.pid}/statm").read_text("ascii").split()[1]) * PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return None
