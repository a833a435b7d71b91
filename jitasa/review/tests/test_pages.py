"""The review pages: what each may see, the keyboardless way through, and how many queries it takes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.tests.making import DAY, make_lists, make_photo, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.organizations.choices import Role
from jitasa.photos.models import Upload
from jitasa.review.services.accept import accept
from jitasa.review.services.flag import flag_pending
from jitasa.review.services.return_record import return_record
from jitasa.rounds.choices import RETURNABLE
from jitasa.rounds.models import ReturnReason
from tests.cast import NOW, Cast, make_person

ISLAND: dict[str, Any] = {"latitude": 7.7, "longitude": 99.1, "place": "ศาลาประชาคม", "name": "ปลูกป่าชายเลน"}
LIST = reverse("review:list")


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()
    ReturnReason.objects.create(
        code="photos", label="ภาพไม่ชัด", text="เพิ่มภาพที่เห็นผลงาน", fields=["photos"], created_at=NOW
    )


def at(name: str, activity: Activity, *more: object) -> str:
    return reverse(f"review:{name}", args=[activity.uuid, *more])


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def twins(cast: Cast) -> tuple[Activity, Activity]:
    """A record of อ่าวนาง and one of เกาะกลาง with the same picture."""
    shared = make_photo(cast.aonang, "shared")
    Upload.objects.create(photo=shared, organization=cast.kokklang, created_at=NOW)
    values = (PhotoValue(sha256=shared.sha256),)
    first = make_sent(cast.anong, photos=(*values, PhotoValue(sha256=make_photo(cast.aonang, "1").sha256)))
    second_photo = PhotoValue(sha256=make_photo(cast.kokklang, "2").sha256)
    second = make_sent(
        cast.chai, start_date=DAY - timedelta(days=3), photos=(*values, second_photo), **ISLAND
    )
    flag_pending(NOW + timedelta(minutes=5))
    return first, second


def test_guests_sign_in_and_laos_are_sent_home(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    for url in (LIST, at("record", sent), at("return", sent), reverse("review:selectable")):
        assert Client().get(url).status_code == 302
        assert cast.client("anong").get(url).status_code == 403


def test_each_office_sees_what_reports_to_it(cast: Cast) -> None:
    make_person("town", cast.town, Role.OFFICER)
    mine, foreign = make_sent(cast.anong), make_sent(cast.chai, **ISLAND)
    for who, seen in (("dao", [mine]), ("ek", [mine, foreign]), ("fah", [mine, foreign])):
        rows = list(cast.client(who).get(LIST).context["page"])
        assert rows == seen
    assert cast.client("dao").get(at("record", foreign)).status_code == 404
    for act in ("accept", "return", "undo"):
        assert cast.client("dao").post(at(act, foreign), {"reason": "แก้"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.status == Status.SUBMITTED
    assert cast.client("dao").get(reverse("review:record", args=[uuid4()])).status_code == 404


def test_accepting_goes_to_the_next_and_offers_undo(cast: Cast) -> None:
    first, second = make_sent(cast.anong), make_sent(cast.anong, name="ปลูกต้นไม้ริมคลอง")
    dao = cast.client("dao")
    answer = dao.post(at("accept", first), {"revision": first.revision}, follow=True)
    assert answer.redirect_chain[0][0].startswith(at("record", second))
    assert "ยกเลิกการรับ" in answer.content.decode()
    dao.post(at("undo", first))
    first.refresh_from_db()
    assert first.status == Status.SUBMITTED
    dao.post(at("accept", first))
    answer = dao.post(at("accept", second), follow=True)
    assert answer.redirect_chain[0][0].startswith(LIST)
    assert "ตรวจครบแล้ว" in answer.content.decode()


def test_htmx_swaps_the_record_and_takes_the_line_away(cast: Cast) -> None:
    first, second = make_sent(cast.anong), make_sent(cast.anong, name="ปลูกต้นไม้ริมคลอง")
    dao = cast.client("dao")
    headers = {"HX-Request": "true"}
    page = dao.get(at("record", first), headers=headers).content.decode()
    assert "<html" not in page
    assert first.name in page
    answer = dao.post(at("accept", first), {"revision": first.revision}, headers=headers)
    text = answer.content.decode()
    assert second.name in text
    assert f'id="mail-{first.pk}" hx-swap-oob="delete"' in text
    assert """hx-swap-oob="outerHTML:[data-nav-count='review']">1<""" in text  # the bar's own number follows
    done = dao.post(at("accept", second), {"revision": second.revision}, headers=headers).content.decode()
    assert """data-nav-count="review" hidden hx-swap-oob""" in done
    undone = dao.post(at("undo", second), headers=headers)
    assert undone.status_code in (200, 302)
    assert answer["HX-Push-Url"] == at("record", second)
    restored = dao.get(at("record", second), headers={**headers, "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_a_stale_page_changes_nothing_and_says_so(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    answer = cast.client("dao").post(at("accept", sent), {"revision": sent.revision + 3})
    assert answer.status_code == 409
    assert "มีการแก้ไขรายการนี้" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED


def test_returning_with_a_template_and_without_script(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    dao = cast.client("dao")
    page = dao.get(at("return", sent)).content.decode()
    assert "ภาพไม่ชัด" in page
    empty = dao.post(at("return", sent), {"reason": ""})
    assert empty.status_code == 400
    assert "ระบุเหตุผล" in empty.content.decode()
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED
    dao.post(at("return", sent), {"template": "photos", "reason": ""})
    sent.refresh_from_db()
    step = sent.steps.last()
    assert step is not None
    assert (sent.status, step.reason, step.fields) == (Status.RETURNED, "เพิ่มภาพที่เห็นผลงาน", ["photos"])
    shown = dao.get(at("record", sent)).content.decode()
    assert "เพิ่มภาพที่เห็นผลงาน" in shown
    assert "ภาพถ่าย" in shown


def test_the_history_names_what_a_reviewer_pointed_at_in_words(cast: Cast) -> None:
    """It read "ช่อง: participants": the form's words do not know every part of a record."""
    sent = make_sent(cast.anong)
    every = list(RETURNABLE)
    return_record(actor=cast.dao, activity=sent, reason="ตรวจยอดแต่ละกลุ่ม", fields=every, now=NOW)
    shown = cast.client("anong").get(reverse("activities:detail", args=[sent.uuid])).content.decode()
    line = shown.partition("ช่อง: ")[2].partition("</p>")[0]
    assert line.split(", ") == [str(RETURNABLE[name]) for name in every]


def test_people_who_only_look_see_no_buttons_and_are_refused(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    cast.people["gai"] = make_person("gai", cast.krabi, Role.VIEWER)
    gai = cast.client("gai")
    page = gai.get(at("record", sent)).content.decode()
    assert at("accept", sent) not in page
    assert at("return", sent) not in page
    assert gai.post(at("accept", sent)).status_code == 403
    assert gai.post(at("return", sent), {"reason": "แก้"}).status_code == 403
    assert gai.post(reverse("review:accept_many"), {"all": "1"}).status_code == 403
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED


def test_flags_stand_in_the_list_and_beside_their_part(cast: Cast) -> None:
    far = make_sent(cast.anong, latitude=8.6, longitude=99.0)
    ek = cast.client("ek")
    assert "นอกพื้นที่" in ek.get(LIST).content.decode()
    page = ek.get(at("record", far)).content.decode()
    assert (
        page.index("<dt>สถานที่</dt>") < page.index('id="flag-outside_area"') < page.index("<dt>ผู้เข้าร่วม</dt>")
    )
    assert "หมุดอยู่ห่างจากสำนักงาน" in page


def test_both_records_side_by_side_for_who_sees_both(cast: Cast) -> None:
    first, second = twins(cast)
    page = cast.client("ek").get(at("compare", first, second.uuid))
    assert [side["activity"] for side in page.context["sides"]] == [first, second]
    text = page.content.decode()
    assert first.name in text
    assert second.name in text
    assert "ไฟล์เดียวกัน" in text


def test_of_a_foreign_record_only_office_and_month_are_told(cast: Cast) -> None:
    first, second = twins(cast)
    dao = cast.client("dao")
    for url in (at("record", first), at("compare", first, second.uuid)):
        text = dao.get(url).content.decode()
        assert "อบต.เกาะกลาง" in text
        assert "พฤศจิกายน 2569" in text
        assert "นอกหน่วยงานที่ท่านดูแล" in text or "ไม่ได้ดูแล" in text
        for secret in (second.name, second.place, second.number, "ปลูกป่า"):
            assert secret not in text
    assert len(dao.get(at("compare", first, second.uuid)).context["sides"]) == 1
    assert dao.get(at("compare", second, first.uuid)).status_code == 404
    assert dao.get(at("compare", first, uuid4())).status_code == 404


def test_two_records_without_a_flag_are_not_compared(cast: Cast) -> None:
    one, two = make_sent(cast.anong), make_sent(cast.chai, **ISLAND)
    assert cast.client("ek").get(at("compare", one, two.uuid)).status_code == 404


def test_accept_many_from_the_page_and_in_portions(cast: Cast) -> None:
    rows = [make_sent(cast.anong) for _ in range(4)]
    far = make_sent(cast.anong, latitude=8.6, longitude=99.0)
    dao = cast.client("dao")
    url = reverse("review:accept_many")
    assert dao.post(url, {}).status_code == 400
    choices = dao.get(reverse("review:selectable")).json()["choices"]
    assert choices == [f"{row.pk}:{row.revision}" for row in rows]
    answer = dao.post(url, {"choice": choices[:2]}, headers={"Accept": "application/json"}).json()
    assert answer == {"accepted": [rows[0].pk, rows[1].pk], "skipped": []}
    page = dao.post(url, {"choice": [f"{far.pk}:{far.revision}", "x", "1:y"]}).content.decode()
    assert "รับรายงานแล้ว 0 รายการ ข้าม 1 รายการ" in page
    assert "รับรายงานแล้ว 2 รายการ ข้าม 0 รายการ" in dao.post(url, {"all": "1"}).content.decode()
    assert set(Activity.objects.filter(status=Status.SUBMITTED)) == {far}


@pytest.mark.at(NOW)
def test_boxes_and_filters(cast: Cast) -> None:
    waiting = make_sent(cast.anong)
    far = make_sent(cast.anong, latitude=8.6, longitude=99.0, name="ปลูกต้นไม้")
    back, done = make_sent(cast.anong, name="ซ่อมบ้าน"), make_sent(cast.chai, **ISLAND)
    return_record(actor=cast.dao, activity=back, reason="แก้", now=NOW)
    accept(actor=cast.ek, activity=done, now=NOW)
    ek = cast.client("ek")

    def shown(**query: str) -> list[Activity]:
        return list(ek.get(LIST, query).context["page"])

    assert shown() == [waiting, far]
    assert shown(show="flagged") == [far]
    assert shown(show="returned") == [back]
    assert shown(show="accepted") == [done]
    assert shown(show="accepted", place="8103") == [done]
    assert shown(show="accepted", place="8101") == []
    assert shown(q="ต้นไม้") == [far]
    assert shown(q=waiting.number) == [waiting]
    assert shown(month="2569-11", kind="development") == [waiting, far]
    assert shown(month="2569-10") == []
    assert shown(month="นอกเดือน", show="สิ่งแปลก", place="x'") == [waiting, far]


def test_the_list_takes_as_many_queries_for_30_as_for_3(cast: Cast) -> None:
    dao = cast.client("dao")
    for _ in range(3):
        make_sent(cast.anong)
    dao.get(LIST)
    few = queries(dao, LIST)
    record = at("record", Activity.objects.earliest("pk"))
    dao.get(record)
    few_open = queries(dao, record)
    for number in range(27):
        make_sent(cast.anong, latitude=8.6 if number % 3 == 0 else 8.04)
    assert queries(dao, LIST) == few
    assert queries(dao, record) == few_open
    assert few_open < 35


def test_a_group_is_told_with_its_count_and_never_as_two_numbers(cast: Cast) -> None:
    row = make_sent(cast.anong)
    assert "จิตอาสา 904: 4 คน" in cast.client("dao").get(at("record", row)).content.decode()
    detail = cast.client("anong").get(reverse("activities:detail", args=[row.uuid])).content.decode()
    assert '<dt>จิตอาสา 904</dt><dd class="num">4 คน</dd>' in detail
    accept(actor=cast.dao, activity=row, now=NOW)
    public = cast.client("guest").get(reverse("portal:activity", args=[row.number]))
    assert "จิตอาสา 904: 4 คน" in public.content.decode()
