"""What the public sees, and what it never sees."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.occasions.models import Occasion
from jitasa.organizations.services.merge import merge
from jitasa.organizations.services.recode import recode
from jitasa.organizations.viewer import SYSTEM
from jitasa.portal.tests.making import make_public
from jitasa.publicity.choices import FileState
from jitasa.publicity.models import Material, MaterialFile
from jitasa.publicity.tests.making import make_picture_row
from jitasa.review.services.accept import undo_acceptance
from tests import things
from tests.cast import NOW, Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db
EVERYWHERE = ("/", "/activities/", "/map/", "/p/81/", "/d/8101/", "/o/06810104/", "/days/2569/love-trees/")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def day(cast: Cast) -> Occasion:
    return Occasion.objects.create(
        code="love-trees",
        date=date(2026, 11, 21),
        name="วันรักต้นไม้ประจำปีของชาติ",
        short_name="วันรักต้นไม้",
        kind="national",
    )


@pytest.fixture
def shown(cast: Cast, day: Occasion) -> Activity:
    return make_public(
        cast,
        basis="occasion",
        occasion_id=day.pk,
        chair_name="นายสมชาย ใจดี",
        chair_position="นายก อบต.อ่าวนาง",
    )


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def test_an_accepted_record_is_everywhere_a_person_may_look(client: Client, shown: Activity) -> None:
    for address in EVERYWHERE:
        if address != "/map/":
            assert shown.name in text(client, address), address
    assert f"/a/{shown.number}/" in text(client, "/map/?province=81")


def test_the_page_of_a_record_says_what_was_done(client: Client, shown: Activity) -> None:
    page = text(client, f"/a/{shown.number}/")
    for words in (
        shown.name,
        "20 พฤศจิกายน 2569",
        "อบต.อ่าวนาง",
        "นายก อบต.อ่าวนาง",
        "66 คน",
        "วันรักต้นไม้ประจำปีของชาติ",
    ):
        assert words in page
    assert "240" in words_of(page)
    assert "social-plugins.line.me" in page
    assert f"/pictures/{shown.photos.get(position=0).pk}-medium.jpg" in page


def test_what_is_not_accepted_is_nowhere(client: Client, cast: Cast, day: Occasion) -> None:
    make_lists()
    sent = make_sent(cast.anong, name="ยังไม่รับรายงาน", basis="occasion", occasion_id=day.pk)
    make_draft(cast.anong, name="ร่างที่ยังไม่ส่ง")
    for address in (*EVERYWHERE, "/map/?province=81", "/map/points.json?bounds=98,7,99,9"):
        page = text(client, address)
        assert "ยังไม่รับรายงาน" not in page, address
        assert "ร่างที่ยังไม่ส่ง" not in page, address
    text(client, f"/a/{sent.number}/", 404)


def test_no_name_of_a_person_and_no_picture_kept_back(client: Client, shown: Activity) -> None:
    kept_back = shown.photos.get(position=1)
    for address in (*EVERYWHERE, f"/a/{shown.number}/", "/activities/?q=สมชาย"):
        page = text(client, address)
        assert "สมชาย ใจดี" not in page, address
        assert f"/pictures/{kept_back.pk}-" not in page, address
    assert shown.name not in text(client, "/activities/?q=สมชาย")


def test_what_was_public_once_is_gone_kindly(client: Client, cast: Cast, shown: Activity) -> None:
    undo_acceptance(actor=cast.dao, activity=shown, now=NOW)
    page = text(client, f"/a/{shown.number}/", 410)
    assert "ไม่เผยแพร่แล้ว" in page
    assert shown.name not in page
    withdraw(actor=cast.boonmee, activity=Activity.objects.get(pk=shown.pk), reason="บันทึกซ้ำ", now=NOW)
    text(client, f"/a/{shown.number}/", 410)
    assert shown.name not in text(client, "/")


def test_a_number_in_thai_digits_leads_to_the_same_page(client: Client, shown: Activity) -> None:
    thai = shown.number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    answer = client.get(f"/a/{thai}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/a/{shown.number}/")
    answer = client.get(f"/en/a/{thai}/")
    assert answer["Location"] == f"/en/a/{shown.number}/"


def test_a_number_that_is_none_is_not_found(client: Client, cast: Cast) -> None:
    for number in ["x", "81-6911-999999", "81-6911", "๘๑", "81-6911-000001'--"]:
        assert "ค้นหา" in text(client, f"/a/{number}/", 404)
    assert client.get("/a/%00/").status_code == 400


def test_an_earlier_code_leads_to_the_present_one(client: Client, cast: Cast) -> None:
    recode(actor=SYSTEM, organization=cast.aonang, code="06810188", effective_on=date(2026, 11, 1), now=NOW)
    answer = client.get("/o/06810104/")
    assert (answer.status_code, answer["Location"]) == (301, "/o/06810188/")
    assert client.get("/o/81/")["Location"] == "/p/81/"
    assert client.get("/o/00/")["Location"] == "/"
    text(client, "/o/99999999/", 404)
    text(client, "/p/10/", 404)


def test_a_merged_office_shows_where_it_went(client: Client, cast: Cast, shown: Activity) -> None:
    merge(
        actor=SYSTEM,
        predecessors=[cast.aonang],
        successor=cast.saithai,
        effective_on=date(2026, 11, 22),
        now=NOW,
    )
    page = text(client, "/o/06810104/")
    assert "/o/06810107/" in page
    assert shown.name in page
    assert "/o/06810104/" in text(client, "/o/06810107/")


def test_a_renamed_day_keeps_its_address_and_its_activities(
    client: Client, shown: Activity, day: Occasion
) -> None:
    Occasion.objects.filter(pk=day.pk).update(retired_at=NOW)
    Occasion.objects.create(
        code=day.code, date=date(2026, 11, 25), name="ชื่อใหม่", short_name="ใหม่", kind="national"
    )
    page = text(client, "/days/2569/love-trees/")
    assert "ชื่อใหม่" in page
    assert shown.name in page
    text(client, "/days/2568/love-trees/", 404)
    text(client, "/days/99999/love-trees/", 404)


def test_a_day_of_a_province_has_its_own_address(client: Client, cast: Cast) -> None:
    things.day_of_province(things.World(cast), cast.aonang)
    assert "วันเมืองกระบี่" in text(client, "/days/2569/krabi-day/81/")
    text(client, "/days/2569/krabi-day/", 404)
    assert "วันเมืองกระบี่" not in text(client, "/calendar/?month=2569-06")
    assert "วันเมืองกระบี่" in text(client, "/calendar/?month=2569-06&province=81")


def test_the_calendar_answers_any_address(client: Client, cast: Cast) -> None:
    for query in ["month=x", "month=2569-13", "month=9999-01", "province=zz"]:
        assert "ปฏิทินวันสำคัญ" in text(client, f"/calendar/?{query}")
    assert client.get("/calendar/?month=%00").status_code == 400
    assert client.get("/days/?year=abc").status_code == 200
    assert client.get("/days/?year=9999").status_code == 200


def test_the_calendar_shows_the_month_with_links(client: Client, day: Occasion) -> None:
    page = text(client, "/calendar/")
    assert "/days/2569/love-trees/" in page
    assert "พฤศจิกายน 2569" in page
    assert "/days/2569/love-trees/" in text(client, "/days/?year=2569")


def test_material_is_there_while_it_is_released(client: Client, cast: Cast) -> None:
    pk = things.public_material(things.World(cast), cast.aonang)["pk"]
    assert "ชวนปลูกต้นไม้" in text(client, "/materials/?kind=script")
    assert "เชิญร่วมปลูกต้นไม้เช้าวันเสาร์" in text(client, f"/materials/{pk}/")
    assert "ชวนปลูกต้นไม้" not in text(client, "/materials/?kind=poster")
    Material.objects.update(is_public=False)
    assert "ชวนปลูกต้นไม้" not in text(client, "/materials/")
    text(client, f"/materials/{pk}/", 404)


def test_empty_pages_say_what_will_be_there(client: Client, cast: Cast) -> None:
    for address in (
        "/",
        "/activities/",
        "/map/",
        "/map/?province=81",
        "/p/81/",
        "/d/8101/",
        "/o/06810104/",
        "/days/",
    ):
        text(client, address)
    assert "ยังไม่มีกิจกรรมที่เผยแพร่" in text(client, "/o/06810104/")


def test_a_site_without_any_office_still_answers(client: Client, db: None) -> None:
    for address in ("/", "/activities/", "/map/", "/calendar/", "/days/", "/materials/"):
        text(client, address)


def test_a_poster_whose_sizes_are_being_made_says_so(client: Client, cast: Cast) -> None:
    pk = things.public_material(things.World(cast), cast.aonang)["pk"]
    file = make_picture_row(Material.objects.get(pk=pk))
    words = "กำลังเตรียมไฟล์ภาพ"
    assert words not in text(client, f"/materials/{pk}/")
    MaterialFile.objects.filter(pk=file.pk).update(state=FileState.PENDING, copies={})
    assert words in text(client, f"/materials/{pk}/?again")
