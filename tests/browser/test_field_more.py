"""Shared into the app, sent by the browser itself, two telephones on one draft, an event of another office: without a signal."""

import re
from base64 import b64encode
from typing import Any

import pytest
from playwright.sync_api import expect

from jitasa.activities.models import Activity
from jitasa.activities.services.invite import invite
from jitasa.activities.tests.making import make_draft
from tests.browser.conftest import Opener
from tests.browser.days import NOW
from tests.browser.desk import PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.recording import NAME, is_saved, opens_a_new_record, picture, stored
from tests.browser.test_field import LATER, WAITS, is_ready_for_the_field, kept, records_at_the_beach, state
from tests.cast import Cast

SHARE = """async (pictures) => {
  const form = document.createElement("form"), input = document.createElement("input"), files = new DataTransfer();
  Object.assign(form, { method: "post", action: "/field/share/", enctype: "multipart/form-data" });
  form.dataset.many = "";
  for (const [name, type, data] of pictures) files.items.add(new File([Uint8Array.from(atob(data), (each) => each.charCodeAt(0))], name, { type }));
  Object.assign(input, { type: "file", name: "photos", multiple: true, files: files.files });
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


def shares(desk: Desk, *pictures: tuple[str, str, bytes]) -> None:
    """What the share sheet of the phone does: it posts the pictures to the app."""
    told = [[name, kind, b64encode(data).decode()] for name, kind, data in pictures]
    with desk.page.expect_navigation():
        desk.page.evaluate(SHARE, told)


def test_pictures_shared_into_the_app_begin_a_record_without_a_signal(page_for: Opener) -> None:
    anong = page_for("anong", PHONE, service_workers="allow")
    anong.no_network = True
    is_ready_for_the_field(anong)
    anong.context.set_offline(True)
    anong.goes_to("/field/")
    photo = picture(1)
    shares(anong, (photo["name"], photo["mimeType"], photo["buffer"]), ("note.txt", "text/plain", b"hello"))
    expect(anong.page.locator("#shared")).to_contain_text("มีภาพที่แชร์เข้ามา 1 ภาพ")
    anong.presses("เริ่มบันทึกด้วยภาพเหล่านี้")
    expect(anong.page.locator("#shots .shot input[name=photo]")).to_have_count(1)
    expect(anong.page.locator("#id_start_date")).not_to_have_value("")  # read from the picture, on the phone
    for _ in range(60):  # what was shared is let go when it stands in the record
        if not (left := [row for row in kept(anong, "things") if row["name"].startswith("shared:")]):
            break
        anong.page.wait_for_timeout(500)
    assert left == []
    shares(anong, ("note.txt", "text/plain", b"hello"))
    anong.sees(re.compile("ไม่มีภาพที่รับได้ในสิ่งที่แชร์มา"))


@pytest.mark.whole_browser
def test_the_browser_sends_what_waits_when_no_page_is_open(page_for: Opener) -> None:
    """Background Sync: the browser wakes the worker; here it is told to, as it does itself when the network is back."""
    anong = page_for("anong", PHONE, service_workers="allow")
    anong.no_network = True
    is_ready_for_the_field(anong)
    anong.context.set_offline(True)
    anong.goes_to("/field/")
    records_at_the_beach(anong, 1, 2)
    anong.presses("ส่งให้ผู้ตรวจ")
    state(anong, WAITS)
    tags = anong.page.evaluate(
        "async () => (await navigator.serviceWorker.ready).sync ? (await navigator.serviceWorker.ready).sync.getTags() : null"
    )
    assert tags == ["jitasa-send"]
    anong.page.close()
    with database():
        assert not Activity.objects.exists()

    anong.page = anong.context.new_page()
    anong.watch(anong.page)
    devtools = anong.context.new_cdp_session(anong.page)
    found: list[dict[str, str]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    anong.page.wait_for_timeout(1000)
    anong.context.set_offline(False)
    registration = next(each["registrationId"] for each in found if each["scopeURL"].startswith(anong.site))
    told = {"origin": anong.site, "registrationId": registration, "tag": "jitasa-send", "lastChance": False}
    devtools.send("ServiceWorker.dispatchSyncEvent", told)
    for _again in range(120):
        with database():
            if Activity.objects.exclude(number="").exists():
                break
        anong.page.wait_for_timeout(500)
    record = stored()
    assert (record.name, record.photo_count, record.status) == (NAME, 2, "submitted")


def test_two_telephones_on_one_draft_lose_nothing(page_for: Opener) -> None:
    """Anong begins on one telephone and goes on with another; both write without a signal."""
    first = page_for("anong", PHONE)
    first.no_network = True
    opens_a_new_record(first)
    first.writes("ชื่อกิจกรรม", NAME)
    is_saved(first)
    second = page_for("anong", PHONE)
    second.no_network = True
    second.page.goto(first.page.url)
    expect(second.box("ชื่อกิจกรรม")).to_have_value(NAME)

    for phone in (first, second):
        phone.context.set_offline(True)
    first.writes("ผลการดำเนินงาน", LATER)
    second.writes("ผลการดำเนินงาน", "จากเครื่องที่สอง")
    state(first, "เก็บไว้ในเครื่องแล้ว")
    state(second, "เก็บไว้ในเครื่องแล้ว")
    first.context.set_offline(False)
    is_saved(first)
    assert stored().result == LATER
    second.context.set_offline(False)
    second.sees("มีคนแก้ไขรายการนี้พร้อมกับท่าน")
    assert stored().result == LATER  # nothing is overwritten unasked
    assert [dict(row["fields"])["result"] for row in kept(second)] == ["จากเครื่องที่สอง"]


def test_an_event_of_another_office_is_recorded_without_a_signal(page_for: Opener, cast: Cast) -> None:
    with database():
        plain: dict[str, Any] = {"sub_kind": "", "groups": {}, "measures": {}, "pictures": 0, "now": NOW}
        event = make_draft(cast.chai, name="ปลูกป่าชายเลนร่วมกัน", place="ป่าชายเลนเกาะกลาง", **plain)
        invite(actor=cast.chai, activity=event, offices=[cast.aonang], now=NOW)
    anong = page_for("anong", PHONE, service_workers="allow")
    anong.no_network = True
    is_ready_for_the_field(anong)
    anong.context.set_offline(True)
    anong.goes_to("/field/")
    anong.page.locator("#invited > summary").click()
    anong.presses("ปลูกป่าชายเลนร่วมกัน")
    expect(anong.box("ชื่อกิจกรรม")).to_have_value("ปลูกป่าชายเลนร่วมกัน")
    expect(anong.box("สถานที่")).to_have_value("ป่าชายเลนเกาะกลาง")
    anong.page_is_sound()
    anong.page.locator("#photo_files").set_input_files([picture(1), picture(2)])
    expect(anong.page.locator("#shots .shot input[name=photo]")).to_have_count(2)
    anong.writes("จิตอาสา 904", "๔")
    anong.writes("ผลการดำเนินงาน", "ร่วมปลูก 20 ต้น")
    anong.presses("ส่งให้ผู้ตรวจ")
    state(anong, WAITS)
    anong.context.set_offline(False)
    anong.heading_is("ส่งแล้ว")  # the open page sends it itself and shows the receipt
    with database():
        part = Activity.objects.get(organization=cast.aonang)
    assert (part.status, part.host_activity_id, part.participants) == ("submitted", event.pk, 4)


@pytest.mark.parametrize("who", ["guest", "dao"])
def test_the_page_asks_nothing_that_it_is_refused(page_for: Opener, who: str) -> None:
    """Nobody signed in, and somebody who does not record: the page says so and asks for nothing of an office."""
    desk = page_for(who)
    refused: list[str] = []
    desk.page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    desk.goes_to("/field/")
    desk.sees("เครื่องนี้ยังไม่รู้ว่าท่านเป็นใคร" if who == "guest" else "บัญชีนี้ไม่ได้บันทึกกิจกรรม")
    desk.page.wait_for_load_state("networkidle")
    assert not refused
    desk.page_is_sound()


def test_the_browser_finds_nothing_that_keeps_it_from_being_installed(page_for: Opener) -> None:
    guest = page_for("guest", PHONE, service_workers="allow")
    guest.goes_to("/field/")
    found = guest.context.new_cdp_session(guest.page).send("Page.getInstallabilityErrors")
    assert {each["errorId"] for each in found["installabilityErrors"]} <= {"in-incognito"}  # as all tests are
