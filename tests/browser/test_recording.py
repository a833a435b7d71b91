"""Anong signs in, records what happened yesterday, and gets her receipt."""

import re

import pytest
from playwright.sync_api import expect

from jitasa.thai.dates import short_date
from tests.browser.conftest import Opener
from tests.browser.days import YESTERDAY
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.recording import (
    NAME,
    RECEIPT,
    chooses_pictures,
    chooses_pictures_too,
    fills_everything,
    fills_the_rest,
    is_saved,
    opens_a_new_record,
    picture,
    picture_of_a_reset_clock,
)
from tests.browser.records import sent
from tests.cast import Cast

PASSWORD = "เก็บขยะริมหาดทุกวันเสาร์"


def test_anong_signs_in_and_starts_a_record(page_for: Opener, cast: Cast) -> None:
    with database():
        anong_herself = cast.people["anong"]
        anong_herself.set_password(PASSWORD)
        anong_herself.save()
    anong = page_for("guest", PHONE)
    anong.goes_to("/")
    anong.page.locator(".burger > summary").click()
    anong.presses("สำหรับเจ้าหน้าที่", within=anong.page.locator(".burger"))
    anong.heading_is("เข้าสู่ระบบ")
    anong.page_is_sound()
    anong.writes("ชื่อผู้ใช้", "anong")
    anong.writes("รหัสผ่าน", "ไม่ใช่รหัสนี้แน่นอน")
    anong.presses("เข้าสู่ระบบ")
    anong.sees("ยังเข้าสู่ระบบไม่ได้")
    anong.writes("รหัสผ่าน", PASSWORD)
    anong.presses("เข้าสู่ระบบ")
    anong.heading_is("วันนี้")
    anong.page_is_sound()
    anong.presses("บันทึกกิจกรรม")
    anong.heading_is("บันทึกกิจกรรมจิตอาสา")
    anong.page_is_sound()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_anong_records_with_two_pictures_and_gets_a_receipt(page_for: Opener, size: tuple[int, int]) -> None:
    anong = page_for("anong", size)
    opens_a_new_record(anong)
    anong.sees(re.compile("เหลืออีก"))

    chooses_pictures(anong, picture(1), picture(2))
    expect(anong.box("วันที่จัด")).to_have_value(short_date(YESTERDAY))
    expect(anong.box("เวลาเริ่ม")).to_have_value("08:50")
    expect(anong.box("ละติจูด")).to_have_value("8.040500")
    anong.sees("วันและเวลาอ่านจากภาพ")
    expect(anong.box("ตำบล")).to_have_value("")  # proposed, not filled
    anong.presses("ต.อ่าวนาง จากภาพ")
    expect(anong.box("ตำบล").locator("option:checked")).to_have_text("อ่าวนาง")

    fills_the_rest(anong)
    expect(anong.page.locator("#sum")).to_have_text("66")
    anong.sees(re.compile("ครบแล้ว"))
    expect(anong.page.locator("#todo li.no, #todo li.bad")).to_have_count(0)
    is_saved(anong)
    anong.page_is_sound()

    anong.presses("ส่งให้ผู้ตรวจ")
    anong.heading_is("ส่งแล้ว")
    anong.sees(RECEIPT)
    anong.page_is_sound()
    if size == PHONE:  # papers have no size
        _papers_open(anong)
    anong.presses("เปิดรายการ")
    anong.heading_is(NAME)
    anong.page_is_sound()


SHARES = """() => {
  navigator.canShare = ({ files }) => files[0].type === "image/png";
  globalThis.shared = new Promise((told) => {
    navigator.share = async ({ files, title }) => {
      const head = [...new Uint8Array(await files[0].slice(0, 24).arrayBuffer())];
      told({ title, name: files[0].name, type: files[0].type, head });
    };
  });
}"""


def test_the_picture_goes_on_through_the_phones_share_sheet(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong)
    anong = page_for("anong", PHONE)
    anong.goes_to(f"/work/activities/{record.uuid}/sent/")
    expect(anong.page.get_by_role("button", name="ส่งภาพต่อ")).to_be_hidden()  # this browser has no share sheet
    expect(anong.page.get_by_role("link", name="เก็บภาพ")).to_be_visible()
    anong.page.add_init_script(f"({SHARES})()")
    anong.goes_to(f"/work/activities/{record.uuid}/sent/")
    anong.presses("ส่งภาพต่อ")
    shared = anong.page.evaluate("globalThis.shared")
    assert (shared["name"], shared["type"]) == (f"{record.number}.png", "image/png")
    assert shared["title"] == record.name
    wide, high = (int.from_bytes(bytes(shared["head"][at : at + 4])) for at in (16, 20))
    assert (wide, high) == (1920, 1080)


def test_a_camera_that_says_2002_is_not_believed_and_anong_is_asked(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    chooses_pictures(anong, picture_of_a_reset_clock(3))
    anong.sees("กล้องบอกว่าบางภาพถ่ายเมื่อ 1 ม.ค. 2545")
    expect(anong.box("วันที่จัด")).to_have_value("")
    expect(anong.box("ละติจูด")).to_have_value("8.040500")  # the point does not hang on the clock
    chooses_pictures_too(anong, picture(1))
    expect(anong.box("วันที่จัด")).to_have_value(short_date(YESTERDAY))


def _papers_open(anong: Desk) -> None:
    card = anong.page.locator(".card-picture")
    picture_of_it = anong.context.request.get(f"{anong.site}{card.get_attribute('href')}")
    assert picture_of_it.headers["content-type"] == "image/png"
    assert picture_of_it.body().startswith(b"\x89PNG")
    link = anong.page.get_by_role("link", name="พิมพ์รายงาน")
    paper = anong.context.request.get(f"{anong.site}{link.get_attribute('href')}")
    assert paper.body().startswith(b"%PDF")


def test_what_was_typed_is_there_after_reloading(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    chooses_pictures(anong, picture(3), picture(4))
    fills_everything(anong)
    anong.sees(re.compile("ครบแล้ว"))
    is_saved(anong)
    anong.page.reload()
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
    # As the office has it, or as she typed it: the device lets its copy go a moment after the office has all of it.
    expect(anong.box("จิตอาสา 904")).to_have_value(re.compile("^[4๔]$"))
    expect(anong.box("ผลการดำเนินงาน")).to_have_value("เก็บขยะตลอดแนวชายหาด 2 กิโลเมตร")
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(2)
    anong.sees(re.compile("ครบแล้ว"))
