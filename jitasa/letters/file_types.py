"""What a file is, by its content and never by its name; and why it may not be enclosed.

Nothing is executed, unpacked or rendered here: signatures, the list of a ZIP's members and its
declared types are read. What is taken is later served as an attachment only.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileType:
    """``ending`` is the one shown, whatever the sender called the file."""

    ending: str
    media_type: str


OOXML = "application/vnd.openxmlformats-officedocument."
PDF = FileType("pdf", "application/pdf")
JPEG = FileType("jpg", "image/jpeg")
PNG = FileType("png", "image/png")
DOCX = FileType("docx", f"{OOXML}wordprocessingml.document")
XLSX = FileType("xlsx", f"{OOXML}spreadsheetml.sheet")
PPTX = FileType("pptx", f"{OOXML}presentationml.presentation")
ODT = FileType("odt", "application/vnd.oasis.opendocument.text")
ODS = FileType("ods", "application/vnd.oasis.opendocument.spreadsheet")
ALLOWED = (PDF, JPEG, PNG, DOCX, XLSX, PPTX, ODT, ODS)

USE = "ใช้ PDF, JPEG, PNG, docx, xlsx, pptx, odt หรือ ods"
PROGRAM = f"ไฟล์นี้เป็นโปรแกรม แนบไม่ได้ {USE}"
LOCKED = "ไฟล์นี้ตั้งรหัสผ่านไว้ ผู้รับจะเปิดไม่ได้ เอารหัสผ่านออกแล้วแนบใหม่"
MACRO = "ไฟล์นี้มีมาโคร (คำสั่งอัตโนมัติ) แนบไม่ได้ บันทึกเป็น docx, xlsx, pptx หรือ PDF แล้วแนบใหม่"
INSIDE = "ไฟล์นี้มีโปรแกรมหรือวัตถุอื่นฝังอยู่ แนบไม่ได้ บันทึกเป็น PDF แล้วแนบใหม่"
OLD = "ไฟล์เป็นรูปแบบเก่า (doc, xls, ppt) ซึ่งอาจมีมาโคร บันทึกเป็น docx, xlsx, pptx หรือ PDF แล้วแนบใหม่"
ARCHIVE = f"ไฟล์นี้เป็นไฟล์บีบอัด แตกไฟล์แล้วแนบทีละไฟล์ {USE}"
UNKNOWN = f"แนบไฟล์ชนิดนี้ไม่ได้ {USE}"
BROKEN = "เปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสียหาย เปิดดูในเครื่องแล้วบันทึกใหม่ก่อนแนบ"
PDF_ACTS = "PDF นี้มีคำสั่งที่ทำงานเองเมื่อเปิด (สคริปต์) แนบไม่ได้ พิมพ์เป็น PDF ใหม่แล้วแนบ"
EMPTY = "ไฟล์ว่าง ไม่มีข้อมูล เลือกไฟล์ใหม่"


class NotTaken(Exception):
    """The file is not enclosed; the message says why and what to do."""


_PROGRAMS = (
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
_PDF_LOCK = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_PDF_ACT = re.compile(rb"/(?:Launch|JavaScript|JS)\b")
_OPEN_DOCUMENT = {each.media_type: each for each in (ODT, ODS)}
_MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"presentationml.presentation.main+xml", PPTX),
)
_MOST_UNPACKED = 1024 * 1024 * 1024  # bytes a document may claim to hold; more is a bomb
_MOST_READ = 2 * 1024 * 1024


def type_of(path: Path) -> FileType:
    """The type of a stored file. :raises NotTaken: with the Thai reason."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise NotTaken(EMPTY)
    if b"%PDF-" in head:
        return _pdf(path)
    if head.startswith(_PROGRAMS):
        raise NotTaken(PROGRAM)
    if head.startswith(b"\xff\xd8\xff"):
        return _picture(path, JPEG, b"\xff\xd9")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(path, PNG, b"IEND\xaeB`\x82")
    if head.startswith(_OLE):
        raise NotTaken(LOCKED if "EncryptedPackage".encode("utf-16-le") in path.read_bytes() else OLD)
    if head.startswith(b"PK"):
        return _zipped(path)
    raise NotTaken(ARCHIVE if head.startswith(_ARCHIVES) else UNKNOWN)


def _pdf(path: Path) -> FileType:
    content = path.read_bytes()
    if content.startswith(_PROGRAMS):
        raise NotTaken(PROGRAM)
    if _PDF_LOCK.search(content):
        raise NotTaken(LOCKED)
    if _PDF_ACT.search(content):
        raise NotTaken(PDF_ACTS)
    if b"%%EOF" not in content[-2048:]:
        raise NotTaken(BROKEN)
    return PDF


def _picture(path: Path, kind: FileType, end: bytes) -> FileType:
    """A picture that is there to its end. No decoder runs: nobody sees it before it is fetched."""
    if end not in path.read_bytes():
        raise NotTaken(BROKEN)
    return kind


def _zipped(path: Path) -> FileType:
    try:
        with zipfile.ZipFile(path) as archive:
            return _office(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise NotTaken(BROKEN) from error


def _office(archive: zipfile.ZipFile) -> FileType:
    members = archive.infolist()
    names = [member.filename.lower() for member in members]
    if any(member.flag_bits & 0x1 for member in members):
        raise NotTaken(LOCKED)
    if sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise NotTaken(BROKEN)
    if "[content_types].xml" in names:
        kind = _ooxml(archive, names)
    elif "mimetype" in names:
        kind = _open_document(archive, names)
    else:
        raise NotTaken(ARCHIVE)
    if any(name.endswith((".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".scr", ".jar")) for name in names):
        raise NotTaken(INSIDE)
    return kind


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a member, as much as its words can fill."""
    found = next(member for member in archive.infolist() if member.filename.lower() == name)
    with archive.open(found) as file:
        return file.read(_MOST_READ)


def _ooxml(archive: zipfile.ZipFile, names: list[str]) -> FileType:
    types = _read(archive, "[content_types].xml")
    if b"macroenabled" in types.lower() or any("vbaproject" in n or "/macrosheets/" in n for n in names):
        raise NotTaken(MACRO)
    if any("/embeddings/" in name and not name.endswith((".xlsx", ".docx", ".pptx")) for name in names):
        raise NotTaken(INSIDE)
    if any("/activex/" in name for name in names):
        raise NotTaken(INSIDE)
    for mark, kind in _MAIN_PARTS:
        if mark in types:
            return kind
    raise NotTaken(UNKNOWN)


def _open_document(archive: zipfile.ZipFile, names: list[str]) -> FileType:
    kind = _OPEN_DOCUMENT.get(_read(archive, "mimetype").decode("ascii", "replace").strip())
    if kind is None:
        raise NotTaken(UNKNOWN)
    if "meta-inf/manifest.xml" in names and b"encryption-data" in _read(archive, "meta-inf/manifest.xml"):
        raise NotTaken(LOCKED)
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names):
        raise NotTaken(MACRO)
    return kind
