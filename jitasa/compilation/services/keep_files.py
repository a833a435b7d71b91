"""A compilation's files: asked for by a person, made by the worker, kept and forgotten (docs/adr/0145)."""

import errno
import logging
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jitasa.audit.services.record import record
from jitasa.compilation.choices import WORKING, FileKind, FileProblem, FileState
from jitasa.compilation.models import Compilation, CompilationFile
from jitasa.compilation.outputs import files
from jitasa.compilation.outputs.report import rows_of_province
from jitasa.compilation.rules import may_ask_file
from jitasa.compilation.selectors.kept_files import KEPT_DAYS, KEPT_DAYS_USUAL, is_current
from jitasa.compilation.services import tell
from jitasa.compilation.store import EXPORTS, path_of
from jitasa.faces.fonts import NoThaiFont
from jitasa.files.reading import older, remove
from jitasa.files.store import NewFile, holding
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.queues import MOST_BEHIND, behind
from jitasa.thai.dates import month_slug

log = logging.getLogger("jitasa.exports")
SILENT = timedelta(minutes=2)  # nobody has moved it for so long: its job is lost
MOST_TRIES = 5  # a file that kills its worker so often is given up
TOLD_EVERY = 1.0  # seconds between two notes of how far it is
UNNAMED_AFTER = timedelta(hours=1)  # content that no row names was left by somebody who was killed


class Superseded(Exception):
    """Another run has taken the file over; this one ends and leaves nothing."""


@transaction.atomic
def ask_file(
    *, actor: Viewer, compilation: Compilation, kind: FileKind, part: str = "", now: datetime
) -> CompilationFile:
    """Have the worker make a file, unless it is there or is being made: asked twice is one job.

    :raises Forbidden: the actor only looks. :raises Refusal: the compilation has nothing of that province.
    """
    if not may_ask_file(actor):
        raise Forbidden(_("บัญชีนี้ดูได้อย่างเดียว สั่งจัดทำไฟล์ไม่ได้"))
    if (kind == FileKind.LAOS) != bool(part) or (part and not rows_of_province(compilation, part)):
        raise Refusal(_("รายงานรวมฉบับนี้ไม่มี อปท. ของจังหวัดที่เลือก เลือกจังหวัดจากรายการ"))
    facts = files.facts_of(compilation, kind)
    empty = {"state": FileState.WAITING, "facts": "", "asked_at": now, "moved_at": now}
    rows = CompilationFile.objects.select_for_update(of=("self",), no_key=True)
    row, _made = rows.get_or_create(compilation=compilation, kind=kind, part=part, defaults=empty)
    if row.facts == facts and (row.is_working or is_current(row, facts)):
        if row.is_working:
            _tell_later(row, actor)
        return row
    row.state, row.facts, row.sha256, row.bytes = FileState.WAITING, facts, "", 0
    row.asked_at = row.moved_at = now
    row.maker, row.tries, row.done, row.to_do, row.problem = "", 0, 0, 0, ""
    row.save()
    _tell_later(row, actor)
    data = {"month": month_slug(compilation.month), "scope": compilation.organization.code, "kind": str(row)}
    record(actor=actor, verb="compilation.file", subject=compilation, data=data, now=now)
    _enqueue(row)
    row.refresh_from_db()
    return row


def _tell_later(row: CompilationFile, actor: Viewer) -> None:
    if actor.organization is not None:
        row.told.add(actor.organization)


def _enqueue(row: CompilationFile) -> None:
    from jitasa.compilation.tasks import make

    office = row.compilation.organization_id
    waiting = CompilationFile.objects.filter(compilation__organization_id=office, state__in=WORKING)
    others = waiting.exclude(pk=row.pk)[:MOST_BEHIND].count()
    make.using(priority=behind(others, first=make.priority)).enqueue(row.pk)


def make_file(pk: int) -> None:
    """Write a file beside its place and move it there whole; begun anew by whoever comes after a killed worker."""
    run = get_random_string(32)
    row = _claimed(pk, run)
    if row is None:
        return
    with NewFile() as new:
        try:
            with translation.override("th"):  # documents are Thai for every reader
                files.make(row.compilation, row.kind, row.part, new, _Progress(row.pk, run).told)
            _finish(row, run, new)
        except Superseded:
            return
        except DatabaseError:
            raise  # the worker runs the job again
        except Exception as error:
            _fail(row.pk, run, _problem_of(error))
            raise  # the job is tried again, and stands among the failed ones in the end, with where it fell


def _claimed(pk: int, run: str) -> CompilationFile | None:
    """The row, taken over by this run; ``None`` when there is nothing to do.

    Whoever had it finds out when it says how far it is. One that failed is tried again, as its job is.
    """
    mine = CompilationFile.objects.filter(pk=pk).exclude(state=FileState.READY)
    changes = {
        "state": FileState.MAKING, "maker": run, "problem": "", "done": 0, "to_do": 0, "moved_at": timezone.now(),
    }  # fmt: skip
    if not mine.update(tries=F("tries") + 1, **changes):
        return None
    return CompilationFile.objects.select_related("compilation__organization").get(pk=pk)


class _Progress:
    """Notes in the row how far a run is, about once a second, and ends a run that another one has taken over from."""

    def __init__(self, pk: int, run: str) -> None:
        self._mine = CompilationFile.objects.filter(pk=pk, maker=run, state=FileState.MAKING)
        self._due = 0.0

    def told(self, done: int, to_do: int) -> None:
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + TOLD_EVERY
        if not self._mine.update(done=done, to_do=to_do, moved_at=timezone.now()):
            raise Superseded


def _finish(row: CompilationFile, run: str, new: NewFile) -> None:
    """The content in its place first, then the row that names it, and the notice."""

    with holding(new.sha256):
        new.keep(path_of)
        with transaction.atomic():
            now = timezone.now()
            ready = {"state": FileState.READY, "sha256": new.sha256, "bytes": new.bytes, "moved_at": now}
            mine = CompilationFile.objects.filter(pk=row.pk, maker=run, state=FileState.MAKING)
            if not mine.update(done=F("to_do"), maker="", **ready):
                raise Superseded
            tell.file_ready(file=row, now=now)


def _fail(pk: int, run: str, problem: FileProblem) -> None:
    mine = CompilationFile.objects.filter(pk=pk, maker=run, state=FileState.MAKING)
    mine.update(state=FileState.FAILED, problem=problem, maker="", moved_at=timezone.now())


def _problem_of(error: Exception) -> FileProblem:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FileProblem.FULL
    return FileProblem.FACE if isinstance(error, NoThaiFont) else FileProblem.OTHER


def ask_for_lost_files(*, now: datetime) -> int:
    """Ask anew for files whose job was lost, give up those that killed their worker; called by the upkeep."""
    from jitasa.compilation.tasks import make as task

    silent = CompilationFile.objects.filter(state__in=WORKING, moved_at__lt=now - SILENT)
    lost = dict(silent.values_list("pk", "tries"))
    if lost:
        jobs = DBTaskResult.objects.filter(task_path=task.module_path, status__in=["READY", "RUNNING"])
        for row in jobs.values_list("args_kwargs", flat=True).iterator():
            lost.pop((row["args"] or [None])[0], None)
    given_up = [pk for pk, tries in lost.items() if tries >= MOST_TRIES]
    if given_up:
        log.error("files %s are given up: their worker ended %d times", given_up, MOST_TRIES)
        silent.filter(pk__in=given_up).update(
            state=FileState.FAILED, problem=FileProblem.KILLED, maker="", moved_at=now
        )
    for pk in sorted(lost.keys() - set(given_up)):
        task.enqueue(pk)
    return len(lost)


def forget_files(*, now: datetime) -> int:
    """Files that were kept long enough, and content that no row names; called by the upkeep."""
    gone = 0
    for kind in FileKind:
        before = now - timedelta(days=KEPT_DAYS.get(kind, KEPT_DAYS_USUAL))
        old = CompilationFile.objects.filter(kind=kind, moved_at__lt=before).exclude(state__in=WORKING)
        for row in old:
            row.delete()
            gone += 1
    named = set(CompilationFile.objects.exclude(sha256="").values_list("sha256", flat=True))
    for path in older(EXPORTS, now - UNNAMED_AFTER):
        if path.name not in named:
            _remove(path)
    return gone


def _remove(path: Path) -> None:
    with holding(path.name):
        if not CompilationFile.objects.filter(sha256=path.name).exists():
            remove(path)
