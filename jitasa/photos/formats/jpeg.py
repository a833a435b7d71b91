"""JPEG: segments up to the first scan (ITU-T T.81)."""

import struct

from jitasa.photos.formats.base import Bytes, Header, damaged

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SCAN, END, APP1 = 0xDA, 0xD9, 0xE1
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
EXIF = b"Exif\0\0"


def matches(data: Bytes) -> bool:
    return data[:3] == b"\xff\xd8\xff"


def read(data: Bytes) -> Header:
    """Size from the frame, EXIF from the first APP1.

    The end mark must follow the first scan, otherwise the file was cut off. What stands behind the
    end mark is left alone: many phones append a preview or a short film.
    """
    width = height = 0
    exif = b""
    position = 2
    while True:
        marker, position = _next_marker(data, position)
        if marker in ALONE:
            continue
        length = struct.unpack_from(">H", data, position)[0]
        body = position + 2
        if marker == END or length < 2 or position + length > len(data):
            raise damaged()
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", data, body + 1)
        elif marker == APP1 and not exif and data[body : body + 6] == EXIF:
            exif = bytes(data[body + 6 : position + length])
        elif marker == SCAN:
            break
        position += length
    if not (width and height) or data.rfind(b"\xff\xd9", position) < 0:
        raise damaged()
    return Header("jpeg", width, height, exif)


def _next_marker(data: Bytes, position: int) -> tuple[int, int]:
    """The marker at ``position`` (fill bytes skipped) and where its body begins."""
    if data[position] != 0xFF:
        raise damaged()
    while data[position] == 0xFF:
        position += 1
    return data[position], position + 1
