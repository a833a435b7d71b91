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
from jitasa.files.kinds import HEAD, ContainerKind, kind_of

_REFUSALS = {ContainerKind.EMPTY: EMPTY, ContainerKind.PROGRAM: PROGRAM, ContainerKind.ARCHIVE: ARCHIVE}


def type_of(path: Path) -> FileType:
    """The type of a stored file. :raises NotTaken: with the reason in the reader's language."""
    kind = _type_by_content(path)
    scan(path)
    return kind


def _type_by_content(path: Path) -> FileType:
    with path.open("rb") as file:
        head = file.read(HEAD)
    kind = kind_of(head)
    if kind == ContainerKind.PDF:
        check_pdf(path)
        return PDF
    if kind == ContainerKind.JPEG:
        return _picture(path, JPEG, b"\xff\xd9", b"\xff\xda")
    if kind == ContainerKind.PNG:
        return _picture(path, PNG, b"IEND\xaeB`\x82")
    if kind == ContainerKind.ZIP:
        return office_type(path)
    if kind == ContainerKind.OLE:
        raise NotTaken(LOCKED if "EncryptedPackage".encode("utf-16-le") in path.read_bytes() else OLD)
    raise NotTaken(_REFUSALS.get(kind, UNKNOWN))


def _picture(path: Path, kind: FileType, *marks: bytes) -> FileType:
    """A picture with one of the marks that stand behind its headers. No decoder runs: nobody sees it before it is fetched.

    A JPEG shows its first scan, too: some programs write no end mark, and every decoder shows what they wrote.
    """
    data = path.read_bytes()
    if not any(mark in data for mark in marks):
        raise NotTaken(BROKEN)
    return kind
