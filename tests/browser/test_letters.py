"""A circular's way down and the answers' way up: written, issued, stamped, passed on, answered, followed."""

import re

import pytest
from playwright.sync_api import expect

from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.services.pass_on import pass_on
from jitasa.letters.tests.samples import set_up_office
from tests.browser.conftest import Opener
from tests.browser.days import NOW
from tests.browser.desk import PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.cast import Cast

SUBJECT = "การสำรวจป้ายประชาสัมพันธ์งานจิตอาสา"
COLUMNS = "จุดติดตั้ง, จำนวนป้าย"


def confirms(desk: Desk, words: str) -> None:
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button").last.click()
    desk.sees(re.compile(words))


def writes_and_issues(fah: Desk) -> None:
    """The composer, from an empty form to a number of the register."""
    fah.goes_to("/work/letters/new/")
    fah.heading_is("เขียนหนังสือ")
    fah.writes("เรื่อง", SUBJECT)
    fah.writes("เรียน", "ผู้ว่าราชการจังหวัด ทุกจังหวัด")
    fah.box("ผู้ลงนาม").select_option(index=1)
    texts = fah.page.get_by_label("ข้อความ", exact=True)
    texts.nth(0).fill("ด้วยกรมประสงค์ทราบจำนวนป้ายประชาสัมพันธ์งานจิตอาสาในพื้นที่")
    texts.nth(1).fill("สำรวจป้ายและกรอกตาราง")
    fah.page.locator("label.pill", has_text="ผู้ว่าราชการจังหวัด ทุกจังหวัด").click()
    fah.picks("กรอกตาราง")
    fah.writes("หัวตาราง", COLUMNS)
    expect(fah.page.locator("#preview .letter-count b")).to_have_text("1")
    expect(fah.page.locator("#preview img.letter-page")).to_have_count(1)
    fah.page_is_sound()
    fah.presses("บันทึกร่าง")
    fah.presses("ลงนาม ออกเลข และส่ง")
    confirms(fah, "ออกเลข .* แล้ว")
    fah.heading_is(SUBJECT)


def registers_hands_over_and_passes_on(dao: Desk) -> None:
    dao.goes_to("/work/letters/")
    dao.heading_is("หนังสือรับ")
    dao.page_is_sound()
    dao.presses(SUBJECT)
    dao.presses("ลงรับ", within=dao.page.locator("main"), exact=True)
    dao.sees(re.compile(r"เลขรับที่ [1๑]/"))
    dao.page.get_by_text("อ่านเป็นข้อความ").click()
    dao.sees(re.compile("เลขรับ [1๑] "), within=dao.page.locator(".letter-words"))
    dao.page.get_by_label("มอบหมายให้").select_option(label="Dao")
    dao.presses("มอบหมาย", within=dao.page.locator("main"), exact=True)
    dao.sees("มอบหมายให้ Dao แล้ว")
    dao.presses("ส่งต่อถึง 2 แห่ง")
    confirms(dao, "ส่งต่อด้วยหนังสือที่ .* ถึง 2 แห่ง")


def answers_on_a_phone(anong: Desk) -> None:
    """What comes next stands under the thumb, whatever the length of the letter."""
    anong.goes_to("/work/letters/")
    anong.presses(SUBJECT)
    expect(anong.page.locator(".letter-words[open]")).to_be_visible()
    words, sheet = (
        anong.place_of(anong.page.locator(each).first) for each in (".letter-words", ".letter-page")
    )
    assert words["y"] + words["height"] <= sheet["y"]  # the text first, the page as it prints below it
    take = anong.page.get_by_role("button", name="ลงรับ", exact=True)
    expect(take).to_be_in_viewport()
    take.click()
    anong.sees(re.compile("ลงรับแล้ว"))
    anong.page_is_sound()
    jump = anong.page.get_by_role("link", name="ตอบหนังสือนี้")
    expect(jump).to_be_in_viewport()
    jump.click()
    expect(jump).to_be_hidden()
    for place, cell in enumerate(("ตลาดอ่าวนาง", "๑๒")):
        anong.page.locator(f'[name="cell-0-{place}"]').fill(cell)
    anong.presses("ส่งคำตอบ")
    anong.sees("ตอบแล้ว")


def follows_and_reminds(ek: Desk, letter: Letter) -> None:
    ek.goes_to(f"/work/letters/{letter.uuid}/follow/")
    ek.heading_is("ติดตามหนังสือ")
    ek.page_is_sound()
    slowest = ek.page.locator(".follow-table tbody tr", has_text="อ.เกาะลันตา")
    expect(slowest).to_contain_text("ยังไม่เปิด")
    ek.presses("เตือน อ.เกาะลันตา")
    ek.sees("เตือนแล้ว 1 แห่ง")
    ek.presses("เตือนที่ยังไม่เปิดทั้งหมด")
    confirms(ek, "เตือนแล้ว")
    ek.presses("อ.เมืองกระบี่", within=ek.page.locator(".follow-table"))
    expect(ek.page.locator(".follow-table tbody tr", has_text="อบต.อ่าวนาง")).to_contain_text("ตอบแล้ว")
    ek.presses("ตารางรวม")
    ek.sees("ตลาดอ่าวนาง")


def rows_are_cards_on_a_phone(ek: Desk, letter: Letter) -> None:
    """Every number under its own words, and nothing out of sight to the right."""
    for address in ("follow/", "answers/"):
        ek.goes_to(f"/work/letters/{letter.uuid}/{address}")
        wrap = ek.page.locator(".table-wrap").first
        assert ek.measures(wrap, "table => table.scrollWidth <= table.clientWidth"), address
        assert wrap.get_attribute("data-hinted") is None
        words = "cell => getComputedStyle(cell, '::before').content"
        assert "none" not in {ek.measures(cell, words) for cell in wrap.locator("td[data-label]").all()}
        ek.page_is_sound()


def a_wide_table_says_so_on_a_phone(ek: Desk, letter: Letter) -> None:
    ek.goes_to(f"/work/letters/{letter.uuid}/answers/?view=table")
    hint = ek.page.locator(".scroll-hint")
    expect(hint).to_have_text("ปัดตารางเพื่อดูต่อทางขวา →")
    ek.page_is_sound()
    ek.page.locator(".table-wrap").evaluate("table => table.scrollBy(120, 0)")
    expect(hint).to_have_count(0)


@pytest.mark.long
def test_a_circular_goes_down_and_its_answers_come_back(page_for: Opener, cast: Cast) -> None:
    with database():
        set_up_office(cast.department, prefix="มท 0801.4")
        set_up_office(cast.krabi)
        set_up_office(cast.mueang, prefix="กบ 0118")
    writes_and_issues(page_for("fah"))
    with database():
        way = Dispatch.objects.select_related("letter", "recipient").get()
        second = pass_on(actor=cast.ek, dispatch=way, now=NOW)
    registers_hands_over_and_passes_on(page_for("dao"))
    answers_on_a_phone(page_for("anong", PHONE))
    follows_and_reminds(page_for("ek"), second)
    on_a_phone = page_for("ek", PHONE)
    rows_are_cards_on_a_phone(on_a_phone, second)
    a_wide_table_says_so_on_a_phone(on_a_phone, second)


BELOW_THE_TABS = """() => {
  const note = document.querySelector("#preview .note")?.getBoundingClientRect();
  return Boolean(note) && note.top >= document.querySelector(".letter-views").getBoundingClientRect().bottom;
}"""


def test_a_warning_stands_beside_the_text_on_a_phone_and_is_seen_whole_above_the_page(
    page_for: Opener, cast: Cast
) -> None:
    """Nobody signs on behalf of the addressee: said as it is typed, where the signer is chosen."""
    with database():
        set_up_office(cast.krabi)
    ek = page_for("ek", PHONE)
    ek.goes_to("/work/letters/new/")
    ek.writes("เรียน", "ผู้ว่าราชการจังหวัดกระบี่")
    ek.box("ผู้ลงนาม").select_option(index=1)
    beside = ek.page.locator('[data-warned="signer"] .note')
    expect(beside).to_contain_text("ซึ่งเป็นผู้รับหนังสือนี้เอง")
    ek.page_is_sound()
    ek.page.get_by_role("button", name="หน้ากระดาษและผู้รับ").first.click()
    above = ek.page.locator("#preview .note")
    expect(above).to_be_in_viewport(ratio=1)
    for _again in range(40):  # the preview that is on its way puts another warning in the place of this one
        if ek.page.evaluate(BELOW_THE_TABS):
            break
        ek.page.wait_for_timeout(250)
    assert ek.page.evaluate(BELOW_THE_TABS)
    ek.page_is_sound()
    ek.page.get_by_role("button", name="กรอก", exact=True).click()
    ek.writes("เรียน", "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น")
    expect(beside).to_have_count(0)
