"""Names and words of Thai go to the next line whole, on every width, by one module."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import PHONE
from tests.browser.recording import opens_a_new_record
from tests.browser.records import sent
from tests.cast import Cast

# Of each occurrence of the words on the page: on how many lines it stands.
BROKEN = """(words) => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), range = document.createRange(), broken = [];
  const whole = document.querySelector("main").innerText;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const word of words) {
      for (let at = node.data.indexOf(word); at >= 0; at = node.data.indexOf(word, at + 1)) {
        range.setStart(node, at); range.setEnd(node, at + word.length);
        const bottoms = [...range.getClientRects()].map((rect) => Math.round(rect.bottom));
        if (bottoms.length && Math.max(...bottoms) - Math.min(...bottoms) > 6) broken.push(word + " in " + node.data.trim().slice(0, 60));
      }
    }
  }
  return { broken, seen: words.filter((word) => whole.includes(word)) };
}"""
NAME = "ทำความสะอาดหาดอ่าวนางและเก็บขยะริมคลองสาธารณประโยชน์หน้าหาดอ่าวนาง"
WORDS = ["อ่าวนาง", "อบต.อ่าวนาง", "จิตอาสา", "หน่วยงาน", "เผยแพร่", "สาธารณประโยชน์"]


@pytest.mark.parametrize("path", ["/work/activities/", "/work/review/"])
def test_no_name_is_broken_at_the_end_of_a_line(page_for: Opener, cast: Cast, path: str) -> None:
    sent(cast.anong, NAME, place="หาดอ่าวนาง หน้าที่ทำการ อบต.อ่าวนาง")
    anong, seen = page_for("ek" if "review" in path else "anong"), set[str]()
    for width in range(320, 440, 12):
        anong.page.set_viewport_size({"width": width, "height": 800})
        anong.goes_to(path)
        anong.page.evaluate("document.fonts.ready.then(() => new Promise((go) => requestIdleCallback(go)))")
        told = anong.page.evaluate(BROKEN, WORDS)
        assert not told["broken"], f"{width}: {told['broken']}"
        seen |= set(told["seen"])
    assert "อ่าวนาง" in seen


def test_they_stay_whole_when_the_window_is_made_narrow(page_for: Opener, cast: Cast) -> None:
    record = sent(cast.anong, NAME, place="หาดอ่าวนาง")
    anong = page_for("anong")
    anong.goes_to(f"/work/activities/{record.uuid}/")
    held = 0
    for width in (700, 430, 400, 375, 350, 330):
        anong.page.set_viewport_size({"width": width, "height": 800})
        anong.page.wait_for_timeout(400)
        assert not anong.page.evaluate(BROKEN, WORDS)["broken"], width
        held = max(held, anong.page.locator("thai-whole").count())
    assert held, "nothing was broken by the browser on any width: the test sees nothing"
    assert anong.page.locator("h1").text_content() == NAME  # nothing is put into the words
    anong.page_is_sound()


def test_a_button_keeps_its_name_and_breaks_none(page_for: Opener, cast: Cast) -> None:
    """What an earlier record proposes is a button; its name has no spaces that nobody wrote."""
    sent(cast.anong, NAME, place="หาดอ่าวนาง")
    anong, held = page_for("anong", PHONE), 0
    opens_a_new_record(anong)
    offer = anong.page.get_by_role("button", name=NAME)
    expect(offer).to_be_visible()
    for width in (390, 375, 360, 345, 330):
        anong.page.set_viewport_size({"width": width, "height": 844})
        anong.page.wait_for_timeout(400)
        assert not anong.page.evaluate(BROKEN, WORDS[:1])["broken"], width
        held = max(held, offer.locator("thai-whole").count())
        expect(offer).to_have_count(1)
    assert held, "the browser broke nothing on any width: the test sees nothing"


# A paragraph of one's own on the page, as wide as asked; a resize lets the module look at it.
PUT = """([words, width]) => {
  const line = document.querySelector("#tried") ?? document.querySelector("main").appendChild(document.createElement("p"));
  line.id = "tried"; line.textContent = words; line.style.width = `${width}px`;
}"""
# What each of its lines begins with.
BEGINS = """() => {
  const walker = document.createTreeWalker(document.querySelector("#tried"), NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  let last = -1;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) for (let at = 0; at < node.data.length; at += 1) {
    range.setStart(node, at); range.setEnd(node, at + 1);
    const rect = range.getBoundingClientRect();
    if (rect.width && rect.top > last + 8) { found.push(node.data[at]); last = rect.top; }
  }
  return found;
}"""


def test_a_mark_stays_at_its_word(page_for: Opener, cast: Cast) -> None:
    """A held name lets a line begin with the comma after it; that belongs to the name."""
    anong, held = page_for("anong"), 0
    anong.goes_to("/work/search/")
    for width in range(150, 420, 9):
        anong.page.evaluate(PUT, ["ขยะที่เก็บได้, งานของหน่วยงาน, ภาพกิจกรรม, อบต.อ่าวนาง (เจ้าภาพ), จิตอาสา", width])
        anong.page.set_viewport_size({"width": 1000 + width, "height": 800})
        anong.page.wait_for_timeout(280)
        assert not set(anong.page.evaluate(BEGINS)) & set(",)"), width
        held = max(held, anong.page.locator("#tried thai-whole").count())
    assert held


def test_a_number_stays_with_its_word(page_for: Opener, cast: Cast) -> None:
    """Between "·", a number that follows its word ends no line without it, and "·" begins none."""
    anong, held = page_for("anong"), 0
    anong.goes_to("/work/search/")
    for width in range(170, 420, 9):
        anong.page.evaluate(PUT, ["ยืนยันครบ 15 · แจ้งไม่มีกิจกรรม 2 · 3 ภาพ · ทันกำหนด 18", width])
        anong.page.set_viewport_size({"width": 1000 + width, "height": 800})
        anong.page.wait_for_timeout(280)
        begins = [mark for mark in anong.page.evaluate(BEGINS) if not mark.isalpha()]
        assert begins in ([], ["3"]), width  # "3 ภาพ" is a number with what it counts
        held = max(held, anong.page.locator("#tried thai-whole").count())
    assert held


def test_what_comes_later_is_looked_at(page_for: Opener, cast: Cast) -> None:
    """An answer that a module puts on the page (the search over everything, proposals), without a resize."""
    anong, held = page_for("anong"), 0
    anong.goes_to("/work/search/")
    for width in range(140, 330, 13):
        anong.page.evaluate("document.querySelector('#tried')?.remove()")
        anong.page.evaluate(PUT, [f"{NAME} อบต.อ่าวนาง", width])
        anong.page.wait_for_timeout(150)
        assert not anong.page.evaluate(BROKEN, WORDS)["broken"], width
        held = max(held, anong.page.locator("#tried thai-whole").count())
    assert held


def test_pages_of_refusals_break_no_word_either(page_for: Opener, cast: Cast) -> None:
    """They ask no database, and have the module all the same."""
    anong = page_for("anong")
    for width in range(320, 440, 24):
        anong.page.set_viewport_size({"width": width, "height": 800})
        anong.goes_to("/work/activities/?q=%00")
        anong.page.evaluate("document.fonts.ready.then(() => new Promise((go) => requestIdleCallback(go)))")
        told = anong.page.evaluate(BROKEN, ["ตัวอักษร", "อีกครั้ง"])
        assert told == {"broken": [], "seen": ["ตัวอักษร", "อีกครั้ง"]}, width


def test_what_is_longer_than_its_line_is_left_to_the_browser(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong")
    anong.goes_to("/work/search/")
    anong.page.evaluate(PUT, ["วันสมเด็จพระมหาธีรราชเจ้า", 90])
    anong.page.set_viewport_size({"width": 1100, "height": 800})
    anong.page.wait_for_timeout(400)
    expect(anong.page.locator("#tried thai-whole")).to_have_count(0)
