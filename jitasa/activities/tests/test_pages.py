"""List, detail, steps by button, receipt, revisions, reports; who sees what."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.accounts.models import Numerals
from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
LIST = "/work/activities/"


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def names_on(cast: Cast, who: str, **query: object) -> set[str]:
    page = cast.client(who).get(LIST, query).context["page"]  # type: ignore[arg-type]  # plain values
    return {row.name for row in page}


def test_list_shows_what_is_in_scope(cast: Cast) -> None:
    make_sent(cast.anong, name="ส่งแล้ว")
    make_draft(cast.anong, name="ร่าง")
    make_sent(cast.chai, name="ของเกาะกลาง")
    assert names_on(cast, "anong") == {"ส่งแล้ว", "ร่าง"}
    assert names_on(cast, "chai") == {"ของเกาะกลาง"}
    assert names_on(cast, "dao") == {"ส่งแล้ว"}
    assert names_on(cast, "ek") == names_on(cast, "fah") == {"ส่งแล้ว", "ของเกาะกลาง"}
    assert cast.client("guest").get(LIST).status_code == 302


def test_list_filters_and_finds_part_of_a_word(cast: Cast) -> None:
    make_sent(cast.anong, name="ทำความสะอาดชายหาด")
    make_sent(cast.anong, name="ปลูกป่าชายเลน", start_date=date(2026, 10, 3), place="ท่าเรือ")
    draft = make_draft(cast.anong, name="ซ่อมบ้าน", kind="disaster", sub_kind="")
    assert names_on(cast, "anong", q="สะอาดชาย") == {"ทำความสะอาดชายหาด"}
    assert names_on(cast, "anong", q="ท่าเรือ") == {"ปลูกป่าชายเลน"}
    assert names_on(cast, "anong", q="81-6910") == {"ปลูกป่าชายเลน"}
    assert names_on(cast, "anong", month="2569-10") == {"ปลูกป่าชายเลน"}
    assert names_on(cast, "anong", kind="disaster") == names_on(cast, "anong", status="draft") == {draft.name}
    assert len(names_on(cast, "anong", month="x", status="x", occasion="x", sort="x", page="x")) == 3
    page = cast.client("anong").get(LIST, {"q": "ไม่มีคำนี้"}).content.decode()
    assert "ไม่พบกิจกรรม" in page


def test_list_of_many_asks_no_more_than_of_few(cast: Cast) -> None:
    client = cast.client("ek")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    for _ in range(3):
        make_sent(cast.anong)
    few = queries()
    for _ in range(27):
        make_sent(cast.chai)
    assert queries() == few


def test_list_as_workbook(cast: Cast) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    sent = make_sent(cast.anong, name="=1+1")
    make_sent(cast.chai)
    body = cast.client("anong").get(reverse("activities:list_xlsx")).content
    rows = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert (rows[1][0], rows[1][3], rows[1][9]) == (sent.number, "=1+1", 66)


@pytest.mark.parametrize(
    "name", ["detail", "revisions", "compare", "report_pdf", "report_png", "sent", "copy"]
)
def test_foreign_record_is_not_there(cast: Cast, name: str) -> None:
    sent, draft = make_sent(cast.anong), make_draft(cast.anong)
    url = reverse(f"activities:{name}", args=[sent.uuid])
    assert cast.client("chai").get(url).status_code == 404
    assert cast.client("guest").get(url).status_code == 302
    hidden = reverse(f"activities:{name}", args=[draft.uuid])
    assert cast.client("dao").get(hidden).status_code == 404
    assert cast.client("anong").get(reverse(f"activities:{name}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["submit", "approve", "send_back", "withdraw", "reopen"])
def test_forbidden_step_is_403_foreign_404(cast: Cast, name: str) -> None:
    sent = make_sent(cast.anong)
    before = Activity.objects.values().get()
    url = reverse(f"activities:{name}", args=[sent.uuid])
    assert cast.client("dao").post(url, {"reason": "x"}).status_code == 403
    assert cast.client("chai").post(url, {"reason": "x"}).status_code == 404
    assert cast.client("anong").get(url).status_code == 405
    assert Activity.objects.values().get() == before


def test_detail_and_its_buttons(cast: Cast) -> None:
    draft = make_draft(cast.anong, latitude=None, longitude=None)
    client = cast.client("anong")
    page = client.get(reverse("activities:detail", args=[draft.uuid])).content.decode()
    assert "ส่งให้ผู้ตรวจ" in page
    answer = client.post(reverse("activities:submit", args=[draft.uuid]), {"revision": draft.revision})
    assert answer["Location"] == reverse("activities:sent", args=[draft.uuid])
    page = client.get(reverse("activities:detail", args=[draft.uuid])).content.decode()
    assert "81-6911-000001" in page  # in the reader's digits
    assert "จิตอาสา 904" in page
    answer = client.post(
        reverse("activities:reopen", args=[draft.uuid]), {"reason": "แก้จำนวน", "revision": draft.revision + 1}
    )
    assert answer["Location"] == reverse("activities:edit", args=[draft.uuid])
    draft.refresh_from_db()
    assert draft.status == Status.RETURNED
    assert (
        "ขอแก้ไข" in cast.client("dao").get(reverse("activities:detail", args=[draft.uuid])).content.decode()
    )


def test_incomplete_draft_leads_to_the_form(cast: Cast) -> None:
    draft = make_draft(cast.anong, name="")
    answer = cast.client("anong").post(reverse("activities:submit", args=[draft.uuid]))
    assert answer["Location"] == reverse("activities:edit", args=[draft.uuid])


def test_stale_button_changes_nothing(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    answer = cast.client("anong").post(
        reverse("activities:withdraw", args=[sent.uuid]), {"reason": "ซ้ำ", "revision": "1"}, follow=True
    )
    assert "แก้ไขรายการนี้หลังจาก" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED


def test_receipt_address(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    target = reverse("activities:detail", args=[sent.uuid])
    for number in (sent.number, "๘๑-๖๙๑๑-๐๐๐๐๐๑"):
        assert cast.client("dao").get(f"/r/{number}/")["Location"] == target
    assert cast.client("chai").get(f"/r/{sent.number}/").status_code == 404
    assert cast.client("anong").get("/r/81-6911-999999/").status_code == 404


def test_revisions_and_comparison(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="ชื่อแรก")
    opened = reopen(actor=cast.anong, activity=sent, reason="แก้ชื่อ", now=NOW)
    client = cast.client("anong")
    from dataclasses import replace

    from jitasa.activities.selectors.values import values_of
    from jitasa.activities.services.save_draft import save_draft

    changed = save_draft(
        actor=cast.anong,
        uuid=opened.uuid,
        base_revision=opened.revision,
        values=replace(values_of(opened), name="ชื่อใหม่", groups={"people": 70}),
        now=NOW,
    )
    submit(actor=cast.anong, activity=changed, now=NOW)
    page = client.get(reverse("activities:revisions", args=[sent.uuid])).content.decode()
    assert "ชื่อกิจกรรม, ผู้เข้าร่วม" in page
    url = reverse("activities:compare", args=[sent.uuid])
    page = client.get(url, {"from": "2", "to": "4"}).content.decode()
    for words in ("ชื่อแรก", "ชื่อใหม่", "ประชาชนจิตอาสา 70"):
        assert words in page
    assert client.get(url, {"from": "2", "to": "77"}).status_code == 404
    above = cast.client("dao").get(reverse("activities:revisions", args=[sent.uuid])).context["lines"]
    assert [row.number for row, _step, _labels in above] == [5, 4, 3, 2]


def test_reports_are_made(cast: Cast) -> None:
    from jitasa.faces.fonts import NoThaiFont, face

    try:
        face()
    except NoThaiFont:
        pytest.skip("no Thai face is installed on this machine")
    sent = make_sent(cast.anong)
    client = cast.client("anong")
    pdf = client.get(reverse("activities:report_pdf", args=[sent.uuid]))
    assert pdf.content.startswith(b"%PDF")
    png = client.get(reverse("activities:report_png", args=[sent.uuid]))
    assert png.content.startswith(b"\x89PNG")
    assert png["Cache-Control"] == "private, no-store"


def test_a_merger_tells_what_the_ending_office_has_not_finished(cast: Cast) -> None:
    make_draft(cast.anong)
    make_sent(cast.anong)
    address = reverse("organizations:change", args=[cast.aonang.pk, "merge"])
    asked = {
        "successor": "อบต.ไสไทย",
        "successor_id": cast.saithai.pk,
        "effective_on": "1/10/2569",
        "reason": "ประกาศ",
    }
    page = cast.client("fah").post(address, asked).content.decode()
    assert "ยังมีร่าง 1 รายการ และรายการที่ถูกส่งกลับ 0 รายการ" in page
    asked["successor"], asked["successor_id"] = "อบต.อ่าวนาง", cast.aonang.pk
    other = cast.client("fah").post(reverse("organizations:change", args=[cast.saithai.pk, "merge"]), asked)
    assert "ยังมีร่าง" not in other.content.decode()


def test_the_list_shows_the_leading_picture_of_each_record(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    bare = make_draft(cast.anong, name="ยังไม่มีภาพ", pictures=0)
    page = cast.client("anong").get(LIST).content.decode()
    lead = sent.photos.order_by("position")[0].photo
    assert (
        page.count(reverse("photos:file", args=[lead.sha256, "small"])) == 2
    )  # the table, and the list of a phone
    assert bare.name in page


def test_receipt_numbers_are_in_the_digits_the_reader_chose(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    client = cast.client("anong")
    pages = [LIST, *(reverse(f"activities:{name}", args=[sent.uuid]) for name in ("detail", "sent"))]
    assert all("81-6911-000001" in client.get(page).content.decode() for page in pages)
    cast.people["anong"].numerals = Numerals.THAI
    cast.people["anong"].save()
    assert all("๘๑-๖๙๑๑-๐๐๐๐๐๑" in client.get(page).content.decode() for page in pages)
