"""Wrong input is answered in Thai at its field with what to do, and nothing typed is lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, expect

from jitasa.activities.models import Activity
from jitasa.thai.dates import short_date
from tests.browser.conftest import Opener
from tests.browser.days import TODAY, YESTERDAY
from tests.browser.desk import PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.recording import (
    NAME,
    RECEIPT,
    chooses_pictures,
    file,
    fills_everything,
    opens_a_new_record,
    picture,
)


def at_its_field(desk: Desk, label: str, words: str) -> None:
    field = desk.page.locator(".field", has=desk.box(label))
    expect(field.locator(".error").first).to_contain_text(words)


def a_full_form(page_for: Opener) -> Desk:
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    chooses_pictures(anong, picture(5), picture(6))
    fills_everything(anong)
    return anong


def nothing_is_lost(desk: Desk) -> None:
    expect(desk.page.locator("[data-errors]")).to_be_visible()
    expect(desk.page.locator("#shots .shot[data-sha]")).to_have_count(2)
    expect(desk.box("จิตอาสา 904")).not_to_have_value("")
    expect(desk.box("ผลการดำเนินงาน")).to_have_value("เก็บขยะตลอดแนวชายหาด 2 กิโลเมตร")


def test_each_mistake_is_said_where_it_is_and_mended(page_for: Opener) -> None:
    anong = a_full_form(page_for)
    send = "ส่งให้ผู้ตรวจ"

    anong.page.get_by_text("จัดหลายวัน").click()
    anong.writes("ถึงวันที่", short_date(YESTERDAY - timedelta(days=3)))
    anong.writes("ชื่อกิจกรรม", "ก" * 300)
    anong.presses(send)
    at_its_field(anong, "ถึงวันที่", "วันสิ้นสุดอยู่ก่อนวันเริ่ม")
    at_its_field(anong, "ชื่อกิจกรรม", "300 ตัวอักษร")
    nothing_is_lost(anong)
    expect(anong.box("ชื่อกิจกรรม")).to_have_value("ก" * 300)
    anong.page_is_sound()

    anong.writes("ชื่อกิจกรรม", NAME)
    anong.writes("ถึงวันที่", "")
    anong.writes("วันที่จัด", short_date(TODAY + timedelta(days=30)))
    for group in ("จิตอาสา 904", "ข้าราชการ/พนักงาน อปท."):
        anong.writes(group, "0")
    anong.presses(send)
    at_its_field(anong, "วันที่จัด", "วันที่จัดยังมาไม่ถึง")
    expect(anong.page.locator("#people .error").first).to_contain_text("ผู้เข้าร่วม")
    nothing_is_lost(anong)

    anong.writes("วันที่จัด", short_date(YESTERDAY))
    anong.writes("เวลาเริ่ม", "1030")
    anong.writes("เวลาสิ้นสุด", "0830")
    anong.writes("จิตอาสา 904", "100001")
    anong.presses(send)
    expect(anong.page.locator("#people .error").first).to_contain_text("เกิน 100,000 คน")

    anong.writes("จิตอาสา 904", "40")
    anong.presses(send)
    at_its_field(anong, "เวลาสิ้นสุด", "เวลาสิ้นสุดอยู่ก่อนเวลาเริ่ม")
    with database():
        assert Activity.objects.get().number in (None, "")

    anong.writes("เวลาสิ้นสุด", "11.30")
    anong.presses(send)
    anong.heading_is("ส่งแล้ว")
    anong.sees(RECEIPT)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (file("บันทึกประชุม.jpg", "รายงานการประชุม".encode() * 50), "ภาพ"),
        (file("ว่าง.jpg", b""), "ว่าง"),
    ],
    ids=["text called jpg", "nothing in it"],
)
def test_a_file_that_is_no_picture(page_for: Opener, bad: FilePayload, words: str) -> None:
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    anong.writes("ชื่อกิจกรรม", NAME)
    anong.page.locator("#photo_files").set_input_files([picture(7), bad])
    tiles = anong.page.locator("#shots .shot")
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(1)
    expect(tiles.locator(":scope > .error")).to_be_visible()
    expect(tiles.locator(":scope > .error")).to_contain_text(words)
    anong.page_is_sound()
    tiles.nth(1).get_by_role("button", name="นำออก").click()
    expect(tiles).to_have_count(1)
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
