"""The public site in a real browser: sound for everybody, at both sizes, light and dark, with and without script."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from jitasa.activities.models import Activity
from jitasa.occasions.models import Occasion
from jitasa.photos.models import Photo
from jitasa.photos.services.prepare import prepare
from jitasa.review.services.accept import accept
from tests.browser.conftest import Opener
from tests.browser.days import NOW, YESTERDAY
from tests.browser.desk import DESKTOP, PHONE
from tests.browser.one_at_a_time import database
from tests.browser.records import sent
from tests.cast import Cast

NAME = "เก็บขยะชายหาดนพรัตน์ธารา"
CROWDED = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
PARTS = 3  # so that several workers share the longest journey
SIZES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture
def shown(cast: Cast) -> Activity:
    """An accepted record with a picture and a point, on an important day."""
    words = {"name": "วันรักษ์ชายหาด", "short_name": "วันรักษ์ชายหาด", "kind": "national"}
    with database():
        day = Occasion.objects.create(code="beach", date=YESTERDAY, **words)
    row = sent(cast.anong, NAME, basis="occasion", occasion_id=day.pk, latitude=8.04, longitude=98.8)
    with database():
        for photo in Photo.objects.filter(uses__activity=row):
            prepare(photo)
        return accept(actor=cast.dao, activity=row, now=NOW)


def pages(shown: Activity) -> list[str]:
    """Every page of the public site, those about the site included."""
    use = shown.photos.first()
    assert use is not None
    day = f"/days/{YESTERDAY.year + 543}/beach/"
    return [
        "/", "/activities/", "/activities/?q=่้&since=x", "/activities/?province=81&district=8101", f"/a/{shown.number}/",
        "/map/", "/map/?province=81", "/p/81/", "/d/8101/", "/o/06810104/", "/calendar/", "/days/", day, "/materials/",
        "/a/81-0000-000000/", f"/pictures/{use.pk}/request/",
        "/about/", "/contact/", "/privacy/", "/accessibility/", "/site-map/",
    ]  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("size", SIZES)
def test_every_public_page_is_sound(page_for: Opener, shown: Activity, size: str, part: int) -> None:
    """The rules once a page; in the dark theme the colours, the one thing that differs."""
    guest = page_for("guest", SIZES[size], color_scheme="light", reduced_motion="reduce")
    for address in pages(shown)[part::PARTS]:
        guest.goes_to(address)
        guest.page_is_sound()
        guest.turns("dark")
        guest.colours_are_sound()
        guest.turns("light")


@pytest.mark.at(CROWDED)
@pytest.mark.parametrize("size", SIZES)
def test_several_important_days_fall_on_one_day(page_for: Opener, cast: Cast, size: str) -> None:
    """25 November is King Vajiravudh's day already; two more share its cell of the month."""
    with database():
        for code, words in (("beach", "วันรักษ์ชายหาด"), ("canal", "วันอนุรักษ์และพัฒนาแม่น้ำ คู คลองแห่งชาติ")):
            Occasion.objects.create(
                code=code, date=date(2026, 11, 25), name=words, short_name=words, kind="national"
            )
    guest, anong = page_for("guest", SIZES[size]), page_for("anong", SIZES[size])
    for reader, address in (
        (guest, "/calendar/"), (guest, "/calendar/?province=81"), (anong, "/work/occasions/"),
    ):  # fmt: skip
        reader.goes_to(address)
        expect(reader.page.locator("table.cal td", has_text="25").locator("a"), address).to_have_count(3)
        reader.page_is_sound()


def test_the_first_page_in_english(page_for: Opener, shown: Activity) -> None:
    guest = page_for("guest", PHONE)
    guest.goes_to("/")
    guest.page.get_by_role("link", name="English").first.click()
    guest.heading_is("Volunteering")
    guest.page_is_sound()
    guest.page.get_by_role("link", name=NAME).first.click()
    expect(guest.page).to_have_url(re.compile(f"/en/a/{shown.number}/$"))
    guest.sees("What was done")


def test_somebody_finds_an_activity_by_a_word_inside_its_name(page_for: Opener, shown: Activity) -> None:
    guest = page_for("guest", PHONE)
    guest.goes_to("/")
    guest.page.locator("#hero-q").fill("นพรัตน์")
    guest.page.locator("#hero-q").press("Enter")
    guest.sees("พบ 1 กิจกรรม")
    guest.page.get_by_role("link", name=NAME).click()
    guest.heading_is(NAME)


def test_the_map_goes_from_a_province_to_a_place(page_for: Opener, shown: Activity) -> None:
    guest = page_for("guest", DESKTOP, reduced_motion="reduce")
    guest.goes_to("/map/")
    guest.page.get_by_role("button", name=re.compile("กระบี่ 1")).click()
    guest.page.locator(".spot").first.wait_for()
    guest.page.locator(".spot").first.click()
    guest.page.locator(".leaflet-popup").get_by_role("link", name=NAME).click()
    guest.heading_is(NAME)


def test_without_script_everything_is_there(page_for: Opener, shown: Activity) -> None:
    guest = page_for("guest", PHONE, java_script_enabled=False)
    for address in ("/", "/activities/?q=นพรัตน์", "/map/?province=81", "/p/81/"):
        guest.goes_to(address)
        expect(guest.page.get_by_role("link", name=NAME).first, address).to_be_visible()


def test_an_officer_sees_what_everybody_sees_and_finds_the_way_to_work(
    page_for: Opener, shown: Activity
) -> None:
    anong = page_for("anong", DESKTOP)
    anong.goes_to("/")
    anong.page.get_by_role("link", name="สำหรับเจ้าหน้าที่").last.click()
    anong.page.wait_for_url("**/work/")
