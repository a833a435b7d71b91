"""A page that stays open between journeys has nothing of the one before."""

from tests.browser.conftest import Opener
from tests.browser.desk import PHONE
from tests.browser.kept_pages import KeptPages
from tests.cast import Cast

LEAVES = """async () => {
  localStorage.setItem("left", "1"); sessionStorage.setItem("left", "1"); window.name = "left";
  document.cookie = "left=1; path=/";
  await caches.open("left");
  const opening = indexedDB.open("left");
  await new Promise((done) => { opening.onsuccess = done; });
  history.pushState(null, "", "?left");
}"""
FINDS = """async () => ({
  local: localStorage.length, session: sessionStorage.length, name: window.name, cookies: document.cookie,
  caches: (await caches.keys()).length, databases: (await indexedDB.databases()).length, history: history.length,
  dark: matchMedia("(prefers-color-scheme: dark)").matches, width: innerWidth, online: navigator.onLine,
})"""
ASKED = "performance.getEntriesByType('navigation')[0].transferSize"  # bytes: few for what is there
NEW = {
    "local": 0, "session": 0, "name": "", "cookies": "", "caches": 0, "databases": 0, "history": 2,
    "dark": False, "width": PHONE[0], "online": True,
}  # fmt: skip


def test_nothing_is_left_for_the_next_journey(page_for: Opener, cast: Cast, kept_pages: KeptPages) -> None:
    first = page_for("guest", PHONE, color_scheme="dark")
    first.goes_to("/map/")
    first.page.wait_for_load_state("networkidle")
    first.page.evaluate(LEAVES)
    first.page.set_viewport_size({"width": 1000, "height": 700})
    first.context.set_offline(True)
    kept_pages.give_back(sound=True)
    second = page_for("guest", PHONE)
    assert second.page == first.page, "the page was not kept"
    second.goes_to("/accessibility/")
    assert second.page.evaluate(FINDS) == NEW
    second.goes_to("/map/")  # which a browser may show again without asking
    assert second.page.evaluate(ASKED) > 2_000
    second.page.on("dialog", lambda dialog: dialog.accept())
    kept_pages.give_back(sound=True)
    third = page_for("guest", PHONE)
    assert third.page != first.page, "somebody listens to that one"
