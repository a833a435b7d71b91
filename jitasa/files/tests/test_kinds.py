"""The one table of first bytes, and that letters and publicity ask no other."""

import re
from pathlib import Path

import pytest

from jitasa.files.kinds import ContainerKind, kind_of

JITASA = Path(__file__).parent.parent.parent
HEADS = {
    b"": ContainerKind.EMPTY,
    b"MZ\x90\x00": ContainerKind.PROGRAM,
    b"#!/bin/sh\n%PDF-1.7": ContainerKind.PROGRAM,
    b"%PDF-1.7\n": ContainerKind.PDF,
    b"behind something else\n%PDF-1.7\n": ContainerKind.PDF,
    b"\xff\xd8\xff\xe0": ContainerKind.JPEG,
    b"\x89PNG\r\n\x1a\n": ContainerKind.PNG,
    b"RIFF\x10\0\0\0WEBPVP8 ": ContainerKind.WEBP,
    b"RIFF\x10\0\0\0WAVEfmt ": ContainerKind.WAVE,
    b"RIFF\x10\0\0\0AVI LIST": ContainerKind.RIFF,
    b"\0\0\0\x18ftypmif1": ContainerKind.HEIF,
    b"\0\0\0\x18ftypM4A ": ContainerKind.M4A,
    b"\0\0\0\x18ftypavc1": ContainerKind.MP4,
    b"\0\0\0\x18ftypqt  ": ContainerKind.MP4,
    b"PK\x03\x04": ContainerKind.ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ContainerKind.OLE,
    b"Rar!\x1a\x07": ContainerKind.ARCHIVE,
    b"\x1a\x45\xdf\xa3": ContainerKind.MATROSKA,
    b"OggS\0\2": ContainerKind.OGG,
    b"fLaC\0": ContainerKind.FLAC,
    b"ID3\x03": ContainerKind.ID3,
    b"hello": ContainerKind.UNKNOWN,
}


@pytest.mark.parametrize(("head", "kind"), HEADS.items())
def test_first_bytes(head: bytes, kind: ContainerKind) -> None:
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
        if "tests" not in path.relative_to(JITASA).parts
        and path.name != "pdf_program.py"  # runs alone, under limits, without the product
        and told.search(path.read_text("utf-8"))
    ]
    assert wrong == []
