"""Tell the type of a stored file by its content, and hand it to the inspection of its kind."""

from pathlib import Path

from jitasa.documents.intake.antivirus import scan
from jitasa.documents.intake.office import office_type
from jitasa.documents.intake.pdf import check_pdf
from jitasa.documents.intake.types import (
    ARCHIVE,
    BROKEN,
    EMPTY,
    JPEG,
    LOCKED,
    OLD,
    PDF,
    PNG,
    PROGRAM,
    UNKNOWN,
    FileType,
    NotTaken,
)

HEAD = 1024  # a PDF may begin behind so many bytes of something else
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"dex\n",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def type_of(path: Path) -> FileType:
    """The type of a stored file. :raises NotTaken: with the reason in the reader's language."""
    kind = _type_by_content(path)
    scan(path)
    return kind


def _type_by_content(path: Path) -> FileType:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise NotTaken(EMPTY)
    if head.startswith(PROGRAMS):
        raise NotTaken(PROGRAM)
    if b"%PDF-" in head:
        check_pdf(path)
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return _picture(path, JPEG, b"\xff\xd9")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(path, PNG, b"IEND\xaeB`\x82")
    if head.startswith(_OLE):
        raise NotTaken(LOCKED if "EncryptedPackage".encode("utf-16-le") in path.read_bytes() else OLD)
    if head.startswith(b"PK"):
        return office_type(path)
    raise NotTaken(ARCHIVE if head.startswith(_ARCHIVES) else UNKNOWN)


def _picture(path: Path, kind: FileType, end: bytes) -> FileType:
    """A picture that is there to its end. No decoder runs: nobody sees it before it is fetched."""
    if end not in path.read_bytes():
        raise NotTaken(BROKEN)
    return kind
