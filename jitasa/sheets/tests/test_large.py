"""A sheet of thousands of rows: the worker checks and imports it in batches, the page says how far it is."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.services.record_batch import BATCH_MOST
from jitasa.activities.tests.making import make_lists
from jitasa.compilation.services.check import differences
from jitasa.organizations.models import Post
from jitasa.queues import QUEUES
from jitasa.rounds.models import Round
from jitasa.rounds.rules import first_rules
from jitasa.sheets import batches as cutting
from jitasa.sheets import reading
from jitasa.sheets.batches import batches
from jitasa.sheets.models import ImportRow, SheetImport
from jitasa.sheets.rows import day_in
from jitasa.sheets.services import go_on, large_import
from jitasa.sheets.sheet_row import SheetRow
from jitasa.sheets.tests.made import GOOD, large_workbook, told_apart, upload, workbook_of
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
CHECK = "/work/sheets/check/"
AT_ONCE = 6  # rows here; ``BATCH_MOST`` otherwise
FEW = AT_ONCE + 1  # rows of the smallest sheet that the worker takes


@pytest.fixture
def anong(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [*QUEUES]}}
    monkeypatch.setattr(cutting, "AT_ONCE", AT_ONCE)
    make_lists()
    rules = first_rules(date(2026, 11, 1)) | {"photos_least": 0}
    Round.objects.create(month=date(2026, 11, 1), **rules)
    return cast.client("anong")


def worked(row: SheetImport, now: datetime = NOW) -> SheetImport:
    """What the worker does with it."""
    while go_on.step(row.pk, now=now):
        pass
    row.refresh_from_db()
    return row


def sent_in(client: Client, data: bytes, **said: str) -> SheetImport:
    answer = client.post(CHECK, {"file": upload(data, "ทั้งปี.xlsx"), "send": "on", **said})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    row = SheetImport.objects.latest("pk")
    assert answer["Location"] == f"/work/sheets/{row.uuid}/"
    return row


def page(client: Client, row: SheetImport, rest: str = "") -> str:
    answer = client.get(f"/work/sheets/{row.uuid}/{rest}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def take(client: Client, row: SheetImport, **said: str) -> SheetImport:
    assert client.post(f"/work/sheets/{row.uuid}/import/", {"send": "on", **said}).status_code == 302
    row.refresh_from_db()
    return row


def rows_of(count: int) -> list[dict[str, Any]]:
    return [{**GOOD, **told_apart(n), "start_date": f"{n % 20 + 1}/11/2569"} for n in range(count)]


def fates(row: SheetImport) -> Counter[tuple[str, bool]]:
    return Counter(row.rows.values_list("fate", "taken"))


def records() -> set[tuple[Any, ...]]:
    return set(Activity.objects.values_list("uuid", "status", "number", "revision"))


def test_a_large_sheet_is_checked_then_imported_by_the_worker(anong: Client) -> None:
    bad = {**GOOD, "name": "ปลูกป่า", "start_date": "32/13/2569"}
    row = sent_in(anong, workbook_of([*rows_of(FEW), bad]))
    assert "กำลังตรวจ" in page(anong, row)
    assert f"0 จาก {FEW + 1} แถว" in page(anong, row, "progress/")
    assert worked(row).stage == "ready"
    assert not Activity.objects.exists()
    assert fates(row) == {("sent", False): FEW, ("wrong", False): 1}
    shown = page(anong, row)
    assert "อ่านวันที่นี้ไม่ได้" in shown
    assert f"นำเข้า {FEW} แถวที่ถูกต้อง" in shown
    assert take(anong, row).stage == "importing"
    assert anong.get(f"/work/sheets/{row.uuid}/progress/").status_code == 200
    assert worked(row).stage == "done"
    assert fates(row) == {("sent", True): FEW, ("wrong", False): 1}
    assert anong.get(f"/work/sheets/{row.uuid}/progress/")["HX-Refresh"] == "true"
    assert Activity.objects.filter(status=Status.SUBMITTED).exclude(number="").count() == FEW
    assert Activity.objects.order_by("number").first().number in page(anong, row, "?fate=sent")  # type: ignore[union-attr]
    assert list(differences()) == []


def test_the_same_large_sheet_again_changes_nothing(anong: Client) -> None:
    book = workbook_of(rows_of(FEW))
    worked(take(anong, worked(sent_in(anong, book))))
    before = records()
    again = worked(sent_in(anong, book))
    assert fates(again) == {("same", False): FEW}
    assert "แถวที่ถูกต้อง" not in page(anong, again)
    assert worked(take(anong, again)).stage == "ready"
    assert records() == before


def test_a_worker_killed_within_a_batch_leaves_nothing_of_it_and_the_next_goes_on(
    anong: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = take(anong, worked(sent_in(anong, workbook_of(rows_of(3 * AT_ONCE)))))
    assert go_on.step(row.pk, now=NOW)
    first = records()
    assert 0 < len(first) <= AT_ONCE

    def killed(*_args: Any, **_kwargs: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(go_on, "_keep", killed)
        with pytest.raises(SystemExit):
            go_on.step(row.pk, now=NOW)
    assert records() == first
    assert worked(row).stage == "done"
    assert first <= records()
    assert Activity.objects.count() == 3 * AT_ONCE
    assert fates(row) == {("sent", True): 3 * AT_ONCE}
    assert list(differences()) == []


def test_a_lost_job_is_asked_for_again_and_only_then(anong: Client) -> None:
    row = sent_in(anong, workbook_of(rows_of(FEW)))
    late = NOW + timedelta(minutes=5)
    assert go_on.ask_again(now=late) == 0  # it waits in the queue
    DBTaskResult.objects.all().delete()
    assert go_on.ask_again(now=NOW + timedelta(minutes=1)) == 0
    assert go_on.ask_again(now=late) == 1
    assert go_on.ask_again(now=late) == 0
    (job,) = DBTaskResult.objects.all()
    assert job.args_kwargs["args"] == [row.pk]


def test_rows_are_mended_on_the_page_and_what_was_imported_stays(anong: Client) -> None:
    bad = {**GOOD, "name": "ปลูกป่า", "start_date": "32/13/2569"}
    row = worked(take(anong, worked(sent_in(anong, workbook_of([*rows_of(FEW), bad])))))
    before = records()
    answer = anong.get(f"/work/sheets/{row.uuid}/")
    assert len(answer.context["lines"]) == 1
    rows = answer.context["rows"].replace("32/13/2569", "21 พ.ย. 2569")
    assert "21 พ.ย. 2569" in rows
    assert anong.post(f"/work/sheets/{row.uuid}/check/", {"rows": rows, "send": "on"}).status_code == 302
    assert fates(worked(row)) == {("sent", True): FEW, ("sent", False): 1}
    assert worked(take(anong, row)).stage == "done"
    assert before < records()
    assert Activity.objects.count() == FEW + 1


def test_what_is_said_otherwise_is_checked_before_it_is_imported(anong: Client) -> None:
    row = worked(sent_in(anong, workbook_of(rows_of(FEW))))
    answer = anong.post(f"/work/sheets/{row.uuid}/import/", {}, follow=True)
    assert "ตรวจทุกแถวใหม่ตามที่เลือก" in answer.content.decode()
    assert not Activity.objects.exists()
    assert fates(worked(row)) == {("kept", False): FEW}
    assert anong.post(f"/work/sheets/{row.uuid}/import/", {}).status_code == 302
    worked(row)
    assert set(Activity.objects.values_list("status", flat=True)) == {Status.DRAFT}


def test_what_the_check_said_of_look_alikes_is_what_the_import_does(anong: Client) -> None:
    """Rows of one day stand in one batch however far apart they are in the sheet."""
    alike = [{**GOOD, "uuid": f"00000000-0000-4000-8000-00000000000{n}"} for n in (1, 2)]
    row = worked(sent_in(anong, workbook_of([alike[0], *rows_of(3 * AT_ONCE), alike[1]])))
    expected = {("sent", False): 3 * AT_ONCE + 1, ("kept", False): 1}
    assert fates(row) == expected
    worked(take(anong, row))
    assert fates(row) == {(fate, True): count for (fate, _taken), count in expected.items()}


def test_a_uuid_that_stands_twice_is_told_across_batches(anong: Client) -> None:
    twice = {**GOOD, "uuid": "00000000-0000-4000-8000-000000000001"}
    other = {**twice, "name": "อีกงาน", "start_date": "1/11/2569"}
    row = worked(sent_in(anong, workbook_of([twice, *rows_of(2 * AT_ONCE), other])))
    (wrong,) = row.rows.filter(fate="wrong")
    assert "คัดลอกมาจากแถว 4" in wrong.errors["name"][0]


def test_who_has_left_the_office_meanwhile_imports_nothing(anong: Client, cast: Cast) -> None:
    row = take(anong, worked(sent_in(anong, workbook_of(rows_of(FEW)))))
    Post.objects.filter(user=cast.anong.user).update(to_date=date(2026, 11, 1))
    assert worked(row).stage == "stopped"
    assert not Activity.objects.exists()
    assert "ส่งไฟล์นี้อีกครั้ง" in page(cast.client("boonmee"), row)


def test_a_third_sheet_waits_for_the_others(anong: Client) -> None:
    book = workbook_of(rows_of(FEW))
    sent_in(anong, book)
    sent_in(anong, book)
    refused = anong.post(CHECK, {"file": upload(book), "send": "on"})
    assert refused.status_code == 422
    assert "รอให้เสร็จก่อน" in refused.content.decode()


def test_nothing_is_imported_dropped_or_mended_under_the_worker(anong: Client) -> None:
    row = take(anong, worked(sent_in(anong, workbook_of(rows_of(FEW)))))
    for act, data in (("drop/", {}), ("check/", {"rows": '[[4,{"name":"x"},[],false]]'})):
        answer = anong.post(f"/work/sheets/{row.uuid}/{act}", data, follow=True)
        assert "ระบบกำลังทำตารางนี้อยู่" in answer.content.decode()
    row.refresh_from_db()
    assert row.stage == "importing"
    take(anong, row)
    assert worked(row).stage == "done"
    assert Activity.objects.count() == FEW


def test_a_sheet_is_dropped_and_forgotten(anong: Client) -> None:
    book = workbook_of(rows_of(FEW))
    row = sent_in(anong, book)
    assert anong.post(f"/work/sheets/{row.uuid}/drop/").status_code == 302
    assert not ImportRow.objects.exists()
    assert not go_on.step(row.pk, now=NOW)
    sent_in(anong, book)
    assert large_import.forget_imports(now=NOW + timedelta(days=13)) == 0
    assert large_import.forget_imports(now=NOW + timedelta(days=15)) == FEW + 1
    assert not ImportRow.objects.exists()


def test_batches_keep_a_day_together_and_take_five_hundred() -> None:
    days = [f"{n % 30 + 1} พ.ย. 2569" if n % 2 else f"{n % 30 + 1}/11/2026" for n in range(3000)]
    rows = [SheetRow(n, {"start_date": day}) for n, day in enumerate([*days, *["4/11/2569"] * 700, "ไม่รู้"], 4)]
    found = batches(rows, near=NOW.date())
    assert sorted(row.line for batch in found for row in batch) == [row.line for row in rows]
    assert max(map(len, found)) == BATCH_MOST
    homes: dict[str, set[int]] = {}
    for number, batch in enumerate(found):
        for row in batch:
            homes.setdefault(re.split(r"[ /]", row.cells["start_date"])[0], set()).add(number)
    assert {day for day, numbers in homes.items() if len(numbers) > 1} == {"4"}


def test_ten_thousand_rows_of_every_kind_are_read(anong: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Formulas, merged cells, hidden lines, days in both calendars, through the page that takes the file."""
    monkeypatch.setattr(cutting, "AT_ONCE", BATCH_MOST)
    book, expected = large_workbook(10_000)
    row = sent_in(anong, book)
    assert row.row_count == 10_000
    lines = list(row.rows.order_by("line"))
    assert [each.line for each in lines] == list(range(4, 10_004))
    for n, each in enumerate(lines):
        assert day_in(each.cells["start_date"], near=NOW.date()) == date(2026, 11, n % 20 + 1)
        assert (each.cells["name"], each.cells["group_people"]) == (told_apart(n)["name"], "40")
    assert sum(each.hidden for each in lines) == 100
    assert sum(bool(each.doubts) for each in lines) == expected["wrong"] == 20
    assert go_on.step(row.pk, now=NOW)
    row.refresh_from_db()
    assert row.done_count == BATCH_MOST  # the first of November
    assert row.rows.exclude(fate="").count() == row.done_count


def test_rows_of_every_kind_are_imported_once(anong: Client) -> None:
    book, expected = large_workbook(60)
    row = worked(take(anong, worked(sent_in(anong, book))))
    assert fates(row) == {("sent", True): expected["sent"], ("wrong", False): expected["wrong"]}
    assert set(Activity.objects.values_list("start_date", flat=True)) == {
        date(2026, 11, n) for n in range(1, 21)
    }
    before = records()
    again = worked(sent_in(anong, book))
    assert fates(again) == {("same", False): expected["sent"], ("wrong", False): expected["wrong"]}
    assert records() == before


def test_more_rows_than_a_sheet_may_have_are_refused_in_words(
    anong: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reading.ROWS_MOST == 10_000
    monkeypatch.setattr(reading, "ROWS_MOST", FEW)
    answer = anong.post(CHECK, {"file": upload(workbook_of(rows_of(FEW + 1))), "send": "on"})
    assert answer.status_code == 422
    assert f"ตารางมีเกิน {FEW} แถว" in answer.content.decode()
    assert not ImportRow.objects.exists()
