"""The device does not keep, or not all: said in words before photos are taken, and nothing is called kept that is not."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import PHONE, Desk
from tests.browser.recording import NAME, is_saved, opens_a_new_record, picture, stored
from tests.browser.test_field import LATER, state

NO_STORE = "Object.defineProperty(globalThis, 'indexedDB', { value: undefined })"
OPENS_NEWER = (
    "{ const open = indexedDB.open.bind(indexedDB); indexedDB.open = (name, _version) => open(name, 9); }"
)
HOLDS = """(version) => new Promise((done) => {
  const opening = indexedDB.open("jitasa", version);
  opening.onsuccess = () => { globalThis.held = opening.result; done(true); };
})"""
FULL_OF_PHOTOS = """{
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row, ...more) {
    if (this.name === "photos" && globalThis.full) throw new DOMException("no room", "QuotaExceededError");
    return put.call(this, row, ...more);
  };
}"""


def room(desk: Desk, words: str) -> None:
    expect(desk.page.locator("#room-note")).to_contain_text(words)


def test_a_browser_that_keeps_nothing_says_so_before_a_photo_is_taken(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.page.add_init_script(NO_STORE)
    opens_a_new_record(anong)
    room(anong, "เบราว์เซอร์นี้เก็บข้อความและภาพไว้ในเครื่องไม่ได้")
    anong.page_is_sound()
    anong.writes("ชื่อกิจกรรม", NAME)  # with a signal it goes to the server as ever
    is_saved(anong)
    assert stored().name == NAME


@pytest.mark.parametrize("newer", [True, False], ids=["an older tab holds it", "a newer tab has it"])
def test_a_tab_of_another_version_is_said_and_the_form_is_usable(page_for: Opener, newer: bool) -> None:
    anong = page_for("anong", PHONE)
    page = anong.page
    other = anong.context.new_page()
    other.goto(f"{anong.site}/privacy/")
    other.evaluate(HOLDS, 1 if newer else 9)
    if newer:
        page.add_init_script(OPENS_NEWER)
    opens_a_new_record(anong)
    room(anong, "แอปนี้เปิดอยู่ในแท็บอื่นที่เป็นคนละรุ่น")
    expect(page.locator("#record[data-ready]")).to_be_attached()
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)
    assert stored().name == NAME
    if newer:  # the other tab is closed: this one keeps from now on
        other.close()
        anong.no_network = True
        anong.context.set_offline(True)
        anong.writes("ผลการดำเนินงาน", LATER)
        state(anong, "เก็บไว้ในเครื่องแล้ว")


def test_a_photo_that_found_no_room_is_not_called_kept_by_the_next_letter(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    anong.page.add_init_script(FULL_OF_PHOTOS)
    opens_a_new_record(anong)
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)
    anong.context.set_offline(True)
    shots = anong.page.locator("#shots .shot input[name=photo]")
    anong.page.locator("#photo_files").set_input_files([picture(1)])
    expect(shots).to_have_count(1)
    anong.page.evaluate("globalThis.full = true")
    anong.page.locator("#photo_files").set_input_files([picture(2)])
    room(anong, "ที่เก็บของเครื่องนี้เต็ม")
    anong.writes("ผลการดำเนินงาน", LATER)
    state(anong, "เครื่องนี้เก็บไว้ไม่ได้")
    anong.page.evaluate("globalThis.full = false")
    anong.context.set_offline(False)
    is_saved(anong)
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(2)
