"""The DOCX as a word processor sets it: LibreOffice ends lines where we say, counts in Thai, keeps one page."""

import dataclasses
import io
import os
import re
import shutil
import subprocess
from bisect import bisect_left
from pathlib import Path

import pytest
import pyvips
import time_machine
from docx import Document
from docx.shared import Cm
from pytest_django import DjangoDbBlocker

from jitasa.documents.tests.test_words import SEEN
from jitasa.faces.fonts import folders
from jitasa.letters.pages.data import Page, page_of
from jitasa.letters.pages.docx import to_docx
from jitasa.letters.pages.docx_xml import run
from jitasa.letters.pages.render import Layout, layout, page_count
from jitasa.letters.tests.samples import draft, values
from jitasa.letters.tests.test_kinds import of_kind, official
from jitasa.letters.tests.test_last_page import PURPOSE, with_text
from jitasa.letters.tests.test_page import SENTENCE, tight, with_garuda
from jitasa.letters.values import Block, Citation
from jitasa.thai.digits import to_thai
from tests.cast import NOW, Cast, make_cast
from tests.undone import undone

WRITER = shutil.which("soffice")
pytestmark = [
    official,
    pytest.mark.skipif(WRITER is None, reason="LibreOffice is not installed"),
    pytest.mark.decided_in_python("pages are set from what Python holds of a letter and its signer"),
]
FILL = "นาน "
CITED = tuple(
    Citation(number=f"มท 0801.4/ว 300{number}", date=NOW.date(), text="กรมส่งเสริมการปกครองท้องถิ่น")
    for number in range(3)
)
# pdftotext reads marks of these out of order when each letter group is drawn by itself.
NOT_READ_BACK = {"สิริกิติ์", "พระบรมราชินีนาถ", "พระบรมราชชนนีพันปีหลวง", "ภูมิทัศน์", "จิตอาสาภัยพิบัติ"}


def as_set(folder: Path, *files: Path) -> None:
    """The files as PDF beside themselves, in the face that the system has."""
    fonts = folder / "fonts.conf"
    places = "".join(f"<dir>{place}</dir>" for place in folders())
    fonts.write_text(
        f"<?xml version='1.0'?><fontconfig>{places}<dir>/usr/share/fonts</dir><cachedir>{folder}/fc</cachedir></fontconfig>"
    )
    own = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        str(WRITER),
        own,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        timeout=300,
        env={"PATH": os.defpath, "HOME": str(folder), "FONTCONFIG_FILE": str(fonts)},
    )


def lines_of(file: Path) -> list[str]:
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True
    ).stdout.decode()
    return [re.sub(r"[\s\u200b\u2060]", "", line) for line in text.splitlines() if line.strip()]


def put(folder: Path, name: str, page: Page) -> Path:
    file = folder / f"{name}.docx"
    file.write_bytes(to_docx(page))
    return file


def narrow(folder: Path, words: list[str]) -> Path:
    """Each word behind more and more of a line: it stands on it whole or goes to the next whole."""
    document = Document()
    document.sections[0].page_height = Cm(55)
    for word in words:
        for times in range(1, 24, 3):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.right_indent = Cm(8)
            run(paragraph, f"{FILL * times}{word}")
    file = folder / "narrow.docx"
    document.save(str(file))
    return file


def test_libreoffice_sets_what_we_say(cast: Cast, tmp_path: Path) -> None:
    names = "\n".join(f"นายอำเภอลำดับที่ {number}" for number in range(1, 16))
    body = tuple(Block(kind="paragraph", text=text) for text in (SENTENCE, "ข้อความสั้น", "ข้อความสั้น", PURPOSE))
    many = page_of(of_kind(cast, "external", body=body, to_text=names), day=NOW.date())
    short = [
        word for word in SEEN if len(word) < 22 and not re.search("[A-Z]", word) and word not in NOT_READ_BACK
    ]
    files = (narrow(tmp_path, short), put(tmp_path, "twelve", many))
    as_set(tmp_path, *files)
    whole = {line.replace("นาน", "") for line in lines_of(tmp_path / "narrow.pdf")}
    assert whole - {""} == {word.replace(" ", "") for word in short}
    assert len(pages_as_set(tmp_path / "twelve.pdf")) == 1


def pages_as_set(file: Path) -> list[str]:
    """The words of each page, less what only says where a line may end."""
    read = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True
    ).stdout.decode()
    return [re.sub(r"[\s\u200b\u2060]", "", each) for each in read.rstrip("\f\n").split("\f")]


def fullest(letter: Page, *, spacing: int) -> Page:
    """The longest text that still stands on one page, set as close as said, its foot with both codes."""
    coded = dataclasses.replace(
        letter, data={**letter.data, "qr": "https://example.go.th", "qr_caption": SENTENCE[:60]}
    )

    def paper(count: int) -> Page:
        return with_text(coded, SENTENCE, f"{SENTENCE} " * count, PURPOSE)

    def is_fuller(count: int) -> bool:
        found = layout(paper(count))
        return bool(found.pages) or found.spacing > spacing

    fuller = bisect_left(range(30), True, lo=2, key=is_fuller)
    page = paper(fuller - 1)
    assert layout(page) == Layout(spacing, ())
    return page


@pytest.fixture(scope="module")
def long_papers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Page]:
    """Papers of several pages: a long text, a table of more than a page, addressees on sheets of their own."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True), undone():
        return made_long(make_cast())


def made_long(cast: Cast) -> dict[str, Page]:
    letter = page_of(of_kind(cast, "external"), day=NOW.date())
    table = "\n".join(["ลำดับ | หน่วยงาน", *(f"{number} | หน่วยงานที่ {number}" for number in range(1, 61))])
    body = (
        Block(kind="paragraph", text=SENTENCE),
        Block(kind="table", text=table),
        Block(kind="paragraph", text=PURPOSE),
    )
    names = "\n".join(f"ผู้รับลำดับที่ {number}" for number in range(1, 101))
    return {
        "long": with_text(letter, *[f"{SENTENCE} " * 9] * 12, PURPOSE),
        "one": with_text(letter, f"{SENTENCE} " * 130),
        "table": page_of(of_kind(cast, "external", body=body), day=NOW.date()),
        "sheet": page_of(of_kind(cast, "external", to_text="", addressees=names), day=NOW.date()),
        "full": fullest(letter, spacing=0),
        "closer": fullest(letter, spacing=2),
        "urgent": fullest(
            page_of(of_kind(cast, "external", urgency="most_urgent", citations=CITED), day=NOW.date()),
            spacing=2,
        ),
        "draft": page_of(draft(cast.ek, values(cast.krabi.signers.get(), body=body)), day=NOW.date()),
    }


def test_every_page_bears_its_number_and_the_words_of_the_next(
    long_papers: dict[str, Page], tmp_path: Path
) -> None:
    """As many pages as the PDF, whatever the length; each begins with what it begins with there."""
    as_set(tmp_path, *(put(tmp_path, name, page) for name, page in long_papers.items()))
    for name, page in long_papers.items():
        found = pages_as_set(tmp_path / f"{name}.pdf")
        assert len(found) == page_count(page), name
        for each in layout(page).pages:
            before, text = found[each.number - 2 : each.number]
            assert f"-{to_thai(each.number)}" in text[:10], (name, each)
            word = tight(each.catchword)
            assert word in before, (name, each)
            assert word.removeprefix("/").removesuffix("...") in text[:120], (name, each)
    assert [
        page_count(long_papers[name]) >= most
        for name, most in (("long", 5), ("one", 5), ("table", 3), ("sheet", 4))
    ] == [True] * 4


def test_word_is_told_the_same_pages(long_papers: dict[str, Page]) -> None:
    """Word counts by itself; the sections read back as they were written, and no word is lost where a page ends."""
    for name, page in long_papers.items():
        document = Document(io.BytesIO(to_docx(page)))
        sections = document.sections
        assert len(sections) == page_count(page), name
        assert [each.different_first_page_header_footer for each in sections] == [
            True,
            *[False] * (len(sections) - 1),
        ]
        for number, section in enumerate(sections[1:], start=2):
            header = section.header.paragraphs[0]._p
            counted, told = header.xpath("*[local-name()='AlternateContent']/*")
            assert "PAGE \\* THAIARABIC" in "".join(counted.xpath(".//*[local-name()='instrText']/text()"))
            assert "".join(told.xpath(".//*[local-name()='t']/text()")) == to_thai(number)
        words = "".join(tight(each.text) for each in document.paragraphs)
        for part in page.data["letter"]["body"]:
            if part["kind"] != "table":
                assert tight(to_thai(part["text"])) in words, name


def first_page(file: Path) -> pyvips.Image:
    """In grey, 50 pixels a centimetre."""
    command = ["pdftoppm", "-r", "127", "-png", "-singlefile", str(file), str(file.with_suffix(""))]
    subprocess.run(command, check=True)
    return pyvips.Image.new_from_file(str(file.with_suffix(".png"))).colourspace("b-w")[0]


def test_the_lines_of_a_table_stand_at_the_edges_of_the_text(cast: Cast, tmp_path: Path) -> None:
    body = (
        Block(kind="table", text="ลำดับ | หน่วยงาน\n1 | อำเภอเมืองกระบี่"),
        Block(kind="paragraph", text=PURPOSE),
    )
    as_set(tmp_path, put(tmp_path, "table", page_of(of_kind(cast, "external", body=body), day=NOW.date())))
    dark = first_page(tmp_path / "table.pdf") < 128
    left, _top, width, _height = dark.find_trim(background=0, threshold=10)
    assert (abs(left - 150) < 3, abs(left + width - 950) < 3) == (True, True), (left, width)


@pytest.mark.parametrize("urgency", ["normal", "most_urgent"])
def test_the_garuda_stands_in_the_middle_with_the_urgency_beside_it(
    cast: Cast, tmp_path: Path, urgency: str
) -> None:
    as_set(tmp_path, put(tmp_path, "garuda", page_of(with_garuda(cast, urgency=urgency), day=NOW.date())))
    image = first_page(tmp_path / "garuda.pdf")
    left, top, width, height = (image.crop(400, 0, 250, 240) < 128).find_trim(background=0, threshold=10)
    assert (abs(height - 150) < 3, abs(width - 150) < 3) == (True, True)
    assert abs(400 + left + width / 2 - 525) < 3
    assert top + height < 240
