"""The minute: Anong, who has recorded before, goes from "บันทึกกิจกรรม" to the receipt with four photos.

``pytest -s`` prints the steps with their taps and the machine's own seconds.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from jitasa.activities.models import Activity
from jitasa.occasions.models import Occasion
from jitasa.thai.dates import add_months
from tests.browser.conftest import Opener
from tests.browser.days import NOW, TODAY, YESTERDAY
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.recording import AT_THE_BEACH, NAME, chooses_pictures, opens_a_new_record, picture
from tests.browser.records import sent
from tests.cast import Cast

TAPS_MOST, SCREENS_MOST = 7, 2.8
DAY = "วันสมเด็จพระมหาธีรราชเจ้า"
PICTURES = [picture(number) for number in (1, 2, 3, 4)]


@dataclass
class Minute:
    """Taps and seconds, step by step."""

    desk: Desk
    steps: list[tuple[str, float]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)

    def tap(self, what: str, act: Callable[[], object]) -> None:
        began = time.monotonic()
        act()
        self.steps.append((what, time.monotonic() - began))

    def look(self) -> None:
        """How many screens the page is long now, its style sheets being there."""
        self.desk.page.wait_for_load_state()
        self.heights.append(self.desk.page.evaluate("document.documentElement.scrollHeight / innerHeight"))

    def tell(self, size: tuple[int, int]) -> None:
        lines = [
            f"{number}. {what} ({seconds:.2f} s)" for number, (what, seconds) in enumerate(self.steps, 1)
        ]
        longest = max(self.heights)
        total = sum(seconds for _what, seconds in self.steps)
        print(f"\n{size}: {len(self.steps)} taps, machine {total:.1f} s, {longest:.2f} screens")  # noqa: T201 (what this test is for)
        print("\n".join(lines))  # noqa: T201


@pytest.fixture
def recorded_before(cast: Cast) -> Activity:
    """What Anong's office did at the beach two months ago; and the day of the pictures is an important one."""
    with database():
        Occasion.objects.filter(date=YESTERDAY).delete()
        Occasion.objects.create(
            code="minute", date=YESTERDAY, name=DAY, short_name=DAY, kind="royal", changed_at=NOW
        )
    latitude, longitude = AT_THE_BEACH
    return sent(
        cast.anong, seeds=(11, 12), start_date=add_months(TODAY, -1), latitude=latitude, longitude=longitude,
        measures={}, place="หาดนพรัตน์ธารา", moo=3,
    )  # fmt: skip


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_record_with_four_photos_in_seven_taps(
    page_for: Opener, recorded_before: Activity, size: tuple[int, int]
) -> None:
    anong = page_for("anong", size)
    page, minute = anong.page, Minute(anong)
    anong.goes_to("/work/")

    def begin() -> None:
        anong.presses("บันทึกกิจกรรม")
        anong.heading_is("บันทึกกิจกรรมจิตอาสา")

    minute.tap("บันทึกกิจกรรม", begin)

    def four_photos() -> None:
        with page.expect_file_chooser() as chooser:
            page.locator("#drop").click()
        chooser.value.set_files(PICTURES)
        expect(page.locator("#shots .shot[data-sha]")).to_have_count(4)
        expect(page.locator("#offers-record .offer").first).to_contain_text("ห่าง 0 ม.")

    minute.tap("เลือกภาพ 4 ภาพ", four_photos)
    minute.look()
    for nothing in ("ชื่อกิจกรรม", "สถานที่", "ตำบล", "ลักษณะงาน", "จิตอาสา 904"):
        expect(anong.box(nothing)).to_have_value("")  # proposed, never filled by itself
    expect(page.locator('input[name="kind"]:checked')).to_have_count(0)

    minute.tap(
        "เหมือนบันทึกครั้งก่อน: ชื่อ สถานที่ ประเภท ลักษณะงาน ตำบล", page.locator("#offers-record .offer").first.click
    )
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
    expect(anong.box("ตำบล").locator("option:checked")).to_have_text("อ่าวนาง")
    expect(page.locator(".field:has(#id_place) > .from")).to_contain_text("จากบันทึกครั้งก่อน")
    minute.look()
    minute.tap("ตรงกับวันสำคัญ", page.get_by_role("button", name=f"ตรงกับ{DAY} หรือไม่").click)
    minute.tap("จำนวนคนเหมือนครั้งก่อน", page.locator("#offers-people .offer").first.click)
    expect(page.locator("#sum")).to_have_text("66")
    anong.sees(re.compile("ครบแล้ว"))
    minute.look()
    anong.page_is_sound()

    def send() -> None:
        anong.presses("ส่งให้ผู้ตรวจ")
        anong.heading_is("ส่งแล้ว")

    minute.tap("ส่ง", send)

    minute.tell(size)
    assert len(minute.steps) <= TAPS_MOST
    if size == PHONE:
        assert max(minute.heights) <= SCREENS_MOST, minute.heights
    with database():
        made = Activity.objects.exclude(pk=recorded_before.pk).get()
        assert (made.name, made.place, made.moo, made.tambon_code) == (NAME, "หาดนพรัตน์ธารา", 3, "810116")
        assert (made.kind_id, made.sub_kind_id) == (recorded_before.kind_id, recorded_before.sub_kind_id)
        assert (made.occasion and made.occasion.name, made.participants, made.photo_count) == (DAY, 66, 4)
        assert made.number


def test_a_proposal_is_taken_back_and_words_typed_stay(page_for: Opener, recorded_before: Activity) -> None:
    anong = page_for("anong", PHONE)
    page = anong.page
    opens_a_new_record(anong)
    anong.writes("สถานที่", "ลานหน้า อบต.")
    offer = page.locator("#offers-record .offer").first
    offer.click()
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
    expect(anong.box("สถานที่")).to_have_value("ลานหน้า อบต.")
    expect(page.locator("#offers-record .offer").first).to_have_attribute("aria-pressed", "true")
    page.locator("#offers-record .offer").first.click()
    expect(anong.box("ชื่อกิจกรรม")).to_have_value("")
    expect(anong.box("สถานที่")).to_have_value("ลานหน้า อบต.")
    expect(page.locator(".from")).to_have_count(0)


def test_kind_from_the_words_of_the_name_and_measures_of_the_kind_first(page_for: Opener) -> None:
    """An office that has recorded nothing yet."""
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    expect(anong.page.locator("#offers-record .offer")).to_have_count(0)
    anong.writes("ชื่อกิจกรรม", "เก็บขยะริมคลอง")
    anong.presses("จิตอาสาพัฒนา · ปรับภูมิทัศน์/ทำความสะอาด")
    expect(anong.box("ลักษณะงาน")).to_have_value("landscape")
    expect(anong.page.locator('input[name="kind"]:checked')).to_have_value("development")
    expect(anong.page.locator("#measures [data-first] input").first).to_have_attribute(
        "name", "measure_waste"
    )
    anong.page.get_by_role("button", name="เพิ่ม จิตอาสา 904").click(click_count=2)
    expect(anong.page.locator("#sum")).to_have_text("2")


def test_the_bar_leads_to_what_is_missing_and_control_enter_sends(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    chooses_pictures(anong, *PICTURES[:2])
    bar = anong.page.locator("#left-over")
    expect(bar).to_contain_text(re.compile("เหลืออีก [0-9]+.*เขียนชื่อกิจกรรม"))
    bar.click()
    expect(anong.box("ชื่อกิจกรรม")).to_be_focused()
    anong.page.keyboard.type(NAME)
    anong.page.keyboard.press("Control+Enter")
    expect(anong.page.locator("[data-errors]")).to_be_focused()
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)


def test_photos_are_seen_large_and_put_in_order_by_dragging(page_for: Opener) -> None:
    anong = page_for("anong", DESKTOP)
    page = anong.page
    opens_a_new_record(anong)
    chooses_pictures(anong, *PICTURES)
    tiles = page.locator("#shots .shot")
    order = [tile.get_attribute("data-sha") for tile in tiles.all()]
    first, last = (anong.place_of(tiles.nth(n).locator(".ph")) for n in (0, 3))
    page.mouse.move(last["x"] + 40, last["y"] + 60)
    page.mouse.down()
    page.mouse.move(first["x"] + 60, first["y"] + 60, steps=8)
    page.mouse.up()
    assert [tile.get_attribute("data-sha") for tile in tiles.all()] == [order[3], *order[:3]]
    expect(page.locator("dialog.viewer")).to_have_count(0)  # a drag is no tap

    tiles.nth(0).locator("img").click()
    viewer = page.locator("dialog.viewer")
    expect(viewer.locator("p")).to_have_text("1 / 4")
    anong.page_is_sound()
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("p")).to_have_text("2 / 4")
    page.keyboard.press("+")
    assert "scale(1.5)" in viewer.locator("img").evaluate("each => each.style.transform")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('#shots img')")


def test_speaking_where_the_browser_listens(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.page.add_init_script(
        """globalThis.SpeechRecognition = class { start() { setTimeout(() => {
          this.onresult({ results: [[{ transcript: this.lang === "th-TH" ? "ปลูกป่าชายเลน" : "?" }]] }); this.onend(); }); } stop() {} };"""
    )
    opens_a_new_record(anong)
    anong.presses("พูด: ชื่อกิจกรรม")
    expect(anong.box("ชื่อกิจกรรม")).to_have_value("ปลูกป่าชายเลน")


def test_no_microphone_where_it_does_not(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.page.add_init_script(
        "delete globalThis.SpeechRecognition; delete globalThis.webkitSpeechRecognition;"
    )
    opens_a_new_record(anong)
    expect(anong.page.locator("#offers-tambon .offer").first).to_be_visible()
    expect(anong.page.locator(".voice")).to_have_count(0)


def test_an_error_stands_at_its_field_and_in_one_list_and_rows_stay_in_line(page_for: Opener) -> None:
    anong = page_for("anong", DESKTOP)
    page = anong.page
    opens_a_new_record(anong)
    anong.presses("ส่งให้ผู้ตรวจ")
    expect(page.locator("[data-errors]")).to_be_focused()
    expect(page.get_by_text("เขียนสถานที่").locator("visible=true")).to_have_count(2)
    expect(page.locator("#record[data-ready]")).to_be_attached()
    bottoms = [
        anong.place_of(page.locator(each)) for each in ("#id_start_date", "#id_start_time", "#id_end_time")
    ]
    assert len({round(box["y"] + box["height"]) for box in bottoms}) == 1
    room, icon = anong.measures(
        page.locator("#id_start_date"),
        "each => [parseFloat(getComputedStyle(each).paddingRight), each.parentElement.querySelector('button').offsetWidth]",
    )
    assert room >= icon  # the calendar's button lies on no word
    anong.writes("สถานที่", "หาดนพรัตน์ธารา")
    expect(page.locator("[data-errors] li.mended")).to_contain_text("เขียนสถานที่")
