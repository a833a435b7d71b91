"""The product works as plain pages, without JavaScript."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import PHONE
from tests.browser.recording import RECEIPT, fills_everything, opens_a_new_record, picture


def test_anong_records_without_script(page_for: Opener) -> None:
    anong = page_for("anong", PHONE, java_script_enabled=False)
    opens_a_new_record(anong)
    anong.page.locator("#photo_files").set_input_files([picture(1), picture(2)])
    anong.presses("เก็บร่างไว้ก่อน")
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(2)
    anong.sees("บันทึกร่างแล้ว")
    fills_everything(anong)
    anong.presses("ส่งให้ผู้ตรวจ")
    anong.heading_is("ส่งแล้ว")
    anong.sees(RECEIPT)


def test_without_script_what_is_missing_is_said_at_the_field(page_for: Opener) -> None:
    anong = page_for("anong", PHONE, java_script_enabled=False)
    opens_a_new_record(anong)
    anong.box("ชื่อกิจกรรม").fill("ปลูกต้นไม้")
    anong.presses("ส่งให้ผู้ตรวจ")
    anong.heading_is("บันทึกกิจกรรมจิตอาสา")
    expect(anong.page.locator("[data-errors]")).to_be_visible()
    expect(anong.box("ชื่อกิจกรรม")).to_have_value("ปลูกต้นไม้")
