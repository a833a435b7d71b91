"""The district and the province review with the keyboard; what goes back comes again under its number."""

import re

from playwright.sync_api import expect

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.organizations.models import Organization
from tests.browser.conftest import Opener
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.recording import NAME, RECEIPT
from tests.browser.records import sent
from tests.cast import Cast

WHY = "เพิ่มภาพที่เห็นผลงานอีก 1 ภาพ และบอกปริมาณขยะ"


def opens_review(desk: Desk) -> None:
    desk.goes_to("/work/review/")
    desk.heading_is("ตรวจกิจกรรม")


def open_name(desk: Desk) -> str:
    """The name of the record that stands open beside the list."""
    expect(desk.page.locator(".mail.is-open")).to_have_count(1)
    return desk.page.locator(".mail.is-open .mail-name").inner_text().strip()


def shows(desk: Desk, name: str) -> None:
    expect(desk.page.locator("#record article h2").first).to_have_text(name)


def test_dao_reviews_with_the_keyboard(page_for: Opener, cast: Cast) -> None:
    for number, name in enumerate(["ปลูกป่าชายเลน", "ลอกคลองสาธารณะ", "ล้างตลาด"]):
        sent(cast.anong, name, seeds=(number * 2, number * 2 + 1))
    dao = page_for("dao")
    opens_review(dao)
    first = open_name(dao)
    shows(dao, first)
    dao.page_is_sound()
    keys = dao.page.keyboard
    keys.press("j")
    expect(dao.page.locator(".mail.is-open .mail-name")).not_to_have_text(first)
    second = open_name(dao)
    shows(dao, second)
    keys.press("k")
    shows(dao, first)
    keys.press("a")
    dao.sees(f"รับ “{first}” แล้ว")
    expect(dao.page.locator("#count-waiting")).to_have_text("2")
    shows(dao, second)
    keys.press("u")
    expect(dao.page.locator("#count-waiting")).to_have_text("3")
    with database():
        assert not Activity.objects.filter(status=Status.ACCEPTED).exists()


def test_what_dao_returns_anong_mends_and_sends_again(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong)
    dao, anong = page_for("dao"), page_for("anong", PHONE)
    opens_review(dao)
    shows(dao, NAME)
    dao.page.keyboard.press("r")
    dialog = dao.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dao.page_is_sound()
    dialog.locator("label.pill", has_text="ไม่บอกผลการดำเนินงาน").click()
    reason = dialog.locator("textarea")
    expect(reason).not_to_have_value("")
    reason.fill(WHY)
    dao.presses("ส่งกลับ", within=dialog, exact=True)
    expect(dao.page.locator("#count-waiting")).to_have_text("0")

    anong.goes_to("/work/")
    anong.sees(re.compile(re.escape(WHY)))
    anong.page_is_sound()
    anong.page.locator(".my-work li", has_text=NAME).get_by_role("link").click()
    anong.sees(WHY)
    result = anong.page.locator(".field", has=anong.box("ผลการดำเนินงาน"))
    expect(result).to_contain_text(WHY)
    anong.page_is_sound()
    anong.writes("ผลการดำเนินงาน", "เก็บขยะได้ 240 กิโลกรัม")
    anong.presses("ส่งให้ผู้ตรวจ")
    anong.heading_is("ส่งแล้ว")
    anong.sees(RECEIPT)
    with database():
        again = Activity.objects.get()
        assert (again.number, again.status) == (record.number, Status.SUBMITTED)

    opens_review(dao)
    shows(dao, NAME)
    dao.sees(re.compile("เคยส่งกลับ"))


def test_ek_accepts_many_at_once(page_for: Opener, cast: Cast) -> None:
    for number in range(3):
        sent(cast.chai, f"ล้างตลาด ครั้งที่ {number + 1}", seeds=(number * 2, number * 2 + 1))
    ek = page_for("ek")
    opens_review(ek)
    ek.page.locator("[data-all]").check()
    expect(ek.page.locator("[data-chosen]")).to_have_text("3")
    ek.presses("รับที่เลือก")
    ek.sees("รับรายงานแล้ว 3 รายการ ข้าม 0 รายการ")
    ek.page.get_by_role("dialog").get_by_role("link", name="กลับไปที่รายการ").click()
    ek.sees("ตรวจครบแล้ว")
    ek.page_is_sound()
    with database():
        assert Activity.objects.filter(status=Status.ACCEPTED).count() == 3


def test_the_same_picture_twice_is_shown_side_by_side(page_for: Opener, cast: Cast) -> None:
    sent(cast.chai, "ล้างตลาดเกาะกลาง", seeds=(1, 2))
    sent(cast.anong, NAME, seeds=(2, 3))
    ek = page_for("ek", DESKTOP)
    opens_review(ek)
    ek.page.locator(".mail", has_text=NAME).locator("a").click()
    shows(ek, NAME)
    ek.page.locator(".evidence a").first.click()
    ek.heading_is("เทียบสองรายการ")
    ek.sees("ไฟล์เดียวกัน")
    for words in ("ล้างตลาดเกาะกลาง", NAME):
        expect(ek.page.get_by_role("heading", name=words)).to_be_visible()
    ek.page_is_sound()


def test_boonmee_approves_before_it_is_sent(page_for: Opener, cast: Cast) -> None:
    with database():
        Organization.objects.filter(pk=cast.aonang.pk).update(approval_required=True)
        cast.aonang.refresh_from_db()
    record = sent(cast.anong)
    assert record.status == Status.AWAITING
    boonmee = page_for("boonmee", PHONE)
    boonmee.goes_to("/work/")
    boonmee.sees("รออนุมัติ")
    boonmee.presses("ตรวจและอนุมัติ")
    boonmee.heading_is(NAME)
    boonmee.page_is_sound()
    boonmee.presses("อนุมัติและส่ง")
    boonmee.sees(RECEIPT)
    with database():
        record.refresh_from_db()
        assert record.status == Status.SUBMITTED
