"""Nothing typed is lost: the session ends, the signal goes, a colleague saves the same draft."""

import re
from uuid import uuid4

from playwright.sync_api import Route, expect

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_draft
from tests.browser.conftest import Opener
from tests.browser.days import NOW, YESTERDAY
from tests.browser.desk import PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.recording import NAME, is_saved, opens_a_new_record, stored
from tests.browser.records import drafted
from tests.cast import Cast

PASSWORD = "เก็บขยะริมหาดทุกวันเสาร์"
LATER = "เก็บขยะได้ 240 กิโลกรัม"


def state(desk: Desk, words: str) -> None:
    expect(desk.page.locator("#save-state")).to_contain_text(words)


def test_session_ends_while_anong_types(page_for: Opener, cast: Cast) -> None:
    with database():
        cast.people["anong"].set_password(PASSWORD)
        cast.people["anong"].save()
    anong = page_for("anong", PHONE)
    opens_a_new_record(anong)
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)

    anong.context.clear_cookies(name="sessionid")
    anong.writes("ผลการดำเนินงาน", LATER)
    dialog = anong.page.get_by_role("dialog")
    expect(dialog).to_contain_text("ท่านออกจากระบบแล้ว")
    anong.page_is_sound()

    with anong.context.expect_page() as opened:
        anong.presses("เข้าสู่ระบบในแท็บใหม่", within=dialog)
    tab = Desk(name="anong", page=opened.value, site=anong.site, problems=anong.problems)
    tab.writes("ชื่อผู้ใช้", "anong")
    tab.writes("รหัสผ่าน", PASSWORD)
    with tab.page.expect_event("close"):  # the tab has done its work and goes away
        tab.presses("เข้าสู่ระบบ")

    if dialog.is_visible():  # the page may have noticed by itself when it came to the front
        anong.presses("เข้าสู่ระบบแล้ว ทำต่อ", within=dialog)
    expect(dialog).to_be_hidden()
    is_saved(anong)
    expect(anong.box("ผลการดำเนินงาน")).to_have_value(LATER)
    record = stored()
    assert (record.name, record.result) == (NAME, LATER)


def test_no_signal_while_anong_types(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    opens_a_new_record(anong)
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)

    anong.context.set_offline(True)
    anong.writes("ผลการดำเนินงาน", LATER)
    state(anong, "ยังไม่มีสัญญาณ เก็บไว้ในเครื่องแล้ว")
    assert stored().result == ""
    anong.presses("ส่งให้ผู้ตรวจ")  # costs nothing: the page stays as it is
    state(anong, "ยังไม่มีสัญญาณ เก็บไว้ในเครื่องแล้ว")
    expect(anong.box("ผลการดำเนินงาน")).to_have_value(LATER)

    anong.context.set_offline(False)
    is_saved(anong)
    assert stored().result == LATER


def test_closed_without_signal_and_opened_again(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    opens_a_new_record(anong)
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)
    anong.context.set_offline(True)
    anong.writes("ผลการดำเนินงาน", LATER)
    state(anong, "เก็บไว้ในเครื่องแล้ว")
    address = anong.page.url
    anong.page.close()

    anong.context.set_offline(False)
    anong.page = anong.context.new_page()
    anong.watch(anong.page)
    anong.page.goto(address)
    anong.sees(re.compile("นำข้อความที่ยังไม่ถึงระบบ"))
    expect(anong.box("ผลการดำเนินงาน")).to_have_value(LATER)
    is_saved(anong)


def test_anong_and_boonmee_save_the_same_draft(page_for: Opener, cast: Cast) -> None:
    uuid = uuid4()
    with database():
        make_draft(cast.anong, uuid=uuid, now=NOW, pictures=0, start_date=YESTERDAY, kind="", sub_kind="",
                   groups={}, measures={})  # fmt: skip
    anong, boonmee = page_for("anong"), page_for("boonmee")
    for desk in (anong, boonmee):
        desk.goes_to(f"/work/activities/{uuid}/edit/")
    boonmee.writes("ชื่อกิจกรรม", "ชื่อของบุญมี")
    boonmee.writes("สถานที่", "ลานหน้า อบต.")
    boonmee.presses("เก็บร่างไว้ก่อน")
    boonmee.sees("บันทึกร่างแล้ว")

    anong.writes("ชื่อกิจกรรม", "ชื่อของอนงค์")
    dialog = anong.page.get_by_role("dialog")
    expect(dialog).to_contain_text("มีคนแก้ไขรายการนี้พร้อมกับท่าน")
    anong.presses("ดูทั้งสองฉบับ", within=dialog)
    anong.heading_is("มีคนแก้ไขรายการนี้พร้อมกับท่าน")
    for words in ("ชื่อของบุญมี", "ชื่อของอนงค์", "ลานหน้า อบต."):
        anong.sees(words)
    anong.page_is_sound()
    row = anong.page.get_by_role("row", name=re.compile("^สถานที่"))
    row.get_by_role("radio").first.check()
    anong.presses("เก็บตามที่เลือก")
    anong.sees("บันทึกร่างแล้ว")
    expect(anong.box("ชื่อกิจกรรม")).to_have_value("ชื่อของอนงค์")
    expect(anong.box("สถานที่")).to_have_value("ลานหน้า อบต.")
    with database():
        saved = Activity.objects.get()
        assert (saved.name, saved.place) == ("ชื่อของอนงค์", "ลานหน้า อบต.")


def test_what_is_typed_before_the_modules_are_there_is_saved(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    page = anong.page
    held: list[Route] = []
    page.route("**/record/start*.js", lambda route: held.append(route))
    page.goto(f"{anong.site}/work/activities/{uuid4()}/edit/", wait_until="commit")
    anong.writes("ชื่อกิจกรรม", NAME)
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    is_saved(anong)
    assert stored().name == NAME


def test_who_writes_while_a_module_comes_late_goes_on_writing(page_for: Opener, cast: Cast) -> None:
    """A module that puts a button beside a box does not take the box from under her fingers."""
    draft = drafted(cast.anong, "งานอื่น", seeds=())
    anong = page_for("anong", PHONE)
    held: list[Route] = []
    anong.page.route(re.compile(r"/voice\.js"), lambda route: held.append(route))
    anong.goes_to(f"/work/activities/{draft.uuid}/edit/")
    box = anong.page.locator("[name=name]")
    box.focus()
    box.press("End")
    while not held:
        anong.page.wait_for_timeout(50)
    held[0].continue_()
    expect(anong.page.locator(".with-voice [name=place]")).to_be_visible()
    anong.page.keyboard.insert_text("ที่คลอง")
    expect(box).to_have_value("งานอื่นที่คลอง")
    anong.page.locator("[name=place]").focus()
    expect(anong.page.locator(".with-voice [name=name]")).to_have_value("งานอื่นที่คลอง")
