"""The one table of first bytes, and that letters and publicity ask no other."""

import re
from pathlib import Path

import pytest

from jitasa.files.kinds import Kind, kind_of

JITASA = Path(__file__).parent.parent.parent
HEADS = {
    b"": Kind.EMPTY,
    b"MZ\x90\x00": Kind.PROGRAM,
    b"#!/bin/sh\n%PDF-1.7": Kind.PROGRAM,
    b"%PDF-1.7\n": Kind.PDF,
    b"behind something else\n%PDF-1.7\n": Kind.PDF,
    b"\xff\xd8\xff\xe0": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"RIFF\x10\0\0\0WEBPVP8 ": Kind.WEBP,
    b"RIFF\x10\0\0\0WAVEfmt ": Kind.WAVE,
    b"RIFF\x10\0\0\0AVI LIST": Kind.RIFF,
    b"\0\0\0\x18ftypmif1": Kind.HEIF,
    b"\0\0\0\x18ftypM4A ": Kind.M4A,
    b"\0\0\0\x18ftypavc1": Kind.MP4,
    b"\0\0\0\x18ftypqt  ": Kind.MP4,
    b"PK\x03\x04": Kind.ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.OLE,
    b"Rar!\x1a\x07": Kind.ARCHIVE,
    b"\x1a\x45\xdf\xa3": Kind.MATROSKA,
    b"OggS\0\2": Kind.OGG,
    b"fLaC\0": Kind.FLAC,
    b"ID3\x03": Kind.ID3,
    b"hello": Kind.UNKNOWN,
}


@pytest.mark.parametrize(("head", "kind"), HEADS.items())
def test_first_bytes(head: bytes, kind: Kind) -> None:
    assert kind_of(head) == kind


def test_letters_and_publicity_ask_this_table() -> None:
    """Endings and boxes are walked elsewhere; what a file is, is told here. Photos have decoders of their own."""
    told = re.compile(
        r'(startswith\(|== )\(?b"(\\x89PNG|\\xff\\xd8|%PDF|PK|OggS|fLaC|ID3|RIFF|ftyp|\\x1a\\x45|MZ)'
    )
    folders = ("letters", "publicity", "documents", "organizations", "portal")
    files = [path for folder in folders for path in (JITASA / folder).rglob("*.py")]
    wrong = [
        str(path.relative_to(JITASA))
        for path in files
        if "tests" not in path.parts
        and path.name != "pdf_program.py"  # runs alone, under limits, without the product
        and told.search(path.read_text("utf-8"))
    ]
    assert wrong == []
