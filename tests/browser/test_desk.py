"""What the desk takes for a fault of the page and what not."""

from playwright.sync_api import Route, expect

from tests.browser.conftest import Opener
from tests.browser.desk import PHONE, Desk
from tests.browser.recording import opens_a_new_record

TWICE = "() => { htmx.trigger('#proposals', 'facts'); htmx.trigger('#proposals', 'facts'); }"
ONCE = "() => htmx.trigger('#proposals', 'facts')"


def test_a_question_replaced_by_a_newer_one_is_no_fault(page_for: Opener) -> None:
    anong = page_for("anong")
    opens_a_new_record(anong)
    anong.page.wait_for_load_state("networkidle")
    with anong.page.expect_console_message(lambda heard: heard.text.startswith("htmx:sendAbort")):
        anong.page.evaluate(TWICE)
    anong.page.wait_for_load_state("networkidle")
    assert not anong.problems


def test_a_question_that_failed_is_a_fault(page_for: Opener) -> None:
    anong = page_for("anong")
    opens_a_new_record(anong)
    anong.page.wait_for_load_state("networkidle")
    anong.page.route("**/proposals/**", lambda route: route.abort())
    with anong.page.expect_console_message(lambda heard: heard.text.startswith("htmx:sendError")):
        anong.page.evaluate(ONCE)
    assert any("htmx:sendError" in line for line in anong.problems)
    anong.problems.clear()


def test_a_failure_is_told_with_the_last_answers_and_the_words_on_the_page(page_for: Opener) -> None:
    anong = page_for("anong")
    opens_a_new_record(anong)
    anong.goes_to("/work/nothing/")
    told = anong.told()
    assert "GET /work/nothing/ 404" in told
    assert anong.page.url in told
    assert "ไม่พบ" in told


def sees_the_form_before_its_look(desk: Desk, sheets: str) -> None:
    """The record form is there; its style sheets come later, as on a slow machine."""

    def late(route: Route) -> None:
        desk.page.wait_for_timeout(700)
        route.continue_()

    desk.page.route(sheets, late)
    desk.page.goto(f"{desk.site}/work/activities/new/", wait_until="commit")


def test_a_page_is_measured_when_its_style_sheets_are_there(page_for: Opener) -> None:
    """The record form without one of them is 494 px wide on a phone of 390: seen in a run on a slow machine."""
    anong = page_for("anong", PHONE)
    sees_the_form_before_its_look(anong, "**/forms*.css")
    expect(anong.page.locator("#id_name")).to_be_attached()
    anong.page_is_sound()


def test_an_element_is_measured_when_its_style_sheets_are_there(page_for: Opener) -> None:
    """A press returns when the next page begins: its heading had the browser's own size for a moment."""
    anong = page_for("anong", PHONE)
    sees_the_form_before_its_look(anong, "**/*.css")
    heading = anong.page.get_by_role("heading", level=1)
    family = anong.measures(heading, "each => getComputedStyle(each).fontFamily")
    assert "Plex Looped" in family
    assert anong.place_of(heading)["x"] < PHONE[0]
