"""Inspect a document of Microsoft Office or LibreOffice: a ZIP of known parts, with no target outside but hyperlinks."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from jitasa.documents.intake.types import (
    ARCHIVE,
    BROKEN,
    DOCX,
    INSIDE,
    LOCKED,
    MACRO,
    ODS,
    ODT,
    OUTSIDE,
    PPTX,
    TOO_MUCH,
    UNKNOWN,
    XLSX,
    FileType,
    NotTaken,
)

MOST_PARTS = 10_000
MOST_UNPACKED = 1024 * 1024 * 1024  # bytes a document may claim to hold; more is a bomb
LARGEST_XML = 24 * 1024 * 1024  # bytes of one part that is read
DEEPEST = 2  # a sheet within a document (charts have one), no further
_UNREADABLE = (
    zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, RuntimeError, ParseError,
    DefusedXmlException,
)  # fmt: skip
_MAIN_PARTS = (
    ("wordprocessingml.document.main+xml", DOCX),
    ("spreadsheetml.sheet.main+xml", XLSX),
    ("presentationml.presentation.main+xml", PPTX),
)
# Part types an Office document is made of. What is not here is something else that was put in.
_KNOWN_TYPES = re.compile(
    r"application/(?:xml|vnd\.openxmlformats-(?:officedocument|package)\.[\w.+-]+"
    r"|vnd\.ms-(?:word|excel|powerpoint|office)\.[\w.+-]+\+xml|inkml\+xml|x-fontdata|x-font-ttf|vnd\.ms-fontobject)"
    r"|image/[\w.+-]+|font/[\w.+-]+|text/xml|video/mp4|audio/(?:mpeg|mp4|x-wav|wav)"
)
_BAD_TYPES = (
    "oleobject",
    "activex",
    "ms-package",
    "attachedtoolbars",
    "keymapcustomizations",
    "webextension",
)
_MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "dialogsheet")
_NESTED = (".docx", ".xlsx", ".pptx")
# Fields that fetch or run (ECMA-376 part 1, 17.16.5); QUOTE with numbers spells other fields out.
_FIELDS = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON)\b|\bQUOTE\s+\d"
)
_FIELD_PARTS = re.compile(
    r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments|glossary/document)\.xml"
)
_OPEN_DOCUMENT = {each.media_type: each for each in (ODT, ODS)}
_OPEN_PARTS = re.compile(
    r"(?:mimetype|manifest\.rdf|layout-cache|(?:content|styles|meta|settings)\.xml|META-INF/.*|Thumbnails/.*"
    r"|Pictures/.*|Fonts/.*|Configurations2/.*|ObjectReplacements/.*"
    r"|Object \d+/(?:(?:content|styles|meta|settings)\.xml|mimetype|layout-cache|Pictures/.*)|Object \d+/?)",
    re.IGNORECASE,
)
_LINKS = {"a"}  # text:a, draw:a: the only elements whose target may lie outside


def office_type(path: Path) -> FileType:
    """The type of a ZIP that is an office document. :raises NotTaken: with the reason."""
    with path.open("rb") as file:
        return _inspect(file, depth=1)


def _inspect(file: IO[bytes], *, depth: int) -> FileType:
    try:
        with zipfile.ZipFile(file) as archive:
            return _office(archive, depth)
    except _UNREADABLE as error:
        raise NotTaken(BROKEN) from error


def _office(archive: zipfile.ZipFile, depth: int) -> FileType:
    members = {member.filename.replace("\\", "/"): member for member in archive.infolist()}
    names = {name.lower(): name for name in members}
    if len(names) != len(archive.infolist()) or len(names) > MOST_PARTS:
        raise NotTaken(BROKEN)  # two parts of one name: which of them is read differs by program
    if any(member.flag_bits & 0x1 for member in members.values()):
        raise NotTaken(LOCKED)
    if sum(member.file_size for member in members.values()) > MOST_UNPACKED:
        raise NotTaken(TOO_MUCH)
    if "[content_types].xml" in names:
        return _ooxml(archive, names, depth)
    if "mimetype" in names:
        return _open_document(archive, names)
    raise NotTaken(ARCHIVE)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A whole part, not larger than may be read. A part that holds more than it claims is damaged."""
    if archive.getinfo(name).file_size > LARGEST_XML:
        raise NotTaken(TOO_MUCH)
    return archive.read(name)


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[Element]:
    """Every element of a part, in order of their ends, freed behind the reader; no DTD, no entities."""
    source = io.BytesIO(_read(archive, name))
    for _event, element in iterparse(source, forbid_dtd=True):
        yield element
        element.clear()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


# --- Office Open XML -------------------------------------------------------------------------------


def _ooxml(archive: zipfile.ZipFile, names: dict[str, str], depth: int) -> FileType:
    types = _declared_types(archive, names)
    kind = _main_type(types)
    _check_parts(archive, names, types, depth)
    for lowered, name in names.items():
        if lowered.endswith(".rels"):
            _check_targets(archive, name)
        elif _FIELD_PARTS.fullmatch(lowered):
            _check_fields(archive, name)
        elif lowered.startswith("xl/externallinks/") or lowered == "xl/connections.xml":
            raise NotTaken(OUTSIDE)
    return kind


def _declared_types(archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, str]:
    """The declared type of every part, by its lowered name; a part without one is left out."""
    defaults, overrides = {}, {}
    for element in _elements(archive, names["[content_types].xml"]):
        declared = element.get("ContentType", "").strip().lower()
        if _local(element.tag) == "Default":
            defaults[element.get("Extension", "").lower()] = declared
        elif _local(element.tag) == "Override":
            overrides[element.get("PartName", "").lower().lstrip("/")] = declared
    if any(bad in declared for declared in (*defaults.values(), *overrides.values()) for bad in _MACRO_TYPES):
        raise NotTaken(MACRO)
    types = {lowered: overrides.get(lowered) or defaults.get(lowered.rpartition(".")[2]) for lowered in names}
    return {lowered: declared for lowered, declared in types.items() if declared}


def _main_type(types: dict[str, str]) -> FileType:
    for mark, kind in _MAIN_PARTS:
        if any(mark in declared for declared in types.values()):
            return kind
    raise NotTaken(UNKNOWN)


def _check_parts(archive: zipfile.ZipFile, names: dict[str, str], types: dict[str, str], depth: int) -> None:
    """:raises NotTaken: a part that no such document has, or one that is judged and fails."""
    for lowered, name in names.items():
        declared = types.get(lowered, "")
        if "vbaproject" in lowered or "/macrosheets/" in lowered or "vbadata" in lowered:
            raise NotTaken(MACRO)
        if name.endswith("/") or lowered == "[content_types].xml":
            continue
        if lowered.endswith(_NESTED):
            _check_nested(archive, name, depth)
        elif (
            "/activex/" in lowered
            or "/embeddings/" in lowered
            or not _KNOWN_TYPES.fullmatch(declared)
            or any(bad in declared for bad in _BAD_TYPES)
        ):
            raise NotTaken(INSIDE)


def _check_nested(archive: zipfile.ZipFile, name: str, depth: int) -> None:
    """A document within the document (the numbers of a chart) is judged like one that stands alone."""
    if depth >= DEEPEST:
        raise NotTaken(INSIDE)
    _inspect(io.BytesIO(_read(archive, name)), depth=depth + 1)


def _check_targets(archive: zipfile.ZipFile, name: str) -> None:
    """:raises NotTaken: a target outside that is not a hyperlink (template, picture, object, frame)."""
    for element in _elements(archive, name):
        if _local(element.tag) != "Relationship" or element.get("TargetMode", "").lower() != "external":
            continue
        if not element.get("Type", "").lower().endswith("/hyperlink"):
            raise NotTaken(OUTSIDE)


def _check_fields(archive: zipfile.ZipFile, name: str) -> None:
    """Word joins the instruction of a field from as many runs as it was cut into; so does this."""
    instructions = []
    for element in _elements(archive, name):
        local = _local(element.tag)
        if local == "instrText":
            instructions.append(element.text or "")
        elif local == "fldChar" and _attribute(element, "fldCharType") in ("begin", "separate", "end"):
            instructions.append("\n" if _attribute(element, "fldCharType") != "begin" else " ")
        elif local == "fldSimple":
            instructions.append(f"\n{_attribute(element, 'instr')}\n")
    if _FIELDS.search("".join(instructions).upper()):
        raise NotTaken(OUTSIDE)


def _attribute(element: Element, local: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == local), "")


# --- OpenDocument ----------------------------------------------------------------------------------


def _open_document(archive: zipfile.ZipFile, names: dict[str, str]) -> FileType:
    kind = _OPEN_DOCUMENT.get(_read(archive, names["mimetype"]).decode("ascii", "replace").strip())
    if kind is None:
        raise NotTaken(UNKNOWN)
    if "meta-inf/manifest.xml" in names and _is_encrypted(archive, names["meta-inf/manifest.xml"]):
        raise NotTaken(LOCKED)
    for lowered, name in names.items():
        if lowered.startswith(("basic/", "scripts/", "dialogs/")) and not name.endswith("/"):
            raise NotTaken(MACRO)
        if not _OPEN_PARTS.fullmatch(name):
            raise NotTaken(INSIDE)
        if lowered.endswith(".xml") and not lowered.startswith(("meta-inf/", "thumbnails/")):
            _check_open_part(archive, name)
    return kind


def _is_encrypted(archive: zipfile.ZipFile, name: str) -> bool:
    return any(_local(element.tag) == "encryption-data" for element in _elements(archive, name))


def _check_open_part(archive: zipfile.ZipFile, name: str) -> None:
    """:raises NotTaken: scripts, events, DDE, objects of other programs, or a target outside."""
    for element in _elements(archive, name):
        local = _local(element.tag)
        if local in ("event-listener", "script", "applet", "plugin"):
            raise NotTaken(MACRO)
        if local == "object-ole":
            raise NotTaken(INSIDE)
        if local.startswith("dde-") or local in ("database-source-sql", "database-source-query"):
            raise NotTaken(OUTSIDE)
        if re.search(r"\b(?:DDE|WEBSERVICE)\(", _attribute(element, "formula").upper()):
            raise NotTaken(OUTSIDE)
        target = _attribute(element, "href").strip()
        if target.lower().startswith(("vnd.sun.star.script:", "macro:", "javascript:")):
            raise NotTaken(MACRO)
        if (
            local == "template"
        ):  # where it was on its author's machine: read by nobody unless it is on a server
            if re.match(r"(?:https?|ftp|smb|dav\w*):|//", target.lower().replace("\\", "/")):
                raise NotTaken(OUTSIDE)
        elif local not in _LINKS and _leads_outside(target):
            raise NotTaken(OUTSIDE)


def _leads_outside(target: str) -> bool:
    """A scheme (``https:``, ``file:``), a network path, or a way up out of the package."""
    plain = target.replace("\\", "/")
    return bool(re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", plain)) or plain.startswith(("//", "/", ".."))
