"""Without a signal: recorded on the beach, kept on the phone, sent by itself; nothing is lost and nobody else sees it."""

import json
import os
import re
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError

from jitasa.activities.models import Activity
from jitasa.photos.models import Photo
from tests.browser.conftest import ARGUMENTS, CHROMIUM, Opener
from tests.browser.days import BROWSERS_CLOCK
from tests.browser.desk import PHONE, Desk
from tests.browser.kept_pages import PATIENCE
from tests.browser.one_at_a_time import database
from tests.browser.recording import NAME, fills_the_rest, is_saved, opens_a_new_record, picture, stored
from tests.cast import Cast

LATER = "เก็บขยะได้ 240 กิโลกรัม"
WAITS = "จะส่งให้เองเมื่อมีสัญญาณ"
TRIES_ONCE = "setInterval = () => 0"  # what is sent was not sent by the next try of every minute
KEPT = """async (store) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("jitasa");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const all = opening.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result.map((each) => ({ ...each, blob: undefined }))); };
  };
})"""


def kept(desk: Desk, what: str = "records") -> list[dict[str, Any]]:
    """What the device keeps."""
    rows: list[dict[str, Any]] = desk.page.evaluate(KEPT, what)
    return rows


def is_ready_for_the_field(desk: Desk) -> None:
    """She has recorded here before: the worker stands by, her office's lists are on the phone."""
    opens_a_new_record(desk)
    desk.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    desk.page.wait_for_function(
        "async () => (await caches.keys()).length > 0 && navigator.serviceWorker.controller !== null"
    )
    for _again in range(60):
        if any(row["name"] == "who" for row in kept(desk, "things")):
            return
        desk.page.wait_for_timeout(500)
    raise AssertionError("the office's lists are not on the phone")


def state(desk: Desk, words: str) -> None:
    expect(desk.page.locator("#save-state")).to_contain_text(words)


def records_at_the_beach(desk: Desk, *pictures: int) -> None:
    desk.page.locator("#photo_files").set_input_files([picture(number) for number in pictures])
    expect(desk.page.locator("#shots .shot input[name=photo]")).to_have_count(len(pictures))
    desk.box("ตำบล").select_option(label="อ่าวนาง")
    fills_the_rest(desk)


def test_recorded_without_a_signal_and_sent_when_it_is_back(page_for: Opener) -> None:
    anong = page_for("anong", PHONE, service_workers="allow")
    anong.no_network = True
    is_ready_for_the_field(anong)
    anong.context.set_offline(True)
    anong.goes_to("/work/activities/new/")
    anong.heading_is("บันทึกกิจกรรมจิตอาสา")
    expect(anong.page.locator("[data-office]")).to_contain_text("อ่าวนาง")
    records_at_the_beach(anong, 1, 2)
    anong.page_is_sound()
    anong.presses("ส่งให้ผู้ตรวจ")
    state(anong, WAITS)
    anong.page.close()

    anong.page = anong.context.new_page()
    anong.watch(anong.page)
    anong.goes_to("/work/")  # a page that cannot be had: the recording page says so and shows what waits
    anong.sees(re.compile("ยังไม่มีสัญญาณ หน้าที่ขอเปิดไม่ได้"))
    queue = anong.page.locator("#queue")
    expect(queue).to_contain_text("รอส่ง")
    expect(queue).to_contain_text(NAME)
    wide = anong.measures(
        queue.locator(".grow"), "(words) => words.offsetWidth / words.parentElement.offsetWidth"
    )
    assert wide > 0.5  # the buttons stand below: they squeezed the words to a column of syllables
    anong.page_is_sound()
    with database():
        assert not Activity.objects.exists()

    anong.context.set_offline(False)
    expect(queue).to_contain_text("ส่งแล้ว")
    expect(queue).to_contain_text(re.compile("เลขที่รายงาน 81-"))
    record = stored()
    assert (record.name, record.photo_count, record.status) == (NAME, 2, "submitted")
    assert kept(anong, "photos") == []


def send_form(desk: Desk, row: dict[str, Any]) -> list[list[Any]]:
    """Ten sendings of one kept record at the same moment, as ten phones with one draft would."""
    answers: list[list[Any]] = desk.page.evaluate(
        """async ({ uuid, fields, photos }) => {
          const { token } = await (await fetch("/accounts/token/")).json();
          const one = async () => {
            const body = new FormData();
            for (const [name, value] of fields) if (name !== "photo") body.append(name, value);
            for (const sha of photos) body.append("photo", sha);
            body.append("action", "submit");
            const answer = await fetch(`/work/activities/${uuid}/send/`, { method: "POST", body, headers: { "X-CSRFToken": token } });
            return [answer.status, (await answer.json()).number];
          };
          return Promise.all(Array.from({ length: 10 }, one));
        }""",
        row,
    )
    return answers


def test_ten_sendings_of_one_record_are_one_record(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    opens_a_new_record(anong)
    records_at_the_beach(anong, 1, 2)
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(2)
    anong.context.set_offline(True)
    anong.writes("ผลการดำเนินงาน", LATER)
    state(anong, "เก็บไว้ในเครื่องแล้ว")
    row = kept(anong)[0]
    anong.context.set_offline(False)
    answers = send_form(anong, row)
    numbers = {number for _status, number in answers}
    assert ({status for status, _number in answers}, len(numbers)) == ({200}, 1), answers
    with database():
        assert Activity.objects.get().number in numbers


def test_killed_while_photos_are_sent(
    browser: Browser, site: str, cast: Cast, tmp_path: Path, page_for: Opener
) -> None:
    """The phone dies with a photo half way: the same profile opened again has it all and goes on."""

    def phone() -> Desk:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=ARGUMENTS,
            viewport={"width": 390, "height": 844}, locale="th-TH", timezone_id="Asia/Bangkok",
            service_workers="block",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        context.add_init_script(BROWSERS_CLOCK)
        morsel = cast.client("anong").cookies["sessionid"]
        context.add_cookies([{"name": "sessionid", "value": morsel.value, "url": site}])
        return Desk(name="anong", page=context.pages[0], site=site, no_network=True)

    anong = phone()
    anong.context.route(re.compile("/work/photos/[0-9a-f]{64}/"), lambda _route: None)  # for ever on its way
    opens_a_new_record(anong)
    anong.page.locator("#photo_files").set_input_files([picture(1), picture(2)])
    expect(anong.page.locator("#shots .shot input[name=photo]")).to_have_count(2)
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)
    for _again in range(60):
        if len(kept(anong, "photos")) == 2 and len(kept(anong)) == 1:
            break
        anong.page.wait_for_timeout(250)
    address = anong.page.url
    expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(0)
    kill(tmp_path / "profile")
    with suppress(PlaywrightError):
        anong.context.close()
    with database():
        assert not Photo.objects.exists()

    anong = phone()
    try:
        anong.page.goto(address)
        anong.sees(re.compile("นำข้อความที่ยังไม่ถึงระบบ"))
        expect(anong.page.locator("#shots .shot[data-sha]")).to_have_count(2)
        expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
        is_saved(anong)
        with database():
            assert Activity.objects.get().photo_count in (0, 2)
            assert Photo.objects.count() == 2
    finally:
        anong.context.close()
    assert not anong.problems


def test_a_full_phone_is_said_before_anything_is_called_kept(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    opens_a_new_record(anong)
    client = anong.context.new_cdp_session(anong.page)
    client.send("Storage.overrideQuotaForOrigin", {"origin": anong.site, "quotaSize": 1000})
    # what this browser says of its room is always much; others say how much it is
    anong.page.add_init_script("navigator.storage.estimate = async () => ({ quota: 1_000_000, usage: 0 })")
    anong.page.reload()
    room = anong.page.locator("#room-note")
    expect(room).to_contain_text("ที่เก็บของเครื่องนี้เหลือ")  # before a photo is taken
    anong.page_is_sound()
    anong.context.set_offline(True)
    anong.page.locator("#photo_files").set_input_files([picture(1)])
    expect(room).to_contain_text("ที่เก็บของเครื่องนี้เต็ม")
    anong.writes("ผลการดำเนินงาน", LATER)
    state(anong, "เครื่องนี้เก็บไว้ไม่ได้")
    assert "เก็บไว้ในเครื่องแล้ว" not in anong.page.locator("#save-state").inner_text()


def kill(profile: Path) -> None:
    """The battery is empty: every process of this browser ends at once."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if str(profile).encode() in each.read_bytes():
                os.kill(int(each.parent.name), signal.SIGKILL)


@pytest.mark.parametrize("year", [2015, 2038])
def test_a_clock_that_is_wrong_loses_no_draft(page_for: Opener, year: int) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    wrong = f"{{ const real = Date; Date = class extends real {{ constructor(...told) {{ told.length ? super(...told) : super({year}, 0, 1); }} static now() {{ return new real({year}, 0, 1).getTime(); }} }}; }}"
    page = anong.page
    page.add_init_script(wrong)
    opens_a_new_record(anong)
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)
    anong.context.set_offline(True)
    anong.writes("ผลการดำเนินงาน", LATER)
    state(anong, "เก็บไว้ในเครื่องแล้ว")
    address = page.url
    page.close()

    anong.context.set_offline(False)
    anong.page = anong.context.new_page()  # the clock is right again
    anong.watch(anong.page)
    anong.page.goto(address)
    expect(anong.box("ผลการดำเนินงาน")).to_have_value(LATER)
    is_saved(anong)
    assert stored().result == LATER


def test_drafts_of_an_older_version_come_along_whatever_the_clock_says(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", PHONE)
    uuid = str(uuid4())
    old = {
        "writer": str(cast.people["anong"].pk),
        "at": 0,
        "path": f"/work/activities/{uuid}/edit/",
        "fields": [["name", NAME]],
    }
    anong.goes_to("/work/")
    anong.page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)", [f"jitasa-record:{uuid}", json.dumps(old)]
    )
    anong.goes_to(f"/work/activities/{uuid}/edit/")
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
    assert anong.page.evaluate("localStorage.length") == 0


def is_now(desk: Desk, cast: Cast, name: str) -> None:
    """Somebody else takes the same phone."""
    desk.context.clear_cookies(name="sessionid")
    with database():
        morsel = cast.client(name).cookies["sessionid"]
    desk.context.add_cookies([{"name": "sessionid", "value": morsel.value, "url": desk.site}])


@pytest.mark.long
def test_drafts_wait_for_their_writer_and_nobody_else_sees_them(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", PHONE, service_workers="allow")
    anong.no_network = True
    is_ready_for_the_field(anong)
    anong.context.set_offline(True)
    anong.goes_to("/field/")
    records_at_the_beach(anong, 1, 2)
    anong.presses("ส่งให้ผู้ตรวจ")
    state(anong, WAITS)
    anong.context.route(re.compile("/send/$"), lambda route: route.abort())  # it stays on the phone
    anong.context.set_offline(False)
    anong.goes_to("/work/")
    anong.page.locator(".burger > summary").click()
    anong.presses("ออกจากระบบ", within=anong.page.locator(".burger"))
    anong.page.wait_for_url(re.compile(r"/$"))
    anong.context.set_offline(True)
    anong.goes_to("/field/")
    anong.sees(re.compile("เครื่องนี้ยังไม่รู้ว่าท่านเป็นใคร"))
    assert NAME not in anong.page.locator("body").inner_text()
    anong.context.set_offline(False)

    is_now(anong, cast, "boonmee")
    opens_a_new_record(anong)
    anong.page.wait_for_timeout(1500)
    expect(anong.page.locator("#queue")).to_be_hidden()
    anong.context.unroute(re.compile("/send/$"))
    anong.page.evaluate("dispatchEvent(new Event('online'))")
    anong.page.wait_for_timeout(1500)
    with database():  # her own page may have kept the draft on the server before she left it
        assert not Activity.objects.exclude(created_by=cast.people["anong"]).filter(name=NAME).exists()
        assert not Activity.objects.filter(status="submitted").exists()

    is_now(anong, cast, "anong")
    anong.page.add_init_script(TRIES_ONCE)
    opens_a_new_record(anong)
    expect(anong.page.locator("#queue")).to_contain_text("ส่งแล้ว")
    with database():
        record = Activity.objects.get(name=NAME)
        assert (record.created_by, record.status) == (cast.people["anong"], "submitted")


def test_two_tabs_on_one_draft_lose_nothing(page_for: Opener) -> None:
    anong = page_for("anong", PHONE)
    anong.no_network = True
    opens_a_new_record(anong)
    anong.writes("ชื่อกิจกรรม", NAME)
    is_saved(anong)
    second = Desk(
        name="anong", page=anong.context.new_page(), site=anong.site, problems=anong.problems, no_network=True
    )
    second.page.goto(anong.page.url)
    expect(second.box("ชื่อกิจกรรม")).to_have_value(NAME)
    expect(second.page.locator("form[data-ready]")).to_have_count(1)
    second.page.wait_for_timeout(2000)  # it learns that it is the second
    anong.context.set_offline(True)
    anong.writes("ผลการดำเนินงาน", "จากแท็บแรก")
    state(anong, "เก็บไว้ในเครื่องแล้ว")
    second.writes("ผลการดำเนินงาน", "จากแท็บที่สอง")
    state(second, "เก็บไว้ในเครื่องแล้ว")
    results = {dict(row["fields"])["result"] for row in kept(anong)}
    assert results == {"จากแท็บแรก", "จากแท็บที่สอง"}
    anong.context.set_offline(False)
    for _again in range(180):
        asked = [desk for desk in (anong, second) if desk.page.locator("dialog[open]").count()]
        if asked:
            break
        anong.page.wait_for_timeout(500)
    asked[0].sees("มีคนแก้ไขรายการนี้พร้อมกับท่าน")
    assert stored().result in results
