"""JPEG: segments up to the first scan (ITU-T T.81)."""

import re
import struct

from jitasa.photos.formats.base import Bytes, Header, damaged

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SCAN, END, APP1 = 0xDA, 0xD9, 0xE1
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
EXIF = b"exif"  # and two noughts, mostly: the reader of EXIF looks for its header behind it
# A camera writes some twenty; a 25 MB file of full segments (64 kB) has 400. More is made to waste time.
MOST_SEGMENTS = 4_000
_NO_FILL = re.compile(rb"[^\xff]")


def matches(data: Bytes) -> bool:
    return data[:2] == b"\xff\xd8"


def read(data: Bytes) -> Header:
    """Size from the frame, EXIF from the first APP1.

    The end mark follows the first scan, unless the file was cut off or its program writes none. What stands
    behind the end mark is left alone: many phones append a preview or a short film.
    """
    width = height = 0
    exif = b""
    position = 2
    for _count in range(MOST_SEGMENTS):
        marker, position = _next_marker(data, position)
        if marker in ALONE:
            continue
        length = struct.unpack_from(">H", data, position)[0]
        body = position + 2
        if marker == END or length < 2 or position + length > len(data):
            raise damaged()
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", data, body + 1)
        elif marker == APP1 and not exif and data[body : body + 4].lower() == EXIF:
            exif = bytes(data[body + 4 : position + length])
        elif marker == SCAN:
            break
        position += length
    else:
        raise damaged()
    if not (width and height):
        raise damaged()
    return Header("jpeg", width, height, exif, ended=data.rfind(b"\xff\xd9", position) >= 0)


def _next_marker(data: Bytes, position: int) -> tuple[int, int]:
    """The next marker from ``position`` on and where its body begins.

    Bytes that belong to nothing are passed over, as decoders do: some programs leave a few between
    segments. (T.81 B.1.1.2: a marker is ``FF``, any number of fill bytes ``FF``, and a byte not 0.)
    """
    for _count in range(MOST_SEGMENTS):
        position = data.find(b"\xff", position)
        found = _NO_FILL.search(data, position) if position >= 0 else None
        if found is None:
            break
        position = found.end()
        if found[0] != b"\0":
            return found[0][0], position
    raise damaged()
