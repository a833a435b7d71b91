"""The operator's page: the processes of the site and the jobs that failed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.config.failed_jobs import discard, failed_jobs, run_again
from jitasa.config.health import (
    cache_is_away,
    file_store_is_away,
    late_after,
    missing_kinds,
    missing_limits,
    replica_behind,
    standby_is_away,
)
from jitasa.config.rules import may_operate
from jitasa.heartbeat import Beat, beats
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden


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
    """Every process of every machine, how often it was started again and why; the jobs that failed for good."""
    if not may_operate(request.viewer):
        raise Forbidden(_("หน้านี้สำหรับผู้ดูแลระบบของกรม"))
    found = beats()
    failed, failed_count = failed_jobs()
    replica, behind = replica_behind(found)
    context = {
        "rows": [_row(beat, found) for beat in found],
        "missing": missing_kinds(found),
        "replica": replica,
        "replica_behind": behind,
        "cache_is_away": cache_is_away(),
        "missing_limits": missing_limits(),
        "standby_is_away": standby_is_away(),
        "store_is_away": file_store_is_away(),
        "failed": failed,
        "failed_count": failed_count,
        "jumped": next((beat.said["jumped"] for beat in found if beat.said.get("jumped")), 0),
    }
    return render(request, "config/system.html", context)


@require_POST
@login_required
def job_again(request: ViewerRequest, pk: UUID) -> HttpResponse:
    run_again(actor=request.viewer, pk=pk, now=timezone.now())
    messages.success(request, _("สั่งทำงานนี้อีกครั้งแล้ว"))
    return redirect("system")


@require_POST
@login_required
def job_discard(request: ViewerRequest, pk: UUID) -> HttpResponse:
    discard(actor=request.viewer, pk=pk, now=timezone.now())
    messages.success(request, _("ยกเลิกงานนี้แล้ว รายละเอียดยังอยู่ในบันทึกการใช้งาน"))
    return redirect("system")


def _row(beat: Beat, found: list[Beat]) -> ProcessRow:
    told = {
        name: state
        for other in found
        if other.name == "supervisor" and other.host == beat.host
        for name, state in other.said.get("programs", {}).items()
    }.get(beat.name, {})
    return ProcessRow(
        beat=beat,
        late=beat.age > late_after(beat),
        at=datetime.fromtimestamp(beat.at, UTC),
        age=round(beat.age),
        restarts=int(told.get("restarts", 0)),
        last_end=str(told.get("last_end", "")),
    )
