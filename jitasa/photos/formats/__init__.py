"""What a picture file says about itself, read in plain Python.

The process that takes uploads never runs a C decoder over what strangers send: it reads only the
few header bytes here, with every length checked. Pixels are decoded by ``jitasa.photos.decode`` in
a process of its own.
"""

import struct
from collections.abc import Callable

from jitasa.photos.formats import heif, jpeg, png, webp
from jitasa.photos.formats.base import BadPicture, Bytes, Header, animated, damaged, not_a_picture

READERS: tuple[tuple[Callable[[Bytes], bool], Callable[[Bytes], Header]], ...] = (
    (jpeg.matches, jpeg.read),
    (png.matches, png.read),
    (webp.matches, webp.read),
    (heif.matches, heif.read),
)

__all__ = ["BadPicture", "Bytes", "Header", "animated", "damaged", "not_a_picture", "read_header"]


def read_header(data: Bytes) -> Header:
    """Format, size and EXIF of a whole picture file.

    :raises BadPicture: the file is none of the four formats, ends before its picture does, moves, or
        contradicts itself; the message is Thai and says what to do.
    """
    for matches, read in READERS:
        if matches(data):
            try:
                return read(data)
            except (struct.error, IndexError):
                raise damaged() from None
    raise not_a_picture()
