"""One right form for a word: the table of docs/glossary.md against screens, documents, manual and messages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

ROOT = Path(settings.BASE_DIR)
TABLE = ROOT.parent / "docs" / "glossary.md"
SKIPPED = {"tests", "migrations", "demo", "__pycache__", "vendor"}
ENDINGS = {".html", ".py", ".md", ".typ", ".js", ".po", ".txt"}
# Where a form is read, not written: what people type is understood in every spelling.
READ = {"words.py", "likeness.py", "rules_history.py"}


def forms(section: str = "## Forms that are right") -> list[tuple[str, str]]:
    """(right form, expression of one that is not written)."""
    rows = TABLE.read_text().split(section)[1].split("\n## ")[0]
    found = []
    for line in rows.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        if len(cells) > 3 and "`" in cells[2]:
            found += [(cells[1], each.replace("\\|", "|")) for each in re.findall("`([^`]+)`", cells[2])]
    return found


def texts() -> Iterator[tuple[Path, str]]:
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if path.suffix in ENDINGS and not SKIPPED & set(inside) and path.name not in READ:
            text = path.read_text()
            yield path, re.sub(r"^#.*$", "", text, flags=re.M) if path.suffix == ".po" else text


def test_the_table_is_read() -> None:
    found = forms()
    assert len(found) > 25
    assert ("ยุบรวม", "ควบรวม") in found
    for right, wrong in found:
        assert not re.search(wrong, right), right


def test_the_forms_that_are_not_written_stand_nowhere() -> None:
    wrong = [(right, re.compile(form)) for right, form in forms()]
    found = [
        f"{path.relative_to(ROOT)}: {match[0]} → {right}"
        for path, text in texts()
        for right, form in wrong
        for match in form.finditer(text)
    ]
    assert found == []


def english_texts() -> list[str]:
    """What is shown in English: the messages, the pages written in it, the operations of the API."""
    with (ROOT / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    messages = [
        each
        for entry in entries
        for each in ([entry.string] if isinstance(entry.string, str) else entry.string or ())
    ]
    pages = [re.sub(r"{[{%].*?[%}]}|<[^>]+>", "", path.read_text()) for path in ROOT.rglob("*.en.html")]
    operations = [
        operation["summary"].partition(" · ")[2]
        for ways in json.loads(Client().get("/api/v1/openapi.json").content)["paths"].values()
        for operation in ways.values()
    ]
    assert (len(messages) > 3000, len(pages) > 2, len(operations) > 20) == (True, True, True)
    return [*messages, *pages, *operations]


@pytest.mark.django_db
def test_english_has_one_word_for_one_thai_word() -> None:
    """In what is shown, not in the code."""
    english = english_texts()
    wrong = [(right, re.compile(form)) for right, form in forms("## English forms")]
    assert len(wrong) > 30
    assert [(text, right) for right, form in wrong for text in english if form.search(text)] == []


@pytest.mark.parametrize(
    "words",
    [
        "เพิ่งลงชื่อเข้าใช้",
        "ยังเข้าใช้ไม่ได้",
        "ใส่ชื่อหน่วยงาน",
        "เขียนเหตุผล",
        "ตามกติกาของเดือน",
        "มี 3 อื่นๆ",
        "กระดานของอำเภอ",
        "ถามคุณก่อน",
    ],
)
def test_a_wrong_form_would_be_found(words: str) -> None:
    assert any(re.search(form, words) for _right, form in forms())


@pytest.mark.parametrize(
    "words",
    [
        "Request about a picture, register no. 3",
        "Only a province may pass it on or have it passed on",
        "Tell the operator",
        "Invitation taken back",
        "Type at least 3 letters",
        "Press “Record a broadcast”",
        "You can only look",
        "Scan the QR",
        "Stop the morning mail",
    ],
)
def test_a_wrong_english_form_would_be_found(words: str) -> None:
    assert any(re.search(form, words) for _right, form in forms("## English forms"))
