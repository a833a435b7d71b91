"""Numbered lists of a letter: their names stand in one column however many they are (๙. as ๑๐.), in PDF and DOCX."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jitasa.letters.pages.data import Page, page_of
from jitasa.letters.pages.render import to_pdf
from jitasa.letters.tests.test_kinds import of_kind, official
from jitasa.letters.tests.test_word_processor import WRITER, as_set, put
from jitasa.letters.values import Attached, Citation
from tests.cast import NOW, Cast

pytestmark = [official, pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext")]
MANY = 12


def listing(cast: Cast) -> Page:
    """Twelve addressees, references and enclosures; the names of each kind begin with one letter of their own."""
    counted = range(1, MANY + 1)
    letter = of_kind(
        cast,
        "external",
        to_text="",
        addressees="\n".join(f"บริษัท{each}" for each in counted),
        citations=tuple(Citation(number=f"กบ 1/{each}", text="ฟ้า") for each in counted),
        enclosures=tuple(Attached(title=f"ซอง{each}", count_text="จำนวน 1 ฉบับ") for each in counted),
    )
    return page_of(letter, day=NOW.date())


def columns(file: Path, word: str) -> list[float]:
    """From the left, in points, where each word begins that begins so."""
    command = ["pdftotext", "-bbox", str(file), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'xMin="([\d.]+)"[^>]*>([^<]*)<', told)
    plain = [(float(left), re.sub(r"[\u200b\u2060]", "", text)) for left, text in found]
    return [left for left, text in plain if re.match(rf"(?:[๐-๙]+\.)?{word}", text)]


def assert_in_columns(file: Path) -> None:
    for word in ("บริษัท", "หนังสือฟ้า", "ซอง"):
        lefts = columns(file, word)
        assert len(lefts) == MANY, word
        assert max(lefts) - min(lefts) < 0.5, (word, lefts)


def test_names_stand_in_one_column_on_the_page(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(to_pdf(listing(cast)))
    assert_in_columns(file)


@pytest.mark.skipif(WRITER is None, reason="LibreOffice is not installed")
def test_names_stand_in_one_column_in_a_word_processor(cast: Cast, tmp_path: Path) -> None:
    as_set(tmp_path, put(tmp_path, "letter", listing(cast)))
    assert_in_columns(tmp_path / "letter.pdf")
