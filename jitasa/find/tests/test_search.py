"""The search over everything: each finds what is hers, in whatever way it is typed, and nothing else."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.accounts.models import User
from jitasa.activities.models import Activity
from jitasa.activities.selectors.finding import found_by, receipt_number
from jitasa.activities.selectors.listing import RecordFilters, listed
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.distribution.values import Recipients
from jitasa.find.selectors.everywhere import SOURCES, FoundEverywhere, everywhere
from jitasa.home.menu import BAR, REST
from jitasa.letters.services.receive import register
from jitasa.letters.tests.samples import draft, values
from jitasa.letters.tests.test_way import circular, way
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Role
from jitasa.organizations.services.people import create_person, edit_person
from jitasa.organizations.viewer import Viewer
from jitasa.thai.digits import to_thai
from tests.cast import NOW, Cast, make_person
from tests.pages import words_of

pytestmark = pytest.mark.django_db
PEOPLE = ("anong", "boonmee", "chai", "dao", "ek", "fah")
URL = "/work/search/"


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def found(viewer: Viewer, text: str) -> dict[str, list[str]]:
    """The titles found, by kind."""
    groups = everywhere(viewer, text, NOW).groups
    return {group.part.key: [hit.title for hit in group.found.hits] for group in groups}


# --- nobody finds what is not theirs -----------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_records_are_found_by_those_who_may_see_them(cast: Cast, who: str) -> None:
    own, foreign = (
        make_sent(cast.anong, name="ปลูกป่าชายเลนคลองสน"),
        make_sent(cast.chai, name="ปลูกป่าชายเลนศาลาด่าน"),
    )
    titles = found(getattr(cast, who), "ป่าชายเลน").get("records", [])
    visible = Activity.objects.visible_to(getattr(cast, who))
    assert sorted(titles) == sorted(visible.values_list("name", flat=True))
    assert (own.name in titles) == (who != "chai")
    assert (foreign.name in titles) == (who in {"chai", "ek", "fah"})
    assert found(getattr(cast, who), foreign.number).get("records", []) == (
        [foreign.name] if who in {"chai", "ek", "fah"} else []
    )


@pytest.mark.parametrize("who", PEOPLE)
def test_people_are_found_by_those_who_may_see_them(cast: Cast, who: str) -> None:
    titles = found(getattr(cast, who), "boonmee").get("people", [])
    assert titles == ([] if who == "chai" else ["Boonmee"])


def test_a_district_does_not_find_people_of_a_town_that_only_lies_in_it(cast: Cast) -> None:
    make_person("townclerk", cast.town, Role.OFFICER)
    assert found(cast.dao, "townclerk") == {}
    assert found(cast.ek, "townclerk")["people"] == ["Townclerk"]


@pytest.mark.parametrize("who", PEOPLE)
def test_letters_are_found_in_the_boxes_of_the_own_office(cast: Cast, who: str) -> None:
    letter = circular(cast)  # from the department to the province
    got = found(getattr(cast, who), letter.subject)
    assert ("received" in got, "written" in got) == (who == "ek", who == "fah")


def test_a_letter_below_is_found_by_its_number_alone(cast: Cast) -> None:
    from jitasa.letters.services.issue import issue
    from jitasa.letters.tests.samples import set_up_office

    signer = set_up_office(cast.mueang, prefix="กบ 0118")
    given = values(signer, recipients=Recipients(offices=(cast.aonang.pk,)))
    letter = issue(actor=cast.dao, letter=draft(cast.dao, given), now=NOW)
    for typed in (letter.number, to_thai(letter.number), letter.number.replace(" ", "")):
        assert found(cast.ek, typed)["numbered"] == [letter.subject]
        assert found(cast.dao, typed)["written"] == [letter.subject]
        assert "numbered" not in found(cast.dao, typed)
        assert found(cast.chai, typed) == {}


def test_a_letter_is_found_by_the_number_it_was_given_in_the_receive_register(cast: Cast) -> None:
    letter = circular(cast)
    made = register(actor=cast.ek, dispatch=way(letter, cast.krabi), now=NOW)
    made.number = 4711
    made.save()
    assert found(cast.ek, "๔๗๑๑")["received"] == [letter.subject]
    assert letter.subject in words_of(cast.client("ek").get(reverse("letters:inbox"), {"q": "4711"}))


def test_days_of_another_province_are_not_found(cast: Cast) -> None:
    Occasion.objects.create(
        code="krabi-day",
        date="2026-12-05",
        name="วันเมืองกระบี่",
        short_name="เมืองกระบี่",
        kind="local",
        organization=cast.krabi,
    )
    trang = cast.krabi.__class__.objects.create(
        code="92", type="province", level="province", name="สถจ.ตรัง", short_name="สถจ.ตรัง", province_code="92",
        founded_on=date(2010, 1, 1), path=f"/{cast.department.pk}/9999/",
    )  # fmt: skip
    Occasion.objects.create(
        code="trang-day",
        date="2026-12-06",
        name="วันเมืองตรัง",
        short_name="เมืองตรัง",
        kind="local",
        organization=trang,
    )
    assert found(cast.anong, "วันเมือง")["days"] == ["วันเมืองกระบี่"]
    assert found(cast.fah, "วันเมือง")["days"] == ["วันเมืองกระบี่", "วันเมืองตรัง"]
    assert found(cast.anong, "๕ ธันวาคม 2569")["days"] == ["วันเมืองกระบี่"]


def test_somebody_without_a_post_finds_only_her_own_pages(cast: Cast) -> None:
    user = make_person("nobody", cast.aonang)
    make_sent(cast.anong, name="ปลูกป่าชายเลน")
    viewer = Viewer(user=user)
    for text in ("ป่าชายเลน", "อ่าวนาง", "boonmee", "วัน"):
        assert set(found(viewer, text)) <= {"pages"}
    assert "ข้อมูลของฉัน" in found(viewer, "ข้อมูลของฉัน")["pages"]


# --- however it is typed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("81-6911-000012", "81-6911-000012"),
        ("๘๑-๖๙๑๑-๐๐๐๐๑๒", "81-6911-000012"),
        ("81-6911-12", "81-6911-000012"),
        ("816911000012", "81-6911-000012"),
        (" 81 6911 000012 ", "81-6911-000012"),
        ("06810104", ""),
        ("81-6911", ""),
        ("81-6911-0000123", ""),
        ("ครั้งที่ 81-6911-000012", ""),
    ],
)
def test_a_receipt_number_is_known(typed: str, number: str) -> None:
    assert receipt_number(typed) == number


def test_a_receipt_number_leads_to_its_record_alone(cast: Cast) -> None:
    one, _other = make_sent(cast.anong, name="หนึ่ง"), make_sent(cast.anong, name="สอง")
    for typed in (one.number, to_thai(one.number), one.number.replace("-", "")):
        assert found(cast.anong, typed) == {"records": ["หนึ่ง"]}


@pytest.mark.parametrize(
    "typed", ["อ่าวนาง", "องค์การบริหารส่วนตำบลอ่าวนาง", "อบต. อ่าวนาง", "๐๖๘๑๐๑๐๔", "06810104"]
)
def test_an_office_is_found_in_every_spelling(cast: Cast, typed: str) -> None:
    assert found(cast.ek, typed)["offices"][0] == "อบต.อ่าวนาง"
    assert "offices" not in found(cast.chai, typed)


def test_people_are_found_by_name_in_one_folding_and_by_position(cast: Cast) -> None:
    made = create_person(
        actor=cast.boonmee,
        organization=cast.aonang,
        username="som",
        role=Role.OFFICER,
        full_name="น้ำฝน ทองคำ๙",
        title="นักวิชาการ",
        now=NOW,
    )
    for typed in ("น้ําฝน", "นำ้ฝน", "ทองคำ9", "น้ำฝน อ่าวนาง", "นักวิชาการ อ่าวนาง", "SOM"):
        assert found(cast.anong, typed)["people"] == ["น้ำฝน ทองคำ๙"], typed
    edit_person(actor=cast.boonmee, user=made.user, full_name="ฟ้าใส ใจดี", email="", phone="", now=NOW)
    assert "people" not in found(cast.anong, "น้ำฝน")
    assert found(cast.anong, "ฟ้าใส")["people"] == ["ฟ้าใส ใจดี"]


def test_a_name_comes_before_the_name_of_an_office(cast: Cast) -> None:
    make_person("aonang-fan", cast.saithai, Role.OFFICER)
    User.objects.filter(username="aonang-fan").update(full_name="สมศรี อ่าวนาง", search_text="สมศรี อ่าวนาง")
    assert found(cast.ek, "อ่าวนาง")["people"][0] == "สมศรี อ่าวนาง"


def test_every_service_that_names_a_person_keeps_the_words(cast: Cast) -> None:
    from jitasa.accounts.services.profile import save_profile

    save_profile(actor=cast.anong, user=cast.people["anong"], values={"full_name": "อนงค์ ชื่นใจ"}, now=NOW)
    assert found(cast.boonmee, "ชื่นใจ")["people"] == ["อนงค์ ชื่นใจ"]


# --- pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_that_is_offered_refuses(cast: Cast, who: str) -> None:
    """Each entry of the menu answers whom it is offered to, and is not offered to whom it refuses."""
    client, viewer = cast.client(who), getattr(cast, who)
    refused = {entry.name for entry in (*BAR, *REST) if client.get(entry.url, follow=True).status_code == 403}
    offered = {entry.name for entry in (*BAR, *REST) if entry.may(viewer)}
    assert not refused & offered


def test_pages_and_chapters_are_found_by_name_and_other_words(cast: Cast) -> None:
    assert "หนังสือส่ง" in found(cast.anong, "หนังสือส่ง")["pages"]
    assert "ผู้ใช้" not in found(cast.anong, "ผู้ใช้").get("pages", [])
    assert "ผู้ใช้" in found(cast.boonmee, "ผู้ใช้")["pages"]
    assert found(cast.boonmee, "audit")["pages"] == ["บันทึกการใช้งาน"]
    [chapter] = [
        hit
        for hit in everywhere(cast.anong, "เข้าสู่ระบบ", NOW, only="pages").groups[0].found.hits
        if "/manual/" in hit.url
    ][:1]
    assert cast.client("anong").get(chapter.url).status_code == 200


# --- honest counts, first five, limits ------------------------------------------------------------------


def test_first_five_and_the_count_lead_to_the_list_with_the_same_words(cast: Cast) -> None:
    for n in range(7):
        make_draft(cast.anong, name=f"กวาดลานวัด {n}")
    page = cast.client("anong").get(URL, {"q": "ลานวัด"})
    said = words_of(page)
    assert sum(f"กวาดลานวัด {n}" in said for n in range(7)) == 5
    assert "ทั้งหมด 7 รายการ" in said
    [group] = everywhere(cast.anong, "ลานวัด", NOW, only="records").groups
    listed = words_of(cast.client("anong").get(group.found.list_url))
    assert all(f"กวาดลานวัด {n}" in listed for n in range(7))


def test_counting_stops_at_a_hundred_and_says_so(cast: Cast) -> None:
    one = make_draft(cast.anong, name="กวาดลานวัด")
    fields = [field.name for field in Activity._meta.concrete_fields if field.name not in {"id", "uuid"}]
    from uuid import uuid4

    Activity.objects.bulk_create(
        Activity(uuid=uuid4(), **{name: getattr(one, name) for name in fields}) for _ in range(120)
    )
    [group] = everywhere(cast.anong, "ลานวัด", NOW, only="records").groups
    assert (group.found.counted, len(group.found.hits)) == ("99+", 100)
    assert "ทั้งหมด 99+ รายการ" in words_of(cast.client("anong").get(URL, {"q": "ลานวัด"}))


def test_a_kind_without_a_list_has_its_own_page(cast: Cast) -> None:
    for n in range(7):
        make_person(f"helper{n}", cast.aonang, Role.OFFICER)
    page = cast.client("anong").get(URL, {"q": "helper"})
    assert f"{URL}?q=helper&amp;kind=people" in page.content.decode()
    said = words_of(cast.client("anong").get(URL, {"q": "helper", "kind": "people"}))
    assert all(f"Helper{n}" in said for n in range(7))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "พิมพ์ชื่อกิจกรรม"),
        ("ก", "พิมพ์อย่างน้อย 2 ตัวอักษร"),
        ("!!", "ยังไม่มีคำให้ค้น"),
        ("ก " * 9 + "กก", "ไม่เกิน 8 คำ"),
        ("ก" * 101, "ไม่เกิน 100 ตัวอักษร"),
        ("ซซซซซ", "ไม่พบ “ซซซซซ”"),
        ("<b>ซซ</b>", "ไม่พบ “<b>ซซ</b>”"),
    ],
)
def test_a_state_says_what_to_do(cast: Cast, typed: str, said: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        page = cast.client("anong").get(URL, {"q": typed}, headers=headers)
        assert page.status_code == 200
        assert said in words_of(page)


def test_two_letters_search_everything_but_records_and_it_is_said(cast: Cast) -> None:
    answer: FoundEverywhere = everywhere(cast.fah, "สถ", NOW)
    assert [part.key for part in answer.short] == ["records"]
    assert "offices" in {group.part.key for group in answer.groups}
    assert "อย่างน้อย 3 ตัวอักษร" in words_of(cast.client("fah").get(URL, {"q": "สถ"}))


def test_thai_digits_are_shown_to_who_reads_them(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="ปลูกป่า")
    User.objects.filter(username="anong").update(numerals="thai")
    assert to_thai(sent.number) in words_of(cast.client("anong").get(URL, {"q": sent.number}))


def test_a_guest_signs_in_first(cast: Cast) -> None:
    assert "/accounts/login/" in cast.client("guest").get(URL)["Location"]


# --- what it costs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ek", "fah"])
def test_an_old_record_is_found_behind_the_newest(
    cast: Cast, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first look at the newest leaves is found by the second, which is the list's own question."""
    monkeypatch.setattr("jitasa.activities.selectors.finding.LOOKED_THROUGH", timedelta(days=5))
    monkeypatch.setattr("jitasa.activities.selectors.finding.NEWEST_OF_COUNTRY", 2)
    for day in (3, 2, 1):
        make_sent(cast.anong, name=f"กวาดลานวัด {day}", start_date=date(2026, 11, day))
    for day in (20, 19):
        make_sent(cast.anong, name="ปลูกป่า", start_date=date(2026, 11, day))
    wanted = listed(getattr(cast, who), RecordFilters(text="ลานวัด")).values_list("name", flat=True)
    assert (
        found(getattr(cast, who), "ลานวัด")["records"] == list(wanted) == [f"กวาดลานวัด {n}" for n in (3, 2, 1)]
    )


def test_the_newest_of_the_country_are_all_looked_through(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred among the newest are the answer, in one statement and with every word held; a sign is no wildcard."""
    monkeypatch.setattr("jitasa.activities.selectors.finding.MOST", 2)
    for day in (1, 3, 2):
        make_sent(cast.anong, name=f"กวาดลานวัด {day}", start_date=date(2026, 11, day))
    make_sent(cast.anong, name="กวาดถนน", start_date=date(2026, 11, 20))
    with CaptureQueriesContext(connection) as seen:
        hits = found_by(cast.fah, "ลานวัด กวาด", NOW).hits
    assert ([hit.title for hit in hits], len(seen)) == (["กวาดลานวัด 3", "กวาดลานวัด 2"], 1)
    assert found_by(cast.fah, "ลาน%วัด_", NOW).count == 0


@pytest.mark.parametrize("who", ["anong", "fah"])
def test_the_number_of_statements_does_not_grow(cast: Cast, who: str) -> None:
    def statements(text: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            everywhere(getattr(cast, who), text, NOW)
        return len(seen)

    few = statements("อ่าวนาง 2569")
    for n in range(12):
        make_sent(cast.anong, name=f"อ่าวนาง 2569 ครั้งที่ {n}")
        make_person(f"more{n}", cast.aonang, Role.OFFICER)
        Occasion.objects.create(
            code=f"d{n}", date=date(2026, 12, n + 1), name=f"วันอ่าวนาง {n}", short_name="ว", kind="national"
        )
    assert statements("อ่าวนาง 2569") == few <= len(SOURCES)  # pages ask for nothing, records twice at most
    assert statements("81-6911-000001") == 1


def test_the_words_of_people_are_kept_with_every_name() -> None:
    """The column that the search reads is there; a renamed one would find nobody, silently."""
    try:
        assert User._meta.get_field("search_text").editable is False
    except FieldDoesNotExist:
        pytest.fail("User.search_text is gone")


def test_somebody_without_a_name_is_found_as_the_post(cast: Cast) -> None:
    nobody = make_person("clerk-06810104", cast.aonang, Role.OFFICER, title="นักพัฒนาชุมชน")
    User.objects.filter(pk=nobody.pk).update(full_name="")
    (hit,) = [
        hit
        for group in everywhere(cast.fah, "clerk-06810104", NOW).groups
        for hit in group.found.hits
        if group.part.key == "people"
    ]
    assert hit.title == f"นักพัฒนาชุมชน {cast.aonang}"
    assert hit.words == "clerk-06810104"


def test_numbers_of_receipts_are_not_broken_at_their_hyphens(cast: Cast) -> None:
    record = make_sent(cast.anong, name="ปลูกป่าชายเลน")
    page = cast.client("anong").get(URL, {"q": record.number}).content.decode()
    assert f'<span class="num">{record.number}</span>' in page
