"""A new version of the app while a draft is open, and while one is being sent: nothing is lost, the next page is new."""

import re

import pytest
from playwright.sync_api import expect

from jitasa.activities.models import Activity
from jitasa.field import assets
from tests.browser.conftest import Opener
from tests.browser.desk import PHONE, Desk
from tests.browser.one_at_a_time import database, kept_waiting
from tests.browser.recording import NAME, is_saved, stored
from tests.browser.test_field import LATER, WAITS, is_ready_for_the_field, kept, records_at_the_beach, state

NEW = "0123456789abcdef"
# Neither waits: a look-up of the browser may take its time, and a promise that is never kept would hang the run.
LOOKS_FOR_A_NEW_ONE = (
    "() => { navigator.serviceWorker.getRegistration().then((found) => found?.update()).catch(() => {}); }"
)
TAKEN = """async (name) => {
  const found = await navigator.serviceWorker.getRegistration();
  return (await caches.keys()).includes(`jitasa-${name}`)
    && found?.active?.state === "activated" && !found.installing && !found.waiting;
}"""
SETS = "async () => (await caches.keys()).filter((each) => each.startsWith('jitasa-'))"
FETCHED = """async (name) => {
  const sizes = await Promise.all((await caches.keys()).filter((each) => each.startsWith('jitasa-'))
    .map(async (each) => [each, (await (await caches.open(each)).keys()).length]));
  const size = Object.fromEntries(sizes), fetched = size[`jitasa-${name}`] ?? 0;
  return sizes.length === 2 && fetched === Math.max(...Object.values(size));
}"""
WORKERS = """async () => {
  const found = await navigator.serviceWorker.getRegistration();
  return [found?.installing?.state, found?.waiting?.state, found?.active?.state].map(String);
}"""


def brings_a_new_version(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is updated; the browser looks for a new worker, and it takes over at once."""
    fetches_a_new_version(desk, monkeypatch, until=TAKEN)


def fetches_a_new_version(desk: Desk, monkeypatch: pytest.MonkeyPatch, *, until: str = FETCHED) -> None:
    """The site is updated, the browser looks for a new worker, and its files are all on the phone.

    When it takes over is the browser's to say: a worker that is still answering is not replaced.
    """
    monkeypatch.setattr(assets, "version", lambda: NEW)
    for _again in range(60):  # the event may have come before anybody listened for it
        desk.page.evaluate(LOOKS_FOR_A_NEW_ONE)
        if desk.page.evaluate(until, NEW):
            return
        desk.page.wait_for_timeout(1000)
    sets, workers = desk.page.evaluate(SETS), desk.page.evaluate(WORKERS)
    raise AssertionError(f"no new version: {sets}, installing, waiting, active: {workers}")


def test_a_new_version_takes_over_under_an_open_draft(
    page_for: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    anong = page_for("anong", PHONE, service_workers="allow")
    anong.no_network = True
    is_ready_for_the_field(anong)
    records_at_the_beach(anong, 1, 2)
    is_saved(anong)
    address = anong.page.url
    brings_a_new_version(anong, monkeypatch)
    assert len(anong.page.evaluate(SETS)) == 2  # the open page may still ask for files of the set before
    assert anong.page.url == address
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
    anong.context.set_offline(True)
    anong.writes("ผลการดำเนินงาน", LATER)
    state(anong, "เก็บไว้ในเครื่องแล้ว")
    anong.page.reload()  # the new version's page, with what the old one kept
    expect(anong.box("ชื่อกิจกรรม")).to_have_value(NAME)
    expect(anong.box("ผลการดำเนินงาน")).to_have_value(LATER)
    expect(anong.page.locator("#shots .shot input[name=photo]")).to_have_count(2)
    anong.presses("ส่งให้ผู้ตรวจ")
    state(anong, WAITS)
    anong.context.set_offline(False)
    anong.heading_is("ส่งแล้ว")
    record = stored()
    assert (record.name, record.result, record.photo_count, record.status) == (NAME, LATER, 2, "submitted")


def test_a_new_version_comes_while_one_is_sent(page_for: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    anong = page_for("anong", PHONE, service_workers="allow")
    anong.no_network = True
    is_ready_for_the_field(anong)
    anong.context.set_offline(True)
    anong.goes_to("/work/activities/new/")
    records_at_the_beach(anong, 1, 2)
    anong.presses("ส่งให้ผู้ตรวจ")
    state(anong, WAITS)
    with kept_waiting(re.compile("/work/photos/[0-9a-f]{64}/")) as held:
        anong.context.set_offline(False)
        for _again in range(120):
            if held.came:
                break
            anong.page.wait_for_timeout(250)
        assert held.came, "no photo was on its way"
        fetches_a_new_version(anong, monkeypatch)
        with database():
            assert not Activity.objects.filter(status="submitted").exists()
    anong.heading_is("ส่งแล้ว")
    with database():
        record = Activity.objects.get()
    assert (record.name, record.photo_count, record.status) == (NAME, 2, "submitted")
    assert kept(anong, "photos") == []
