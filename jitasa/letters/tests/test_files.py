"""What may be enclosed: by content, not by name."""

import pytest

from jitasa.letters import file_types
from jitasa.letters.models import StoredFile
from jitasa.letters.services.files import receive_file, shown_name
from jitasa.letters.store import path_of
from jitasa.letters.tests.samples import PDF, docx, zipped
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast

XLSX = {"[Content_Types].xml": "<T spreadsheetml.sheet.main+xml/>"}
PPTX = {"[Content_Types].xml": "<T presentationml.presentation.main+xml/>"}
OOXML_MACRO = "<T application/vnd.ms-word.document.macroEnabled.main+xml/>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT = {"mimetype": "application/vnd.oasis.opendocument.text"}


def locked_zip() -> bytes:
    """A ZIP whose member says that it is encrypted."""
    content = bytearray(zipped(**{"[Content_Types].xml": "x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0 picture \xff\xd9", "jpg"),
        (b"\x89PNG\r\n\x1a\n picture IEND\xaeB`\x82", "png"),
        (docx(), "docx"),
        (zipped(**XLSX), "xlsx"),
        (zipped(**PPTX), "pptx"),
        (zipped(**ODT), "odt"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    ],
)
def test_an_allowed_file_is_kept_under_its_hash_with_its_true_ending(
    cast: Cast, content: bytes, ending: str
) -> None:
    stored = receive_file(actor=cast.ek, chunks=[content], name="C:\\งาน\\แบบ.exe", now=NOW)
    assert stored.name == f"แบบ.{ending}"
    assert path_of(stored.sha256).read_bytes() == content
    again = receive_file(actor=cast.ek, chunks=[content], name="อื่น.pdf", now=NOW)
    assert again.pk == stored.pk


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ\x90 program named report.pdf", file_types.PROGRAM),
        (b"\x7fELF", file_types.PROGRAM),
        (b"#!/bin/sh\nrm -rf /", file_types.PROGRAM),
        (b"MZ %PDF-1.4 %%EOF", file_types.PROGRAM),
        (b"%PDF-1.4 trailer<</Encrypt 5 0 R>> %%EOF", file_types.LOCKED),
        (b"%PDF-1.4 <</S /JavaScript /JS (app.alert)>> %%EOF", file_types.PDF_ACTS),
        (b"%PDF-1.4 cut off", file_types.BROKEN),
        (b"\xff\xd8\xff cut off", file_types.BROKEN),
        (OLE + b"..." + "EncryptedPackage".encode("utf-16-le"), file_types.LOCKED),
        (OLE + b"an old Word file", file_types.OLD),
        (docx(**{"word/vbaProject.bin": "macro"}), file_types.MACRO),
        (zipped(**{"[Content_Types].xml": OOXML_MACRO}), file_types.MACRO),
        (zipped(**XLSX, **{"xl/macrosheets/sheet1.xml": ""}), file_types.MACRO),
        (docx(**{"word/embeddings/oleObject1.bin": "MZ"}), file_types.INSIDE),
        (zipped(**ODT, **{"Basic/Standard/x.xml": "macro"}), file_types.MACRO),
        (zipped(**ODT, **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), file_types.LOCKED),
        (locked_zip(), file_types.LOCKED),
        (zipped(**{"program.exe": "MZ"}), file_types.ARCHIVE),
        (b"PK\x03\x04 broken", file_types.BROKEN),
        (b"Rar!\x1a", file_types.ARCHIVE),
        (b"<html><script>alert(1)</script>", file_types.UNKNOWN),
        (b"", file_types.EMPTY),
    ],
)
def test_what_is_not_taken_leaves_nothing_and_says_why(cast: Cast, content: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        receive_file(actor=cast.ek, chunks=[content], name="รายงาน.pdf", now=NOW)
    assert refusal.value.fields == {"file": [reason]}
    assert refusal.value.message.startswith("รายงาน.pdf: ")
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_refused(cast: Cast, settings: object) -> None:
    settings.LETTER_FILE_MAX_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="ใหญ่เกิน 1 MB"):
        receive_file(actor=cast.ek, chunks=[PDF, b" " * 1024 * 1024], name="ใหญ่.pdf", now=NOW)
    assert not StoredFile.objects.exists()


def test_only_those_who_write_letters_send_files(cast: Cast) -> None:
    from dataclasses import replace

    with pytest.raises(Forbidden):
        receive_file(actor=replace(cast.ek, read_only=True), chunks=[PDF], name="ก.pdf", now=NOW)
    assert not StoredFile.objects.exists()


def test_a_name_keeps_no_folder_and_no_control_characters() -> None:
    assert shown_name("../../etc/\x00passwd") == "passwd"
    assert shown_name("///") == "ไฟล์แนบ"
    assert len(shown_name("ก" * 500)) == 180
