"""Jobs that failed for good: the operator sees them, has them run again, or discards them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from jitasa.audit.services.record import record
from jitasa.config.rules import may_operate
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, NotFound

SHOWN_MOST = 100
# What a job does, for people; a test holds the list complete.
WORDS: dict[str, str | Promise] = {
    "jitasa.accounts.tasks.send_mail_of_personal_notice": gettext_lazy("ส่งอีเมลแจ้งเจ้าของบัญชี"),
    "jitasa.compilation.tasks.make": gettext_lazy("จัดทำไฟล์ของรายงานประจำเดือน"),
    "jitasa.home.tasks.send_morning_mails": gettext_lazy("ส่งอีเมลสรุปประจำเช้า"),
    "jitasa.letters.tasks.mail_outside": gettext_lazy("ส่งหนังสือทางอีเมลถึงผู้รับนอกระบบ"),
    "jitasa.letters.tasks.remind": gettext_lazy("เตือนหน่วยงานที่ยังไม่ตอบหนังสือ"),
    "jitasa.letters.tasks.send": gettext_lazy("ส่งหนังสือถึงหน่วยงาน"),
    "jitasa.notices.tasks.send_mail_of": gettext_lazy("ส่งอีเมลแจ้งหน่วยงาน"),
    "jitasa.publicity.tasks.remind": gettext_lazy("เตือนหน่วยงานที่ยังไม่ใช้สื่อ"),
    "jitasa.publicity.tasks.send": gettext_lazy("ส่งสื่อประชาสัมพันธ์ถึงหน่วยงาน"),
    "jitasa.publicity.tasks.shape": gettext_lazy("เตรียมภาพสื่อประชาสัมพันธ์"),
    "jitasa.sheets.tasks.go_on": gettext_lazy("นำเข้าตาราง Excel"),
    "jitasa.webhooks.tasks.send_waiting_of": gettext_lazy("ส่งข้อมูลไปยังระบบของหน่วยงาน (webhook)"),
}


@dataclass(frozen=True)
class FailedJob:
    """``given``: what the job was called with. ``error``: the last line of its traceback."""

    pk: UUID
    words: str
    queue: str
    given: str
    tries: int
    failed_at: datetime | None
    error: str
    traceback: str


def failed_jobs() -> tuple[list[FailedJob], int]:
    """The newest ``SHOWN_MOST`` that failed for good, and how many there are: two statements."""
    failed = DBTaskResult.objects.failed()
    rows = list(failed.order_by("-finished_at", "-enqueued_at")[:SHOWN_MOST])
    count = len(rows) if len(rows) < SHOWN_MOST else failed.count()
    return [_shown(row) for row in rows], count


def run_again(*, actor: Viewer, pk: UUID, now: datetime) -> None:
    """Queue the job anew with all its tries before it.

    :raises Forbidden: not an operator
    :raises NotFound: it is not there or did not fail (somebody was quicker)
    """
    with transaction.atomic():
        job = _locked(actor, pk)
        job.status, job.run_after, job.worker_ids = "READY", now, []
        job.started_at = job.finished_at = None
        job.save(update_fields=["status", "run_after", "worker_ids", "started_at", "finished_at"])
        record(actor=actor, verb="system.run_job_again", now=now, data=_facts(job))


def discard(*, actor: Viewer, pk: UUID, now: datetime) -> None:
    """Remove the job; what it was and why it failed stays in the audit. Errors as ``run_again``."""
    with transaction.atomic():
        job = _locked(actor, pk)
        record(actor=actor, verb="system.discard_job", now=now, data=_facts(job))
        job.delete()


def _locked(actor: Viewer, pk: UUID) -> "DBTaskResult[Any, Any]":
    if not may_operate(actor):
        raise Forbidden(_("หน้านี้สำหรับผู้ดูแลระบบของกรม"))
    job = DBTaskResult.objects.failed().select_for_update(no_key=True).filter(pk=pk).first()
    if job is None:
        raise NotFound(_("ไม่พบงานนี้ในรายการที่ไม่สำเร็จ อาจมีผู้จัดการไปแล้ว"))
    return job


def _facts(job: "DBTaskResult[Any, Any]") -> dict[str, str]:
    shown = _shown(job)
    return {"job": job.task_path, "given": shown.given, "error": shown.error}


def _shown(job: "DBTaskResult[Any, Any]") -> FailedJob:
    called: dict[str, Any] = job.args_kwargs
    words = [str(each) for each in called.get("args", [])]
    words += [f"{name}={value}" for name, value in called.get("kwargs", {}).items()]
    lines = job.traceback.strip().splitlines()
    return FailedJob(
        pk=job.pk,
        words=str(WORDS.get(job.task_path, job.task_path)),
        queue=job.queue_name,
        given=", ".join(words),
        tries=len(job.worker_ids),
        failed_at=job.finished_at,
        error=lines[-1] if lines else job.exception_class_path,
        traceback=job.traceback,
    )
