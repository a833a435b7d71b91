"""What stands where: facts beside pictures on a laptop, messages clear of the thumb on a phone."""

import re

from playwright.sync_api import FloatRect, expect

from tests.browser.conftest import Opener
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.records import sent
from tests.cast import Cast


def box(desk: Desk, selector: str) -> FloatRect:
    """Where the first such element stands in the window, in CSS pixels."""
    found = desk.page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return found


def test_a_laptop_shows_the_facts_beside_the_pictures(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    dao = page_for("dao")
    dao.page.set_viewport_size({"width": 1366, "height": 768})
    dao.goes_to("/work/review/")
    expect(dao.page.locator("#record article")).to_be_visible()
    pictures, facts = box(dao, ".review-photos"), box(dao, ".record-two .deflist")
    assert facts["x"] >= pictures["x"] + pictures["width"]
    assert facts["y"] < 768 - facts["height"]
    assert abs(facts["y"] - pictures["y"]) < 24
    dao.page_is_sound()


def test_a_message_never_lies_where_the_thumb_goes_next(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    dao = page_for("dao", PHONE)
    dao.goes_to("/work/review/")
    dao.page.locator(".mail-link").first.click()
    accept = dao.page.locator("[data-accept] button").first
    expect(accept).to_be_visible()
    dao.page.evaluate(
        """() => { const place = document.querySelector("[data-toasts]");
          place.classList.add("live");
          place.innerHTML = '<div class="toast ok"><p>บันทึกแล้ว</p></div>'; }"""
    )
    toast, button = box(dao, ".toast"), box(dao, "[data-accept] button")
    assert toast["y"] >= 0
    assert toast["y"] + toast["height"] < button["y"]


def test_a_picture_of_a_map_becomes_one_to_come_nearer_on(page_for: Opener, cast: Cast) -> None:
    """Down to the tambon, with a scale; its points say what they are."""
    ek = page_for("ek", PHONE)
    ek.goes_to("/work/month/2569-11/?tab=map")
    ek.page_is_sound()
    ek.presses("ขยายแผนที่ถึงตำบล")
    expect(ek.page.locator(".map.near .leaflet-control-scale-line")).to_contain_text("km")
    point = ek.page.locator(".map.near .near-pt").first
    expect(point).to_have_attribute("title", re.compile("อบต.อ่าวนาง"))
    before = ek.page.locator(".leaflet-control-scale-line").inner_text()
    ek.page.locator(".leaflet-control-zoom-in").click()
    expect(ek.page.locator(".leaflet-control-scale-line")).not_to_have_text(before)
    ek.page_is_sound()


def test_tabs_are_all_in_sight_on_a_phone(page_for: Opener, cast: Cast) -> None:
    ek = page_for("ek", PHONE)
    ek.goes_to("/work/month/")
    for tab in ek.page.locator(".tabs a").all():
        place = tab.bounding_box()
        assert place is not None
        assert place["x"] + place["width"] <= PHONE[0]
    assert "goes-on" in str(ek.page.locator(".tools").first.get_attribute("class"))


def test_the_start_pages_button_covers_no_line_at_the_end_of_a_phones_page(
    page_for: Opener, cast: Cast
) -> None:
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/")
    anong.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last, button = box(anong, ".foot"), box(anong, ".record-btn")
    assert last["y"] + last["height"] <= button["y"]
    bar = anong.page.locator(".page").evaluate("page => getComputedStyle(page, '::after').position")
    assert bar == "fixed"  # the button stands on a bar of its own: no line is read through beside it
    anong.page_is_sound()


def test_a_hard_word_is_explained_where_a_form_asks_for_it(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/letters/outside/")
    meaning = anong.page.locator("#id_secrecy_term")
    expect(meaning).to_be_hidden()
    button = anong.page.get_by_role("button", name="“ชั้นความลับ” หมายถึงอะไร")
    button.focus()
    anong.page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("ลับที่สุด")
    shown = box(anong, "#id_secrecy_term")
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= PHONE[0]
    anong.page_is_sound()
    anong.page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_help_leads_to_the_section_a_page_is_about(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", DESKTOP)
    anong.goes_to("/work/publicity/channels/")
    anong.presses("วิธีใช้หน้านี้")
    section = anong.page.get_by_role("heading", name="ช่องทางของหน่วยงาน")
    expect(section).to_be_in_viewport()
    anong.page_is_sound()


def test_an_example_of_a_day_is_clear_of_its_icon_on_a_phone(page_for: Opener, cast: Cast) -> None:
    """The audit's filters are two to a row: the example was cut off under the calendar."""
    boonmee = page_for("boonmee", PHONE)
    boonmee.goes_to("/work/audit/")
    for control in boonmee.page.locator(".date-in input").all():
        room, words = control.evaluate(
            """each => { const style = getComputedStyle(each), pen = document.createElement("canvas").getContext("2d");
              pen.font = style.font;
              return [each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
                pen.measureText(each.placeholder).width]; }"""
        )
        assert words <= room
    boonmee.page_is_sound()
