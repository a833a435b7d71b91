"""What is seen on a phone: closed words stay closed, a button's text is one text, a dot ends its line."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.desk import PHONE
from tests.cast import Cast

BUTTON = "เตือน อปท. ที่ยังไม่ยืนยัน 119 แห่ง และหน่วยงานที่ระบบอินเทอร์เน็ตหรือไฟฟ้าของหน่วยงานขัดข้อง"
LINE = "โปสเตอร์ · สถจ.กระบี่ · วันพ่อแห่งชาติ · เสียงตามสาย · ข้อความ · 5 ธ.ค. 2569"
# Of each dot: whether the letter before it stands on an earlier line.
BEGINNING = """() => {
  const range = document.createRange(), node = document.querySelector("#looked-line").firstChild, found = [];
  const top = (at) => { range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect().top; };
  for (let at = node.data.indexOf("·"); at >= 0; at = node.data.indexOf("·", at + 1)) if (top(at) - top(at - 2) > 6) found.push(at);
  return { found, lines: document.querySelector("#looked-line").getClientRects().length };
}"""


def put(page: Page) -> None:
    """A button and a line of parts on the page; the page's own code looks at them when the window changes."""
    page.evaluate(
        """([button, line]) => {
          const made = document.createElement("button"), words = document.createElement("span"), place = document.createElement("p");
          made.className = "btn"; made.id = "looked-button"; made.textContent = button;
          words.id = "looked-line"; words.textContent = line; place.append(words);
          document.querySelector("main").prepend(made, place);
        }""",
        [BUTTON, LINE],
    )


def test_a_button_is_one_text_and_no_line_begins_with_a_dot(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/")
    put(anong.page)
    held = lines = 0
    for width in range(390, 310, -10):
        anong.page.set_viewport_size({"width": width, "height": 844})
        anong.page.wait_for_timeout(350)
        button = anong.page.locator("#looked-button")
        parts = button.evaluate("(it) => [...it.childNodes].filter((node) => node.textContent.trim()).length")
        assert parts == 1, f"{width}: the text of a button stands in {parts} columns"
        expect(button).to_have_text(BUTTON)
        held += button.locator("thai-whole").count()
        told = anong.page.evaluate(BEGINNING)
        assert not told["found"], f"{width}: a line begins with a dot"
        lines = max(lines, told["lines"])
    assert held, "the browser broke nothing on any width: the test sees nothing"
    assert lines > 1


@pytest.mark.parametrize("path", ["/work/publicity/materials/new/", "/work/letters/new/"])
def test_the_meaning_of_a_word_is_closed_until_asked(page_for: Opener, cast: Cast, path: str) -> None:
    anong = page_for("anong", PHONE)
    anong.goes_to(path)
    words = anong.page.locator(".term-words")
    assert words.count()
    for each in words.all():
        expect(each).to_be_hidden()
    anong.page.locator(".term").first.click()
    expect(words.first).to_be_visible()


def test_the_scale_of_the_public_map_is_in_thai(page_for: Opener, cast: Cast) -> None:
    reader = page_for("anong", PHONE)
    reader.goes_to("/map/")
    expect(reader.page.locator(".leaflet-control-scale-line")).to_contain_text("กม.")
