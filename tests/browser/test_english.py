"""Pages in English, whose words are longer than the Thai ones."""

import pytest

from jitasa.accounts.models import User
from jitasa.letters.tests.test_way import circular
from jitasa.review.services.return_record import return_record
from tests.browser.conftest import Opener
from tests.browser.days import NOW
from tests.browser.desk import DESKTOP, PHONE
from tests.browser.one_at_a_time import database
from tests.browser.records import sent
from tests.cast import Cast

LAPTOP = (1366, 768)


@pytest.fixture(autouse=True)
def in_english(cast: Cast) -> None:
    User.objects.update(language="en")


@pytest.mark.parametrize("size", [PHONE, LAPTOP, DESKTOP])
def test_no_word_lies_on_the_next_column(page_for: Opener, cast: Cast, size: tuple[int, int]) -> None:
    record = sent(cast.anong)
    with database():
        return_record(actor=cast.dao, activity=record, reason="ภาพซ้ำ", fields=["photos"], now=NOW)
    anong = page_for("anong", size)
    anong.goes_to("/work/")
    anong.sees("Returned for correction")
    over = anong.page.locator(".my-work .due b, .my-work .due span").evaluate_all(
        "all => all.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent)"
    )
    assert not over
    anong.page_is_sound()


def test_the_register_of_letters_fits_a_laptop(page_for: Opener, cast: Cast) -> None:
    with database():
        circular(cast)
    fah = page_for("fah", LAPTOP)
    fah.goes_to("/work/letters/dispatches/")
    room = fah.measures(fah.page.locator(".table-wrap"), "each => each.scrollWidth - each.clientWidth")
    assert room <= 0
    heads = fah.page.locator("thead th").all_inner_texts()
    assert {"Dispatch no.", "To"} <= set(heads)


def test_no_example_in_a_box_is_cut_on_a_phone(page_for: Opener, cast: Cast) -> None:
    anong, ek = page_for("anong", PHONE), page_for("ek", PHONE)
    anong.goes_to("/work/activities/new/")
    anong.heading_is("Record a volunteer activity")
    cut = anong.examples_cut()
    for place in (
        "/work/activities/",
        "/work/letters/",
        "/work/organizations/",
        "/work/search/",
        "/work/audit/",
    ):
        ek.goes_to(place)
        cut += [f"{place}: {words}" for words in ek.examples_cut()]
    assert not cut
