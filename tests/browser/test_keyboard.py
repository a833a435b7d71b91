"""By keyboard alone; in the dark theme; in English."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.records import sent
from tests.cast import Cast

PASSWORD = "sao-lao-kep-khaya-2569"
TABS = 150
PAGES = {
    "anong": ["/work/", "/work/activities/", "/work/activities/new/", "/work/month/", "/manual/"],
    "ek": ["/work/", "/work/review/", "/work/month/", "/work/occasions/"],
    "fah": ["/work/rounds/", "/work/rounds/months/", "/work/rounds/lists/kinds/", "/work/audit/"],
}


def focused(desk: Desk) -> str:
    words: str = desk.page.evaluate(
        "(e => (e.innerText || e.value || e.name || e.tagName).trim())(document.activeElement)"
    )
    return words


def focus_is_seen(desk: Desk) -> None:
    """The element with the focus, or what stands for it, has an outline or a ring."""
    seen = desk.page.evaluate(
        """() => {
          const e = document.activeElement, near = [e, e.closest("label"), e.nextElementSibling, e.parentElement];
          const box = e.getBoundingClientRect();
          const drawn = (x) => { const s = getComputedStyle(x);
            return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none"; };
          return near.some((x) => x && drawn(x)) && (box.width > 0 || box.height > 0);
        }"""
    )
    assert seen, f"focus cannot be seen on: {focused(desk)}"


def tabs_to(desk: Desk, words: str) -> None:
    for _step in range(TABS):
        desk.page.keyboard.press("Tab")
        focus_is_seen(desk)
        if words in focused(desk):
            return
    raise AssertionError(f"{TABS} tabs do not reach “{words}”")


def test_anong_uses_no_mouse(page_for: Opener, cast: Cast) -> None:
    with database():
        cast.people["anong"].set_password(PASSWORD)
        cast.people["anong"].save()
    anong = page_for("guest", DESKTOP)
    keys = anong.page.keyboard
    anong.goes_to("/work/")
    expect(anong.box("ชื่อผู้ใช้")).to_be_focused()
    keys.type("anong")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    anong.heading_is("วันนี้")

    keys.press("Tab")
    assert focused(anong) == "ข้ามไปเนื้อหา"
    focus_is_seen(anong)
    keys.press("Enter")
    expect(anong.page.locator("#main")).to_be_focused()
    tabs_to(anong, "บันทึกกิจกรรม")
    keys.press("Enter")
    anong.heading_is("บันทึกกิจกรรมจิตอาสา")
    tabs_to(anong, "ส่งให้ผู้ตรวจ")
    keys.press("Enter")
    expect(anong.page.locator("[data-errors]")).to_be_focused()
    expect(anong.page.locator("#record[data-ready]")).to_be_attached()
    keys.press("Tab")
    keys.press("Enter")
    assert anong.page.evaluate("document.activeElement.matches('input, select, textarea, summary')")


def test_pages_in_the_dark(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    for name, addresses in PAGES.items():
        desk = page_for(name, DESKTOP, color_scheme="dark")
        for address in addresses:
            desk.goes_to(address)
            desk.page_is_sound()
    background = desk.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in background[4:-1].split(",")[:3]) < 200


def test_pages_in_english_on_a_phone(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/")
    anong.page.locator("details.burger summary").click()
    anong.presses("English")
    expect(anong.page.locator("html")).to_have_attribute("lang", "en")
    for address in PAGES["anong"]:
        anong.goes_to(address)
        expect(anong.page.locator("html")).to_have_attribute("lang", "en")
        anong.page_is_sound()
    anong.page.locator("details:has(button[lang=th]) summary").locator("visible=true").first.click()
    anong.presses("ภาษาไทย")
    expect(anong.page.locator("html")).to_have_attribute("lang", "th")
