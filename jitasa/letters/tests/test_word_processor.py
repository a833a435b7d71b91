"""The DOCX as a word processor sets it: LibreOffice ends lines where we say, counts in Thai, keeps one page."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm

from jitasa.documents.tests.test_words import SEEN
from jitasa.faces.fonts import folders
from jitasa.letters.pages.data import Page, page_of
from jitasa.letters.pages.docx import to_docx
from jitasa.letters.pages.docx_xml import run
from jitasa.letters.tests.test_kinds import of_kind, official
from jitasa.letters.tests.test_last_page import PURPOSE, with_text
from jitasa.letters.tests.test_page import SENTENCE
from jitasa.letters.values import Block
from tests.cast import NOW, Cast

WRITER = shutil.which("soffice")
pytestmark = [official, pytest.mark.skipif(WRITER is None, reason="LibreOffice is not installed")]
FILL = "นาน "
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
    letter = page_of(of_kind(cast, "external"), day=NOW.date())
    names = "\n".join(f"นายอำเภอลำดับที่ {number}" for number in range(1, 16))
    body = tuple(Block(kind="paragraph", text=text) for text in (SENTENCE, "ข้อความสั้น", "ข้อความสั้น", PURPOSE))
    many = page_of(of_kind(cast, "external", body=body, to_text=names), day=NOW.date())
    short = [
        word for word in SEEN if len(word) < 22 and not re.search("[A-Z]", word) and word not in NOT_READ_BACK
    ]
    files = (
        narrow(tmp_path, short),
        put(tmp_path, "long", with_text(letter, *[f"{SENTENCE} " * 6] * 10, PURPOSE)),
        put(tmp_path, "twelve", many),
    )
    as_set(tmp_path, *files)
    whole = {line.replace("นาน", "") for line in lines_of(tmp_path / "narrow.pdf")}
    assert whole - {""} == {word.replace(" ", "") for word in short}
    numbers = [line for line in lines_of(tmp_path / "long.pdf") if re.fullmatch(r"-[0-9๐-๙]+-", line)]
    assert numbers == ["-๒-", "-๓-"]
    assert "\f" not in subprocess.run(
        ["pdftotext", tmp_path / "twelve.pdf", "-"], check=True, capture_output=True
    ).stdout.decode().rstrip("\f\n")
