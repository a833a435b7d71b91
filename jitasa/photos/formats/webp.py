"""WebP: the RIFF container (RFC 9649)."""

import struct

from jitasa.photos.formats.base import Bytes, Header, animated, damaged

ANIMATION = 0x02
MOST_CHUNKS = 1000


def matches(data: Bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def read(data: Bytes) -> Header:
    """Size of the canvas and of the picture in it, whichever is larger; EXIF chunk if there is one."""
    end = struct.unpack_from("<I", data, 4)[0] + 8
    if end > len(data):
        raise damaged()
    width = height = 0
    exif = b""
    pictures = 0
    position = 12
    for _count in range(MOST_CHUNKS):
        if position + 8 > end:
            break
        kind, length = struct.unpack_from("<4sI", data, position)
        body = position + 8
        if body + length > end or kind in (b"ANIM", b"ANMF"):
            raise animated() if kind in (b"ANIM", b"ANMF") else damaged()
        if kind in SIZES:
            w, h = SIZES[kind](data, body)
            width, height = max(width, w), max(height, h)
            pictures += kind != b"VP8X"
        elif kind == b"EXIF":
            exif = bytes(data[body : body + length]).removeprefix(b"Exif\0\0")
        position = body + length + length % 2
    if pictures != 1:
        raise damaged()
    return Header("webp", width, height, exif)


def _canvas(data: Bytes, body: int) -> tuple[int, int]:
    if data[body] & ANIMATION:
        raise animated()
    wide, high = data[body + 4 : body + 7], data[body + 7 : body + 10]
    return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1


def _lossy(data: Bytes, body: int) -> tuple[int, int]:
    if data[body + 3 : body + 6] != b"\x9d\x01\x2a":
        raise damaged()
    width, height = struct.unpack_from("<HH", data, body + 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(data: Bytes, body: int) -> tuple[int, int]:
    if data[body] != 0x2F:
        raise damaged()
    bits = struct.unpack_from("<I", data, body + 1)[0]
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


SIZES = {b"VP8X": _canvas, b"VP8 ": _lossy, b"VP8L": _lossless}
