"""What a file is by its first bytes, never by its name: the one table behind letters and publicity.

It only sorts. Whether a file is whole and harmless is judged afterwards by what takes it
(``documents.intake``, ``publicity.file_types``, ``photos``).
"""

from enum import StrEnum

HEAD = 1024  # bytes that decide; a PDF may begin behind so many of something else


class ContainerKind(StrEnum):
    """By container: what is inside of one is looked at later."""

    EMPTY = "empty"
    PROGRAM = "program"
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIF = "heif"  # HEIC and AVIF
    ZIP = "zip"  # office documents, too
    OLE = "ole"  # office documents of before 2007, and encrypted ones
    ARCHIVE = "archive"
    MP4 = "mp4"  # whatever its brand
    M4A = "m4a"
    MATROSKA = "matroska"  # WebM, too
    OGG = "ogg"
    FLAC = "flac"
    WAVE = "wave"
    RIFF = "riff"  # AVI and others
    ID3 = "id3"  # a tag, in front of MP3 as a rule
    UNKNOWN = "unknown"


PICTURES = frozenset({ContainerKind.JPEG, ContainerKind.PNG, ContainerKind.WEBP, ContainerKind.HEIF})
SOUNDS = frozenset(
    {ContainerKind.M4A, ContainerKind.OGG, ContainerKind.FLAC, ContainerKind.WAVE, ContainerKind.ID3}
)
FILMS = frozenset({ContainerKind.MP4, ContainerKind.MATROSKA, ContainerKind.RIFF})

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"})
_M4A_BRANDS = frozenset({b"M4A ", b"M4B "})
_RIFF = {b"WEBP": ContainerKind.WEBP, b"WAVE": ContainerKind.WAVE}
_STARTS: tuple[tuple[tuple[bytes, ...], ContainerKind], ...] = (
    (
        (
            b"MZ",
            b"\x7fELF",
            b"#!",
            b"\xca\xfe\xba\xbe",
            b"\xfe\xed\xfa",
            b"\xcf\xfa\xed\xfe",
            b"\xce\xfa\xed\xfe",
            b"dex\n",
        ),
        ContainerKind.PROGRAM,
    ),
    ((b"\xff\xd8\xff",), ContainerKind.JPEG),
    ((b"\x89PNG\r\n\x1a\n",), ContainerKind.PNG),
    ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), ContainerKind.OLE),
    ((b"PK",), ContainerKind.ZIP),
    ((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), ContainerKind.ARCHIVE),
    ((b"\x1a\x45\xdf\xa3",), ContainerKind.MATROSKA),
    ((b"OggS",), ContainerKind.OGG),
    ((b"fLaC",), ContainerKind.FLAC),
    ((b"ID3",), ContainerKind.ID3),
)


def kind_of(head: bytes) -> ContainerKind:
    """The kind that a file of these first bytes (``HEAD`` of them, or all) is."""
    if not head:
        return ContainerKind.EMPTY
    found = next((kind for starts, kind in _STARTS if head.startswith(starts)), ContainerKind.UNKNOWN)
    if found == ContainerKind.PROGRAM:
        return found
    if b"%PDF-" in head[:HEAD]:
        return ContainerKind.PDF
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return (
            ContainerKind.HEIF
            if brand in _HEIF_BRANDS
            else ContainerKind.M4A
            if brand in _M4A_BRANDS
            else ContainerKind.MP4
        )
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], ContainerKind.RIFF)
    return found
