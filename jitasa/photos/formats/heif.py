"""HEIC: the item boxes of a still picture (ISO/IEC 23008-12)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from jitasa.photos.formats.base import Bytes, Header, animated, damaged, not_a_picture

STILL = frozenset({b"heic", b"heix", b"heim", b"heis"})
MOVING = frozenset({b"msf1", b"hevc", b"hevx"})
# Brands that say only "pictures": what is in it says the rest; AVIF and others are not taken.
GENERAL, OTHERS = frozenset({b"mif1", b"miaf"}), frozenset({b"avif", b"avis", b"jpeg", b"j2ki"})
CODED = frozenset({b"hvc1", b"hev1", b"grid", b"iden"})
NEEDED = frozenset({b"ftyp", b"meta", b"mdat"})
MOST_EXIF = 1024 * 1024
# An iPhone's 48-megapixel picture is a grid of some 190 tiles.
MOST_ITEMS = 1000
# Boxes and entries of one file together: the grid above needs some 1,500. More is made to waste time.
MOST_STEPS = 10_000


@dataclass
class Meta:
    """What the boxes inside ``meta`` say."""

    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    places: dict[int, tuple[int, list[tuple[int, int]]]] = field(default_factory=dict)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    properties: list[tuple[bytes, int]] = field(default_factory=list)
    owned: dict[int, list[int]] = field(default_factory=dict)
    data_box: tuple[int, int] = (0, 0)
    steps: int = 0

    def step(self, count: int = 1) -> None:
        """Note work done. :raises BadPicture: more than any real picture needs."""
        self.steps += count
        if self.steps > MOST_STEPS:
            raise damaged()


def matches(data: Bytes) -> bool:
    return data[4:8] == b"ftyp"


def read(data: Bytes) -> Header:
    """Size, turn and EXIF of the primary item; all boxes must be inside the file."""
    brands = _brands(data)
    if not brands & STILL and (brands & (MOVING | OTHERS) or not brands & GENERAL):
        raise animated() if brands & MOVING else not_a_picture()
    meta = Meta()
    for kind, body, end in boxes(data, 0, len(data), meta, needed=NEEDED):
        if kind == b"meta" and not meta.kinds:
            # A full box, or (in QuickTime's way) a plain one that begins with its first box at once.
            plain = bytes(data[body + 4 : body + 8]) == b"hdlr"
            _read_meta(data, body if plain else body + 4, end, meta)
    if not brands & STILL and meta.kinds.get(meta.primary) not in CODED:
        raise not_a_picture()
    owned = [meta.properties[number - 1] for number in meta.owned.get(meta.primary, [])]
    size = next((value for kind, value in owned if kind == b"ispe"), None)
    if size is None:
        raise damaged()
    width, height = meta.sizes[size]
    for kind, value in owned:
        if kind == b"clap":
            width, height = min(width, meta.sizes[value][0]), min(height, meta.sizes[value][1])
    turned = any(kind == b"irot" and value % 2 for kind, value in owned)
    return Header("heic", width, height, _exif(data, meta), turned)


def boxes(
    data: Bytes, start: int, end: int, meta: Meta, *, needed: frozenset[bytes] | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """(kind, begin of body, end) of each box in a stretch; a box that runs out of it is damage.

    With ``needed`` only a box of these kinds is: telephones append what is no box behind the picture.
    """
    while start + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if length == 1:
            length = struct.unpack_from(">Q", data, body)[0]
            body += 8
        elif length == 0:
            length = end - start
        if length < body - start or start + length > end:
            if needed is not None and kind not in needed:
                return
            raise damaged()
        meta.step()
        yield kind, body, start + length
        start += length


def _brands(data: Bytes) -> set[bytes]:
    length, head = struct.unpack_from(">I", data, 0)[0], 8
    if length == 1:
        length, head = struct.unpack_from(">Q", data, 8)[0], 16
    length = min(length, 256, len(data))
    first = bytes(data[head : head + 4])
    return {first, *(bytes(data[i : i + 4]) for i in range(head + 8, length - 3, 4))}


def _read_meta(data: Bytes, start: int, end: int, meta: Meta) -> None:
    for kind, body, stop in boxes(data, start, end, meta):
        if kind == b"pitm":
            meta.primary = _number(data, body + 4, 2 if data[body] == 0 else 4)
        elif kind == b"iinf":
            _read_items(data, body, stop, meta)
        elif kind == b"iloc":
            _read_places(data, body, meta)
        elif kind == b"idat":
            meta.data_box = (body, stop)
        elif kind == b"iprp":
            _read_properties(data, body, stop, meta)


def _read_items(data: Bytes, body: int, end: int, meta: Meta) -> None:
    start = body + (6 if data[body] == 0 else 8)
    for kind, item, _stop in boxes(data, start, end, meta):
        if kind != b"infe" or data[item] < 2:
            continue
        wide = 2 if data[item] == 2 else 4
        number = _number(data, item + 4, wide)
        meta.kinds[number] = bytes(data[item + 6 + wide : item + 10 + wide])
        if len(meta.kinds) > MOST_ITEMS:
            raise damaged()


def _read_places(data: Bytes, body: int, meta: Meta) -> None:
    """``iloc``: each item's method and extents as (offset, length); length 0 is all there is."""
    version = data[body]
    sizes = struct.unpack_from(">H", data, body + 4)[0]
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    id_size = 2 if version < 2 else 4
    count = _number(data, body + 6, id_size)
    at = body + 6 + id_size
    if count > MOST_ITEMS:
        raise damaged()
    meta.step(count)
    for _item in range(count):
        number = _number(data, at, id_size)
        at += id_size
        method = data[at + 1] & 15 if version else 0
        at += (2 if version else 0) + 2
        base = _number(data, at, base_size)
        at += base_size
        extents = _number(data, at, 2)
        at += 2
        meta.step(extents)
        found = []
        for _extent in range(extents):
            first = at + index_size
            offset = base + _number(data, first, offset_size)
            found.append((offset, _number(data, first + offset_size, length_size)))
            at = first + offset_size + length_size
        meta.places[number] = (method, found)


def _read_properties(data: Bytes, body: int, end: int, meta: Meta) -> None:
    for kind, start, stop in boxes(data, body, end, meta):
        if kind == b"ipco":
            for name, at, _stop in boxes(data, start, stop, meta):
                value = 0
                if name == b"ispe":
                    value = len(meta.sizes)
                    meta.sizes.append(struct.unpack_from(">II", data, at + 4))
                elif name == b"clap":
                    value = len(meta.sizes)
                    meta.sizes.append(_aperture(data, at))
                elif name == b"irot":
                    value = data[at] & 3
                meta.properties.append((name, value))
        elif kind == b"ipma":
            _read_owners(data, start, meta)


def _read_owners(data: Bytes, body: int, meta: Meta) -> None:
    """``ipma``: which properties belong to which item, by place in ``ipco`` from 1."""
    wide_ids, wide_places = data[body] > 0, data[body + 3] & 1
    count = _number(data, body + 4, 4)
    at = body + 8
    if count > MOST_ITEMS:
        raise damaged()
    for _item in range(count):
        number = _number(data, at, 4 if wide_ids else 2)
        at += 4 if wide_ids else 2
        amount = data[at]
        meta.step(1 + amount)
        at += 1
        step = 2 if wide_places else 1
        mask = 0x7FFF if wide_places else 0x7F
        places = [_number(data, at + i * step, step) & mask for i in range(amount)]
        meta.owned.setdefault(number, []).extend(place for place in places if place)
        at += amount * step


def _exif(data: Bytes, meta: Meta) -> bytes:
    for number, kind in meta.kinds.items():
        if kind == b"Exif" and number in meta.places:
            block = _content(data, meta, *meta.places[number])
            skip = int.from_bytes(block[:4], "big")
            return block[4 + skip :] if skip < len(block) else block
    return b""


def _content(data: Bytes, meta: Meta, method: int, extents: list[tuple[int, int]]) -> bytes:
    """The bytes of an item, from the file (0) or the ``idat`` box (1); other ways hold no EXIF."""
    if method > 1:
        return b""
    base, end = meta.data_box if method == 1 else (0, len(data))
    parts = [
        data[base + offset : min(base + offset + length, end) if length else end]
        for offset, length in extents
    ]
    return b"".join(map(bytes, parts))[:MOST_EXIF]


def _aperture(data: Bytes, at: int) -> tuple[int, int]:
    """``clap``: width and height of what is shown, each a fraction."""
    width, width_of, height, height_of = struct.unpack_from(">IIII", data, at)
    if not (width_of and height_of and width >= width_of and height >= height_of):
        raise damaged()
    return width // width_of, height // height_of


def _number(data: Bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise damaged()
    return int.from_bytes(data[at : at + size], "big")
