"""PNG: the chunk list (ISO/IEC 15948)."""

import struct

from jitasa.photos.formats.base import Bytes, Header, animated, damaged

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# A 25 MB picture in the smallest usual chunks (8 kB) has some 3,200; more is made to waste time.
MOST_CHUNKS = 20_000


def matches(data: Bytes) -> bool:
    return data[:8] == SIGNATURE


def read(data: Bytes) -> Header:
    """Size from IHDR, EXIF from eXIf; every chunk must be there up to IEND."""
    length, kind = struct.unpack_from(">I4s", data, 8)
    if kind != b"IHDR" or length != 13:
        raise damaged()
    width, height = struct.unpack_from(">II", data, 16)
    exif = b""
    position = 8
    for _count in range(MOST_CHUNKS):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise damaged()
        if kind == b"acTL":
            raise animated()
        if kind == b"eXIf":
            exif = bytes(data[position + 8 : end - 4])
        if kind == b"IEND":
            return Header("png", width, height, exif)
        position = end
    raise damaged()
