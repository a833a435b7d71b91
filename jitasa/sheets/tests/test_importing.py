"""From the file to the records: what is shown is what is done, and the same file again changes nothing."""

import io
import json
import re
import zipfile
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.tests.making import full_values, make_draft, make_lists
from jitasa.activities.values import as_json
from jitasa.compilation.services.check import differences
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo
from jitasa.photos.tests.pictures import jpeg
from jitasa.rounds.models import Round
from jitasa.rounds.rules import first_rules
from jitasa.sheets.tests.made import GOOD, cells_of, upload, workbook_of, zip_of
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
CHECK, IMPORT, SHEET = "/work/sheets/check/", "/work/sheets/import/", "/work/sheets/sheet.xlsx?month=2569-11"


def make_uuid(number: int) -> UUID:
    return UUID(int=number)


@pytest.fixture
def anong(cast: Cast) -> Client:
    make_lists()
    rules = first_rules(date(2026, 11, 1)) | {"photos_least": 0}
    Round.objects.create(month=date(2026, 11, 1), **rules)
    return cast.client("anong")


def posted(answer: Any) -> dict[str, str]:
    """What the page would post back."""
    return {"rows": answer.context["rows"], "photos": answer.context["photos"]}


def fates(answer: Any) -> dict[str, int]:
    assert answer.status_code == 200, answer.content.decode()
    return {name: count for name, count in answer.context["counts"].items() if count}


def test_a_row_is_shown_then_taken_and_again_changes_nothing(anong: Client) -> None:
    book = workbook_of([GOOD])
    shown = anong.post(CHECK, {"file": upload(book), "send": "on"})
    assert fates(shown) == {"sent": 1}
    assert not Activity.objects.exists()
    done = anong.post(IMPORT, {**posted(shown), "send": "on"})
    assert fates(done) == {"sent": 1}
    row = Activity.objects.get()
    assert row.status == Status.SUBMITTED
    assert row.number in done.content.decode()
    assert (row.name, row.participants, row.tambon_code[:4]) == (GOOD["name"], 46, "8101")
    again = anong.post(CHECK, {"file": upload(book), "send": "on"})
    assert fates(again) == {"same": 1}
    assert fates(anong.post(IMPORT, {**posted(shown), "send": "on"})) == {"same": 1}
    assert Activity.objects.count() == 1
    assert list(differences()) == []


def test_what_is_wrong_stands_in_its_cell_and_the_good_rows_are_taken(anong: Client) -> None:
    bad = {**GOOD, "name": "ปลูกป่า", "start_date": "32/13/2569", "kind": "พัฒนาชาติ", "group_people": "สี่สิบ"}
    shown = anong.post(CHECK, {"file": upload(workbook_of([GOOD, bad])), "send": "on"})
    assert fates(shown) == {"sent": 1, "wrong": 1}
    wrong = shown.context["lines"][1][0].errors
    assert set(wrong) == {"start_date", "kind", "group_people"}
    assert "อ่านวันที่นี้ไม่ได้" in shown.content.decode()
    assert "ไม่รู้จัก “พัฒนาชาติ”" in shown.content.decode()
    done = anong.post(IMPORT, {**posted(shown), "send": "on"})
    assert [row.name for row in Activity.objects.all()] == [GOOD["name"]]
    mended = json.loads(done.context["rows"])
    assert len(mended) == 1
    mended[0][1] |= {"start_date": "21 พ.ย. 2569", "kind": "จิตอาสาพัฒนา", "group_people": "๔๐"}
    rows = json.dumps(mended)
    assert fates(anong.post(CHECK, {"rows": rows, "photos": "{}", "send": "on"})) == {"sent": 1}
    anong.post(IMPORT, {"rows": rows, "photos": "{}", "send": "on"})
    assert Activity.objects.get(name="ปลูกป่า").participants == 46


def test_without_sending_everything_is_kept_as_drafts_and_sent_by_the_same_file_later(anong: Client) -> None:
    book = workbook_of([GOOD])
    shown = anong.post(CHECK, {"file": upload(book)})
    assert fates(shown) == {"kept": 1}
    anong.post(IMPORT, posted(shown))
    assert Activity.objects.get().status == Status.DRAFT
    later = anong.post(CHECK, {"file": upload(book), "send": "on"})
    assert fates(later) == {"sent": 1}
    anong.post(IMPORT, {**posted(later), "send": "on"})
    assert Activity.objects.get().status == Status.SUBMITTED


def test_what_is_missing_is_said_and_kept_as_a_draft(anong: Client) -> None:
    short = {key: value for key, value in GOOD.items() if not key.startswith("group_")}
    shown = anong.post(CHECK, {"file": upload(workbook_of([short])), "send": "on"})
    assert fates(shown) == {"kept": 1}
    assert "group_v904" in shown.context["lines"][0][0].errors


def test_what_is_lacking_looks_other_than_what_is_wrong(anong: Client) -> None:
    short = {key: value for key, value in GOOD.items() if not key.startswith("group_")}
    bad = {**GOOD, "name": "ปลูกป่า", "start_time": "ตอนเช้า"}
    page = anong.post(CHECK, {"file": upload(workbook_of([short, bad])), "send": "on"}).content.decode()
    assert re.search(r'<td data-key="group_v904" class="lacks">.*?<small><b>ยังขาด</b> ', page)
    assert re.search(r'<td data-key="start_time" class="wrong">.*?<small><b>ต้องแก้</b> ', page)


def test_the_sheet_of_a_month_goes_round(cast: Cast, anong: Client) -> None:
    sent = record_and_submit(
        actor=cast.anong, uuid=make_uuid(1), base_revision=None, values=full_values(cast.aonang), now=NOW
    ).activity
    draft = make_draft(cast.anong, uuid=make_uuid(2), name="ปลูกป่าชายเลน")
    before = {row.uuid: as_json(values_of(row)) for row in (sent, draft)}
    book = anong.get(SHEET)
    assert book.status_code == 200
    rows = [row for row in cells_of(book.content) if row["name"]]
    assert {row["uuid"] for row in rows} == {str(sent.uuid), str(draft.uuid)}
    empty = [row for row in cells_of(book.content) if not row["name"]]
    assert len({row["uuid"] for row in empty}) == len(empty) > 50
    shown = anong.post(CHECK, {"file": upload(book.content)})
    assert fates(shown) == {"same": 2}, [each.errors for each, _ in shown.context["lines"]]
    anong.post(IMPORT, posted(shown))
    assert {row.uuid: as_json(values_of(row)) for row in Activity.objects.all()} == before


def test_a_changed_cell_changes_the_draft_and_an_older_sheet_is_refused(cast: Cast, anong: Client) -> None:
    draft = make_draft(cast.anong, uuid=make_uuid(1))
    (row,) = [row for row in cells_of(anong.get(SHEET).content) if row["name"]]
    changed = {key: value for key, value in row.items() if value != ""} | {"place": "วัดคลองท่อม"}
    shown = anong.post(CHECK, {"file": upload(workbook_of([changed]))})
    assert fates(shown) == {"kept": 1}
    anong.post(IMPORT, posted(shown))
    draft.refresh_from_db()
    assert (draft.place, draft.revision) == ("วัดคลองท่อม", 2)
    older = {**changed, "place": "วัดอื่น"}
    refused = anong.post(CHECK, {"file": upload(workbook_of([older]))})
    assert fates(refused) == {"wrong": 1}
    assert "แก้ไขรายการนี้ไปพร้อมกับท่าน" in refused.content.decode()


def test_a_record_that_was_sent_is_not_changed_by_a_sheet(cast: Cast, anong: Client) -> None:
    sent = record_and_submit(
        actor=cast.anong, uuid=make_uuid(1), base_revision=None, values=full_values(cast.aonang), now=NOW
    ).activity
    (row,) = [row for row in cells_of(anong.get(SHEET).content) if row["name"]]
    changed = {key: value for key, value in row.items() if value != ""} | {"place": "ที่อื่น"}
    assert fates(anong.post(CHECK, {"file": upload(workbook_of([changed])), "send": "on"})) == {"wrong": 1}
    sent.refresh_from_db()
    assert sent.place == "หาดนพรัตน์ธารา"


def test_of_another_offices_record_nothing_is_told(cast: Cast, anong: Client) -> None:
    foreign = make_draft(cast.chai, uuid=make_uuid(1), name="ลับของเกาะกลาง")
    stolen = {**GOOD, "uuid": str(foreign.uuid)}
    shown = anong.post(CHECK, {"file": upload(workbook_of([stolen])), "send": "on"})
    assert fates(shown) == {"wrong": 1}
    assert "ลับของเกาะกลาง" not in shown.content.decode()
    anong.post(IMPORT, {**posted(shown), "send": "on"})
    foreign.refresh_from_db()
    assert foreign.name == "ลับของเกาะกลาง"
    assert Activity.objects.count() == 1


def test_pictures_come_in_a_zip_by_name(anong: Client) -> None:
    pictures = zip_of(
        {
            "ภาพ/หาด 1.JPG": jpeg(seed=1),
            "ภาพ/หาด 2.jpg": jpeg(seed=2),
            "__MACOSX/._หาด 1.JPG": b"x",
            "notes.txt": b"x",
        }
    )
    row = {**GOOD, "photos": "หาด 1.jpg, หาด 2.jpg"}
    shown = anong.post(
        CHECK, {"file": upload(workbook_of([row])), "pictures": upload(pictures, "p.zip"), "send": "on"}
    )
    assert fates(shown) == {"sent": 1}
    anong.post(IMPORT, {**posted(shown), "send": "on"})
    assert Activity.objects.get().photos.count() == 2
    (again,) = [row for row in cells_of(anong.get(SHEET).content) if row["name"]]
    assert again["photos"] == "หาด 1.JPG, หาด 2.jpg"
    assert fates(anong.post(CHECK, {"file": upload(anong.get(SHEET).content)})) == {"same": 1}


def test_a_picture_that_is_not_there_is_named(anong: Client) -> None:
    row = {**GOOD, "photos": "หาย.jpg"}
    shown = anong.post(CHECK, {"file": upload(workbook_of([row])), "send": "on"})
    assert fates(shown) == {"wrong": 1}
    assert "หาย.jpg" in shown.context["lines"][0][0].errors["photos"][0]


def test_a_damaged_picture_keeps_none_of_the_others_back(anong: Client) -> None:
    pictures = bytearray(zip_of({"1.jpg": jpeg(seed=1), "2.jpg": jpeg(seed=2)}))
    at = pictures.index(b"2.jpg") + 200
    pictures[at] ^= 0xFF
    row = {**GOOD, "photos": "1.jpg"}
    shown = anong.post(
        CHECK,
        {"file": upload(workbook_of([row])), "pictures": upload(bytes(pictures), "p.zip"), "send": "on"},
    )
    assert fates(shown) == {"sent": 1}
    assert "ภาพ 2.jpg ใน zip เสีย" in shown.content.decode()
    assert Photo.objects.count() == 1


def test_an_approver_sends_and_a_clerk_asks(cast: Cast, anong: Client) -> None:
    Organization.objects.filter(pk=cast.aonang.pk).update(approval_required=True)
    for name, words in (("anong", "จะเสนอผู้อนุมัติ"), ("boonmee", "จะส่ง")):
        shown = cast.client(name).post(CHECK, {"file": upload(workbook_of([GOOD])), "send": "on"})
        assert words in shown.content.decode()


def test_a_text_that_is_too_long_is_told_and_not_shortened(anong: Client) -> None:
    row = {**GOOD, "result": "ก" * 25_000}
    shown = anong.post(CHECK, {"file": upload(workbook_of([row])), "send": "on"})
    assert fates(shown) == {"wrong": 1}
    assert "25,000" in shown.content.decode()


@pytest.mark.parametrize("broken", [b"PK\x03\x04no", b"", b"text"])
def test_a_broken_zip_is_refused_and_nothing_is_kept(anong: Client, broken: bytes) -> None:
    answer = anong.post(
        CHECK, {"file": upload(workbook_of([GOOD])), "pictures": upload(broken, "p.zip"), "send": "on"}
    )
    assert answer.status_code == 422
    assert not Photo.objects.exists()


def test_a_whole_row_copied_is_told_apart_from_its_first(anong: Client) -> None:
    twice = {**GOOD, "uuid": str(make_uuid(7))}
    shown = anong.post(
        CHECK, {"file": upload(workbook_of([twice, {**twice, "name": "อีกงาน"}])), "send": "on"}
    )
    assert fates(shown) == {"sent": 1, "wrong": 1}
    assert "คัดลอกมาจากแถว 4" in shown.content.decode()


def test_rows_that_look_like_a_record_are_asked_about(anong: Client) -> None:
    first = anong.post(
        CHECK, {"file": upload(workbook_of([{**GOOD, "uuid": str(make_uuid(1))}])), "send": "on"}
    )
    anong.post(IMPORT, {**posted(first), "send": "on"})
    second = anong.post(
        CHECK, {"file": upload(workbook_of([{**GOOD, "uuid": str(make_uuid(2))}])), "send": "on"}
    )
    assert fates(second) == {"kept": 1}
    assert second.context["asks_apart"]
    yes = anong.post(CHECK, {**posted(second), "send": "on", "apart": "on"})
    assert fates(yes) == {"sent": 1}
    anong.post(IMPORT, {**posted(second), "send": "on", "apart": "on"})
    assert Activity.objects.filter(status=Status.SUBMITTED).count() == 2


def test_a_day_far_off_is_asked_back_for_the_whole_sheet(anong: Client) -> None:
    row = {**GOOD, "start_date": "20/11/2563"}
    asked = anong.post(CHECK, {"file": upload(workbook_of([row])), "send": "on"})
    assert fates(asked) == {"kept": 1}
    assert "start_date" in asked.context["lines"][0][0].errors
    assert asked.context["asks_days"]
    page = asked.content.decode()
    assert re.search(r'<td data-key="start_date" class="asked">.*?<small><b>ถามกลับ</b> ', page)
    assert "ต้องแก้</b>" not in page
    yes = anong.post(CHECK, {**posted(asked), "send": "on", "days": "on"})
    assert "start_date" not in yes.context["lines"][0][0].errors


def test_an_important_day_is_found_by_its_name_near_the_day(cast: Cast, anong: Client) -> None:
    row = {**GOOD, "occasion": "วันที่ไม่มีจริง"}
    shown = anong.post(CHECK, {"file": upload(workbook_of([row])), "send": "on"})
    assert "occasion" in shown.context["lines"][0][0].errors
    centre = {**GOOD, "occasion": "ตามที่ ศอ.จอส.จังหวัดกำหนด"}
    shown = anong.post(CHECK, {"file": upload(workbook_of([centre])), "send": "on"})
    assert fates(shown) == {"sent": 1}


@pytest.mark.parametrize("name", ["dao", "ek", "fah"])
def test_those_above_do_not_record(cast: Cast, name: str) -> None:
    assert cast.client(name).get("/work/sheets/").status_code == 403


@pytest.mark.parametrize(
    "rows", ["", "[]", "{}", "[[1]]", '[[1,{"name":5},[],false]]', "[[1,{},[],0]]", '[["x",{},[],false]]']
)
def test_rows_that_no_page_made_are_a_bad_request(anong: Client, rows: str) -> None:
    assert anong.post(IMPORT, {"rows": rows, "photos": "{}"}).status_code == 400


def test_statements_do_not_grow_with_the_rows(anong: Client) -> None:
    def asked(count: int) -> int:
        rows = [{**GOOD, "name": f"กิจกรรมที่ {n}", "place": f"ที่ {n}"} for n in range(count)]
        book = workbook_of(rows)
        with CaptureQueriesContext(connection) as queries:
            assert fates(anong.post(CHECK, {"file": upload(book)})) == {"kept": count}
        return len(queries)

    asked(2)  # what is remembered is read
    assert asked(60) <= asked(3) + 4  # inserts of many rows go in portions


def test_the_workbook_offers_words_and_checks_cells(cast: Cast, anong: Client) -> None:
    make_draft(cast.anong, place="วัดถ้ำเสือ")
    answer = anong.get(SHEET)
    assert 'filename="activities-06810104-2569-11.xlsx"' in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        words = archive.read("xl/sharedStrings.xml").decode()
    assert page.count("<dataValidation ") > 12
    assert "<f>" not in page
    for word in ("จิตอาสาพัฒนา", "วัดถ้ำเสือ", "ตามที่ ศอ.จอส.จังหวัดกำหนด", "ทม.กระบี่", "อ่าวนาง"):
        assert word in words


def test_what_people_typed_is_no_formula_in_the_sheet(cast: Cast, anong: Client) -> None:
    make_draft(cast.anong, name="=HYPERLINK(1)")
    with zipfile.ZipFile(io.BytesIO(anong.get(SHEET).content)) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
