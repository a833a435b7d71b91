"""The last page of a letter, whatever its length: text, signature and foot together, and the catchword before it."""

import dataclasses

import pytest

from jitasa.letters.pages.data import Page, page_of
from jitasa.letters.pages.render import layout, page_count, to_pdf
from jitasa.letters.tests.test_kinds import arabic, of_kind, official
from jitasa.letters.tests.test_page import SENTENCE, read_back, tight
from jitasa.letters.values import Block
from tests.cast import NOW, Cast

FOOT, CLOSING, PURPOSE = "ไปรษณีย์อิเล็กทรอนิกส์krabi@dla.go.th", "ขอแสดงความนับถือ", "จึงเรียนมาเพื่อพิจารณา"
LENGTHS = (9, 13, 17, 19, 21, 22, 24, 29, 75)  # sentences: from one page well filled to three


def with_text(page: Page, *texts: str) -> Page:
    """The same letter with another text, not stored."""
    body = [{"kind": "paragraph", "text": text} for text in texts]
    return dataclasses.replace(page, data={**page.data, "letter": {**page.data["letter"], "body": body}})


def pages_of(page: Page) -> list[str]:
    """What stands on each page after the first, by its number at the top; the first without one."""
    text, found = arabic(read_back(to_pdf(page))), []
    for number in range(2, page_count(page) + 1):
        before, _mark, text = text.partition(f"-{number}")  # the second dash is not always read back
        found.append(before)
        text = text.removeprefix("-")
    return [*found, text]


@official
@pytest.mark.parametrize("ends", [True, False], ids=["purpose", "long"])
def test_signature_and_foot_are_never_alone(cast: Cast, ends: bool) -> None:
    """The last page has at least two lines of the text, the closing and the foot; the page before says how it goes on."""
    letter = page_of(of_kind(cast, "external"), day=NOW.date())
    counts = set()
    for length in LENGTHS:
        texts = [f"{SENTENCE} " * length, *([PURPOSE] if ends else [])]
        page = with_text(letter, *texts)
        *before, last = pages_of(page)
        counts.add(len(before))
        text = last.partition(CLOSING)[0]
        assert CLOSING in last, length
        assert FOOT in last, length
        if before:
            assert len(text.removesuffix(PURPOSE)) > 70, (
                length,
                text,
            )  # two lines have 75 letters each at least
            catchword = before[-1].rpartition("/")[2].removesuffix("...")
            assert catchword, length
            assert last.startswith(catchword), length
    assert counts == {0, 1, 2}


@official
def test_a_letter_that_misses_one_page_by_little_is_set_closer(cast: Cast) -> None:
    """Fifteen addressees and four parts stand on one page, as an officer would fit them."""
    names = "\n".join(f"นายอำเภอลำดับที่ {number}" for number in range(1, 16))
    body = tuple(Block(kind="paragraph", text=text) for text in (SENTENCE, "ข้อความสั้น", "ข้อความสั้น", PURPOSE))
    few = page_of(of_kind(cast, "external", body=body), day=NOW.date())
    many = page_of(of_kind(cast, "external", body=body, to_text=names), day=NOW.date())
    assert [(page_count(page), layout(page).spacing > 0) for page in (few, many)] == [(1, False), (1, True)]
    read = tight(arabic(read_back(to_pdf(many))))
    assert all(f"นายอำเภอลำดับที่{number}" in read for number in range(1, 16))
