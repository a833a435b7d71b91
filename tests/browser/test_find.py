"""The search over everything: by keyboard, on a phone, without an answer, without script."""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opener
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.records import sent
from tests.cast import Cast

PICTURES = os.environ.get("JITASA_FIND_PICTURES", "")  # a folder to look at them


def dialog_of(desk: Desk) -> Locator:
    return desk.page.locator("dialog#find")


def chosen(desk: Desk) -> Locator:
    """The line that the box names as active, as a screen reader knows it."""
    active = desk.page.locator("#find-input").get_attribute("aria-activedescendant")
    return desk.page.locator(f"#{active}")


def look(desk: Desk, name: str) -> None:
    if PICTURES:
        desk.page.screenshot(path=Path(PICTURES) / f"{name}.png")


def test_everything_is_a_few_keys_away(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong)
    sent(cast.chai)
    anong = page_for("anong", DESKTOP)
    keys = anong.page.keyboard
    anong.goes_to("/work/activities/")
    keys.press("Control+k")
    box = anong.page.locator("#find-input")
    expect(box).to_be_focused()
    look(anong, "find-empty-1440")
    keys.type("อ่าวนาง")
    expect(anong.page.locator("[role=option]").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(anong.page.locator("[data-status]")).to_contain_text("รายการ")
    assert chosen(anong).get_attribute("aria-selected") == "true"
    anong.page_is_sound()
    look(anong, "find-1440")
    first = chosen(anong).get_attribute("id")
    keys.press("ArrowDown")
    assert chosen(anong).get_attribute("id") != first
    keys.press("ArrowUp")
    assert chosen(anong).get_attribute("id") == first
    keys.press("Escape")
    expect(dialog_of(anong)).to_be_hidden()

    keys.press("Control+k")
    box.fill("")
    keys.type(record.number)
    expect(anong.page.locator("[role=option]")).to_have_count(1)
    keys.press("Enter")
    anong.heading_is(record.name)

    anong.turns("dark")
    keys.press("Meta+k")
    keys.type("ไม่มีสิ่งนี้เลย")
    anong.sees("ไม่พบ “ไม่มีสิ่งนี้เลย”")
    anong.page_is_sound()
    look(anong, "find-nothing-dark-1440")
    keys.press("Enter")  # nothing to choose: the page of the search
    anong.heading_is("ค้นหาทั้งระบบ")
    anong.page_is_sound()
    anong.goes_to("/work/search/?q=อ่าวนาง")
    look(anong, "find-page-dark-1440")
    anong.page_is_sound()


def test_on_a_phone_by_touch_and_without_an_answer(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong)
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/")
    look(anong, "find-bar-390")
    anong.page.locator("[data-find]").click()
    anong.page.locator("#find-input").fill("อ่าวนาง")
    expect(anong.page.locator("[role=option]").first).to_be_visible()
    anong.page_is_sound()
    look(anong, "find-390")
    anong.no_network = True
    anong.context.set_offline(True)
    anong.page.locator("#find-input").fill("ชายหาด")
    anong.sees("ค้นไม่ได้ในขณะนี้")
    look(anong, "find-failed-390")
    anong.context.set_offline(False)
    anong.page.locator("#find-input").fill(record.name)
    anong.page.locator("[role=option]").first.click()
    anong.heading_is(record.name)
    anong.turns("dark")
    anong.goes_to("/work/search/?q=อ่าวนาง")
    anong.page_is_sound()
    look(anong, "find-page-dark-390")


def test_the_button_is_a_link_where_there_is_no_script(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong)
    anong = page_for("anong", DESKTOP, java_script_enabled=False)
    anong.goes_to("/work/")
    look(anong, "find-bar-1440")
    anong.page.locator("[data-find]").click()
    anong.heading_is("ค้นหาทั้งระบบ")
    anong.page.locator("#find-q").fill(record.name)
    anong.page.locator("#find-q").press("Enter")
    anong.page.get_by_role("link", name=record.name).first.click()
    anong.heading_is(record.name)


def test_the_filters_of_a_list_are_kept_and_used_again(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/activities/")
    anong.page.locator("#f-status").select_option("submitted")
    expect(anong.page).to_have_url(re.compile("status=submitted"))
    anong.presses("บันทึกมุมมองนี้")
    anong.heading_is("บันทึกมุมมอง")
    anong.page_is_sound()
    look(anong, "view-new-390")
    anong.writes("ชื่อมุมมอง", "รอผู้ตรวจ")
    anong.presses("บันทึก", exact=True)
    anong.sees("บันทึกมุมมอง “รอผู้ตรวจ” แล้ว")
    chip = anong.page.locator(".saved-views").get_by_role("link", name="รอผู้ตรวจ")
    expect(chip).to_have_attribute("aria-current", "true")
    anong.goes_to("/work/activities/")
    look(anong, "views-390")
    chip.click()
    expect(anong.page.locator("#f-status")).to_have_value("submitted")
    anong.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    anong.page_is_sound()
    look(anong, "views-1440")
    anong.turns("dark")
    anong.presses("จัดการมุมมอง")
    anong.heading_is("มุมมองที่บันทึก")
    anong.page_is_sound()
    look(anong, "views-all-dark-1440")
    anong.page.get_by_role("main").get_by_role("button", name="ลบ").click()
    anong.page.get_by_role("dialog").locator("visible=true").get_by_role("button", name="ลบ").click()
    anong.sees("ยังไม่มีมุมมองที่บันทึก")
