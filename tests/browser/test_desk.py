"""What the desk takes for a fault of the page and what not."""

from tests.browser.conftest import Opener
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
