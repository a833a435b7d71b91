"""The operator sees what failed for good, has it run again or discards it; nobody else may."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from jitasa.audit.models import Entry
from jitasa.config import failed_jobs
from jitasa.config.tests.test_jobs import job
from jitasa.heartbeat import Heart
from tests.cast import NOW, Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def failed(**given: object) -> str:
    facts = {"status": "FAILED", "finished_at": NOW, "traceback": "File x\nValueError: broken"}
    return str(job("host:1:abc", "host:2:abc", **{**facts, **given}).pk)


def test_the_page_says_what_failed_why_and_how_often(cast: Cast) -> None:
    failed()
    page = cast.client("fah").get(reverse("system")).content.decode()
    assert "ส่งหนังสือถึงหน่วยงาน" in page
    assert "ValueError: broken" in page
    assert "ลองแล้ว 2 ครั้ง" in page


def test_what_failed_stands_before_what_goes_on(cast: Cast) -> None:
    Heart("worker").beat()
    address = reverse("system")
    calm = words_of(cast.client("fah").get(address))
    assert calm.index("เปิดใหม่ (ครั้ง)") < calm.index("ไม่มีงานที่ไม่สำเร็จ")
    failed()
    page = words_of(cast.client("fah").get(address))
    assert page.index("ส่งหนังสือถึงหน่วยงาน") < page.index("เปิดใหม่ (ครั้ง)")


def test_a_job_is_run_again_with_all_its_tries_and_the_audit_says_who(cast: Cast) -> None:
    pk = failed()
    answer = cast.client("fah").post(reverse("job_again", args=[pk]))
    assert answer.status_code == 302
    row = DBTaskResult.objects.get(pk=pk)
    assert (row.status, row.worker_ids, row.finished_at) == ("READY", [], None)
    entry = Entry.objects.get(verb="system.run_job_again")
    assert entry.data["error"] == "ValueError: broken"


def test_a_discarded_job_is_gone_and_stands_in_the_audit(cast: Cast) -> None:
    pk = failed()
    cast.client("fah").post(reverse("job_discard", args=[pk]))
    assert not DBTaskResult.objects.filter(pk=pk).exists()
    assert Entry.objects.get(verb="system.discard_job").data["job"] == "jitasa.letters.tasks.send"


@pytest.mark.parametrize("name", ["job_again", "job_discard"])
def test_others_may_not_and_nothing_changes(cast: Cast, name: str) -> None:
    pk = failed()
    assert cast.client("ek").post(reverse(name, args=[pk])).status_code == 403
    assert DBTaskResult.objects.get(pk=pk).status == "FAILED"


@pytest.mark.parametrize("status", ["READY", "RUNNING", "SUCCESSFUL"])
def test_only_failed_jobs_are_reached(cast: Cast, status: str) -> None:
    pk = failed(status=status)
    assert cast.client("fah").post(reverse("job_again", args=[pk])).status_code == 404
    assert DBTaskResult.objects.get(pk=pk).status == status


def test_many_failed_jobs_cost_what_one_costs(cast: Cast) -> None:
    for _number in range(failed_jobs.SHOWN_MOST + 5):
        failed()
    rows, count = failed_jobs.failed_jobs()
    assert (len(rows), count) == (failed_jobs.SHOWN_MOST, failed_jobs.SHOWN_MOST + 5)
