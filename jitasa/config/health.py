"""Whether the site is well: for programs that watch it, and a page for the department's administrators."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from jitasa.heartbeat import Beat, beats
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden
from jitasa.ui.public_pages import public_file

LATE_SECONDS = 30.0
# While a chore runs the scheduler says nothing; a month's compilation may take minutes.
LATE = {"scheduler": 600.0}
KINDS = ("web", "worker", "pictures", "scheduler")


@public_file
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 ``ok``, or 503 naming the kinds of process that gave no sign of life. Asks no database."""
    late = missing_kinds(beats())
    jumped = any(beat.said.get("jumped") for beat in beats())
    facts: dict[str, object] = {"status": "late" if late else "ok", "late": late, "clock_jumped": jumped}
    return _plain(facts, 503 if late else 200)


@public_file
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _plain({"status": "database"}, 503)
    return _plain({"status": "ok"}, 200)


def _plain(facts: dict[str, object], status: int) -> HttpResponse:
    response = JsonResponse(facts, status=status)
    response["Cache-Control"] = "no-store"
    return response


def missing_kinds(found: list[Beat]) -> list[str]:
    """Kinds of process of which none lives."""
    alive = {beat.name.partition("-")[0] for beat in found if beat.age <= _late(beat)}
    return [kind for kind in KINDS if kind not in alive]


def _late(beat: Beat) -> float:
    return LATE.get(beat.name.partition("-")[0], LATE_SECONDS)


@dataclass(frozen=True)
class ProcessRow:
    """One process on the page."""

    beat: Beat
    late: bool
    at: datetime
    age: int
    restarts: int
    last_end: str


@require_GET
@login_required
def system(request: ViewerRequest) -> HttpResponse:
    """Every process of every machine: when it was last heard, how often it was started again, and why."""
    viewer = request.viewer
    if not (viewer.is_department and viewer.is_administrator):
        raise Forbidden(_("หน้านี้สำหรับผู้ดูแลระบบของกรม"))
    found = beats()
    context = {
        "rows": [_row(beat, found) for beat in found],
        "missing": missing_kinds(found),
        "jumped": next((beat.said["jumped"] for beat in found if beat.said.get("jumped")), 0),
    }
    return render(request, "config/system.html", context)


def _row(beat: Beat, found: list[Beat]) -> ProcessRow:
    told = {
        name: state
        for other in found
        if other.name == "supervisor" and other.host == beat.host
        for name, state in other.said.get("programs", {}).items()
    }.get(beat.name, {})
    return ProcessRow(
        beat=beat,
        late=beat.age > _late(beat),
        at=datetime.fromtimestamp(beat.at, UTC),
        age=round(beat.age),
        restarts=int(told.get("restarts", 0)),
        last_end=str(told.get("last_end", "")),
    )
