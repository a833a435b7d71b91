"""What stands where: facts beside pictures on a laptop, messages clear of the thumb on a phone."""

import re

from django.urls import reverse
from playwright.sync_api import FloatRect, expect

from jitasa.letters.tests.test_way import circular
from jitasa.organizations.choices import OrganizationType
from tests.browser.conftest import Opener
from tests.browser.desk import DESKTOP, PEN, PHONE, Desk
from tests.browser.one_at_a_time import database
from tests.browser.records import sent
from tests.cast import Cast, make_organization


def box(desk: Desk, selector: str) -> FloatRect:
    """Where the first such element stands in the window, in CSS pixels."""
    return desk.place_of(desk.page.locator(selector).first)


def test_a_laptop_shows_the_facts_beside_the_pictures(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    dao = page_for("dao")
    dao.page.set_viewport_size({"width": 1366, "height": 768})
    dao.goes_to("/work/review/")
    expect(dao.page.locator("#record article")).to_be_visible()
    boxes = dao.page.locator(".review-list > .tabs > *")
    assert len({round(dao.place_of(each)["y"]) for each in boxes.all()}) == 1, "the boxes take two rows"
    pictures, facts = box(dao, ".review-photos"), box(dao, ".record-two .deflist")
    assert facts["x"] >= pictures["x"] + pictures["width"]
    assert facts["y"] < 768 - facts["height"]
    assert abs(facts["y"] - pictures["y"]) < 24
    dao.page_is_sound()


def test_a_message_never_lies_where_the_thumb_goes_next(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    dao = page_for("dao", PHONE)
    dao.goes_to("/work/review/")
    dao.page.locator(".mail-link").first.click()
    accept = dao.page.locator("[data-accept] button").first
    expect(accept).to_be_visible()
    dao.page.evaluate(
        """() => { const place = document.querySelector("[data-toasts]");
          place.classList.add("live");
          place.innerHTML = '<div class="toast ok"><p>บันทึกแล้ว</p></div>'; }"""
    )
    toast, button = box(dao, ".toast"), box(dao, "[data-accept] button")
    assert toast["y"] >= 0
    assert toast["y"] + toast["height"] < button["y"]


def test_a_picture_of_a_map_becomes_one_to_come_nearer_on(page_for: Opener, cast: Cast) -> None:
    """Down to the tambon, with a scale; its points say what they are."""
    ek = page_for("ek", PHONE)
    ek.goes_to("/work/month/2569-11/?tab=map")
    ek.page_is_sound()
    ek.presses("ขยายแผนที่ถึงตำบล")
    expect(ek.page.locator(".map.near .leaflet-control-scale-line")).to_contain_text("กม.")
    point = ek.page.locator(".map.near .near-pt").first
    expect(point).to_have_attribute("title", re.compile("อบต.อ่าวนาง"))
    before = ek.page.locator(".leaflet-control-scale-line").inner_text()
    ek.page.locator(".leaflet-control-zoom-in").click()
    expect(ek.page.locator(".leaflet-control-scale-line")).not_to_have_text(before)
    ek.page_is_sound()


def test_tabs_are_all_in_sight_on_a_phone(page_for: Opener, cast: Cast) -> None:
    """And on a wider window that is still too narrow for them."""
    ek = page_for("ek", PHONE)
    ek.goes_to("/work/month/")
    expect(ek.page.locator(".tools").first).to_contain_class("goes-on")
    longer = (
        "nav => nav.append(...[...nav.children].flatMap(tab => [tab.cloneNode(true), tab.cloneNode(true)]))"
    )
    ek.page.locator(".tabs").first.evaluate(longer)
    for width in (PHONE[0], 760, 1024):
        ek.page.set_viewport_size({"width": width, "height": 800})
        for tab in ek.page.locator(".tabs a").all():
            place = ek.place_of(tab)
            assert place["x"] + place["width"] <= width


def test_a_table_wider_than_a_desktops_window_says_that_it_goes_on(page_for: Opener, cast: Cast) -> None:
    ek = page_for("ek", DESKTOP)
    ek.goes_to("/work/month/?tab=trend")
    wrap = ek.page.locator(".table-wrap").first
    wrap.evaluate("wrap => { wrap.firstElementChild.style.minWidth = '3000px'; }")
    wrap.evaluate("wrap => wrap.parentElement.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }))")
    expect(ek.page.locator(".scroll-hint").first).to_contain_text("เลื่อนตารางเพื่อดูต่อทางขวา")


def test_the_start_pages_button_covers_no_line_at_the_end_of_a_phones_page(
    page_for: Opener, cast: Cast
) -> None:
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/")
    anong.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last, button = box(anong, ".foot"), box(anong, ".record-btn")
    assert last["y"] + last["height"] <= button["y"]
    bar = anong.measures(anong.page.locator(".page"), "page => getComputedStyle(page, '::after').position")
    assert bar == "fixed"  # the button stands on a bar of its own: no line is read through beside it
    anong.page_is_sound()


def test_a_hard_word_is_explained_where_a_form_asks_for_it(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", PHONE)
    anong.goes_to("/work/letters/outside/")
    meaning = anong.page.locator("#id_secrecy_term")
    expect(meaning).to_be_hidden()
    button = anong.page.get_by_role("button", name="“ชั้นความลับ” หมายถึงอะไร")
    button.focus()
    anong.page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("ลับที่สุด")
    shown = box(anong, "#id_secrecy_term")
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= PHONE[0]
    anong.page_is_sound()
    anong.page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_help_leads_to_the_section_a_page_is_about(page_for: Opener, cast: Cast) -> None:
    anong = page_for("anong", DESKTOP)
    anong.goes_to("/work/publicity/channels/")
    anong.presses("วิธีใช้หน้านี้")
    section = anong.page.get_by_role("heading", name="ช่องทางของหน่วยงาน")
    expect(section).to_be_in_viewport()
    anong.page_is_sound()


def test_an_example_of_a_day_is_clear_of_its_icon_on_a_phone(page_for: Opener, cast: Cast) -> None:
    """The audit's filters are two to a row: the example was cut off under the calendar."""
    boonmee = page_for("boonmee", PHONE)
    boonmee.goes_to("/work/audit/")
    for control in boonmee.page.locator(".date-in input").all():
        room, words = boonmee.measures(
            control,
            f"each => {{ {PEN} return [room, pen.measureText(each.placeholder).width]; }}",
        )
        assert words <= room
    boonmee.page_is_sound()


def test_every_revision_is_a_card_on_a_phone(page_for: Opener, cast: Cast) -> None:
    """The table of revisions broke its days into one word a line."""
    record = sent(cast.anong)
    anong = page_for("anong", PHONE)
    anong.goes_to(f"/work/activities/{record.uuid}/revisions/")
    row = anong.page.locator("table.rows tbody tr").first
    expect(row.locator("th")).to_contain_text("ฉบับที่")
    when = row.locator("td").first.evaluate(
        "each => { const range = document.createRange(); range.selectNodeContents(each); return range.getClientRects().length; }"
    )
    assert when == 1, "the day stands on one line"
    anong.page_is_sound()


def test_the_act_of_a_long_dialog_is_in_sight_on_a_phone(page_for: Opener, cast: Cast) -> None:
    sent(cast.anong)
    dao = page_for("dao", PHONE)
    dao.goes_to("/work/review/")
    dao.page.locator(".mail-link").first.click()
    dao.page.locator("[data-return]").click()
    button = dao.page.locator("[data-return-form] button.main")
    expect(button).to_be_in_viewport(ratio=1)
    dao.page_is_sound()


PLACES_TO_SEARCH = (
    "/work/activities/",
    "/work/letters/",
    "/work/letters/sent/",
    "/work/letters/receipts/",
    "/work/letters/dispatches/",
    "/work/publicity/materials/",
    "/work/publicity/campaigns/",
    "/work/publicity/channels/",
    "/work/organizations/",
    "/work/search/",
)


def test_no_example_in_a_box_is_cut_on_a_phone(page_for: Opener, cast: Cast) -> None:
    """What may be typed into a search is read whole."""
    ek = page_for("ek", PHONE)
    cut: list[str] = []
    for place in PLACES_TO_SEARCH:
        ek.goes_to(place)
        ek.heading_is(re.compile("."))
        cut += [f"{place}: {words}" for words in ek.examples_cut()]
    assert not cut


def test_nobody_is_told_to_drag_pictures_on_a_phone(page_for: Opener, cast: Cast) -> None:
    words = "ลากภาพมาวางที่นี่ได้"
    for size, shown in ((PHONE, False), (DESKTOP, True)):
        anong = page_for("anong", size)
        anong.goes_to("/work/activities/new/")
        hint = anong.page.get_by_text(words).first
        expect(hint).to_be_visible(visible=shown)


def test_words_that_are_cut_are_said_whole(page_for: Opener, cast: Cast) -> None:
    name = "ปลูกป่าชายเลนและทำความสะอาดพื้นที่โดยรอบศูนย์ราชการเนื่องในวันสำคัญของชาติ " * 3
    sent(cast.anong, name.strip())
    dao = page_for("dao", PHONE)
    dao.goes_to("/work/review/")
    words = dao.page.locator(".mail-name").first
    cut = dao.measures(
        words,
        "each => each.scrollHeight > each.clientHeight + 2 || each.scrollWidth > each.clientWidth + 1",
    )
    assert cut
    expect(words).to_have_attribute("title", name.strip())
    dao.goes_to("/work/")
    dao.faces_are_there()
    role = dao.page.locator(".who span").first
    assert dao.measures(
        role,
        "each => each.scrollWidth <= each.clientWidth + 1 || Boolean(each.closest('[title]'))",
    )


def test_a_long_list_of_cards_begins_with_some_and_says_how_many_more(page_for: Opener, cast: Cast) -> None:
    """A board of the country was 22 screens of a phone, a compiled month 45."""
    with database():
        for n in range(30):
            make_organization(
                f"068{n:05d}", OrganizationType.SAO, f"อบต.ที่ {n}", reports_to=cast.mueang, lies_in=cast.mueang
            )
    dao = page_for("dao", PHONE)
    dao.goes_to("/work/month/")
    rows = dao.page.locator(".board-table tbody tr")
    whole = rows.count()
    assert whole > 30
    assert rows.locator("visible=true").count() == 20
    dao.page_is_sound()
    dao.presses(f"แสดงอีก {whole - 20} รายการ")
    assert rows.locator("visible=true").count() == whole
    assert rows.nth(20).evaluate("row => row.contains(document.activeElement)")
    wide = page_for("dao")
    wide.goes_to("/work/month/")
    assert wide.page.locator(".board-table tbody tr:visible").count() == whole


def test_a_one_time_password_is_large_and_is_copied_and_printed(page_for: Opener, cast: Cast) -> None:
    boonmee = page_for("boonmee")
    boonmee.goes_to(reverse("organizations:person_add", args=[cast.aonang.pk]))
    boonmee.writes("ชื่อผู้ใช้", "noi")
    boonmee.writes("ตำแหน่ง", "เจ้าพนักงานธุรการ")
    boonmee.presses("เพิ่มผู้ใช้")
    password = boonmee.page.locator("#one-time-password kbd")
    assert boonmee.measures(password, "each => parseFloat(getComputedStyle(each).fontSize)") >= 24
    boonmee.context.grant_permissions(["clipboard-read", "clipboard-write"])
    boonmee.page.locator("[data-copy='#one-time-password']").click()
    boonmee.page.wait_for_function(
        "async words => (await navigator.clipboard.readText()).trim() === words", arg=password.text_content()
    )
    boonmee.page.evaluate("window.print = () => { window.printed = true; }")
    boonmee.page.locator("[data-print]").click()
    assert boonmee.page.evaluate("window.printed")


def test_a_choice_of_files_speaks_the_language_of_the_page(page_for: Opener, cast: Cast) -> None:
    """The input's own words are those of the browser; the whole box is still the input."""
    fah = page_for("fah", PHONE)
    fah.goes_to("/work/organizations/import/")
    field = fah.page.locator(".file-field")
    expect(field).to_have_text("เลือกไฟล์ยังไม่ได้เลือกไฟล์")
    own, whole = box(fah, ".file-field > input"), box(fah, ".file-field")
    assert own["width"] > whole["width"] - 8
    assert own["height"] > whole["height"] - 8
    with fah.page.expect_file_chooser() as chosen:
        field.locator(".btn").click(force=True)  # what a finger meets there is the input
    chosen.value.set_files({"name": "อปท.csv", "mimeType": "text/csv", "buffer": b"code"})
    expect(field).to_have_text("เลือกไฟล์อปท.csv")
    fah.page_is_sound()


def test_the_register_of_letters_fits_a_laptop(page_for: Opener, cast: Cast) -> None:
    with database():
        circular(cast)
    fah = page_for("fah")
    fah.page.set_viewport_size({"width": 1366, "height": 768})
    fah.goes_to("/work/letters/dispatches/")
    expect(fah.page.locator("table.register tbody tr").first).to_be_visible()
    fah.faces_are_there()
    assert fah.page.locator(".scroll-hint").count() == 0
