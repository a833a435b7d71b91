"""Headers that cameras and programs write in their own ways are read as decoders read them."""

import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jitasa.photos.decode import BAD_PICTURE
from jitasa.photos.decoder import Order, decode_one
from jitasa.photos.formats import BadPicture, read_header
from jitasa.photos.formats.exif import ExifFacts, read_exif
from jitasa.photos.models import PhotoState
from jitasa.photos.services.prepare import prepare
from jitasa.photos.services.receive import receive
from jitasa.photos.tests import pictures
from tests.cast import NOW, Cast

POINT = (8.0511, 98.8029)
MORNING = datetime(2026, 11, 20, 1, 30, 15, tzinfo=UTC)


def taken(text: str, offset: str = "") -> datetime | None:
    return read_exif(pictures.exif_block(taken=text, offset=offset), now=NOW).taken_at


@pytest.mark.parametrize(
    "text",
    [
        "2026:11:20 08:30:15",
        "2026-11-20 08:30:15",
        "2026/11/20 08:30:15",
        "2026.11.20 08:30:15",
        "2026-11-20T08:30:15",
        "2026:11:20  8:30:15",
        "2026:11:20 08:30:15.250",
        "2026:11:20 08:30:15+07:00",
        "2026:11:20 01:30:15Z",
        "2026:11:19 17:30:15-08:00",
        "2569:11:20 08:30:15",
    ],
)
def test_a_moment_in_every_way_programs_write_it(text: str) -> None:
    assert taken(text) == MORNING


def test_blanks_for_noughts_and_no_seconds() -> None:
    assert taken("2026:11: 2  8: 5: 0") == datetime(2026, 11, 2, 1, 5, tzinfo=UTC)
    assert taken("2026:11:20 08:30") == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    assert taken("2026:11:20 08:30:60") == datetime(2026, 11, 20, 1, 30, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:00:00 08:30:15", "2026:11:31 08:00:00"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert taken(text) is None


@pytest.mark.parametrize(
    ("offset", "hour"), [("-07:00", 15), ("+7:00", 1), ("+0700", 1), ("Z", 8), ("+99:00", 1), ("เขต", 1)]
)
def test_zones(offset: str, hour: int) -> None:
    assert taken("2026:11:20 08:30:15", offset) == MORNING.replace(hour=hour)


# --- blocks written by hand -------------------------------------------------------------------------
Tag = tuple[int, int, int, bytes]  # tag, kind, how many, value in the order of bytes wanted


def block(
    main: list[Tag], exif: list[Tag], gps: list[Tag], *, order: str = "<", inner: str = "", head: bytes = b""
) -> bytes:
    """A TIFF block; ``inner`` is the order of bytes inside the two tables, where it is another."""
    inner = inner or order
    mark = head or (b"II*\0" if order == "<" else b"MM\0*")
    main = [*main, (0x8769, 4, 1, b""), (0x8825, 4, 1, b"")]
    exif_at = 8 + 2 + len(main) * 12 + 4
    exif_table = table(exif, exif_at, inner)
    gps_at = exif_at + len(exif_table)
    main[-2] = (0x8769, 4, 1, struct.pack(f"{order}I", exif_at))
    main[-1] = (0x8825, 4, 1, struct.pack(f"{order}I", gps_at))
    return mark + struct.pack(f"{order}I", 8) + table(main, 8, order) + exif_table + table(gps, gps_at, inner)


def table(tags: list[Tag], at: int, order: str) -> bytes:
    entries, values = b"", b""
    values_at = at + 2 + len(tags) * 12 + 4
    for tag, kind, amount, value in tags:
        where = (
            value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", values_at + len(values))
        )
        values += value if len(value) > 4 else b""
        entries += struct.pack(f"{order}HHI", tag, kind, amount) + where
    return struct.pack(f"{order}H", len(tags)) + entries + b"\0\0\0\0" + values


def degrees(order: str, *parts: int) -> bytes:
    return struct.pack(f"{order}{len(parts)}I", *parts)


def facts(order: str, inner: str = "", values: str = "", head: bytes = b"") -> ExifFacts:
    """The facts of one picture written in these orders of bytes."""
    values = values or inner or order
    text = b"2026:11:20 08:30:15\0"
    made = block(
        [(0x0112, 3, 1, struct.pack(f"{values}H", 6))],
        [(0x9003, 2, len(text), text)],
        [
            (1, 2, 2, b"N\0"),
            (2, 5, 3, degrees(values, 8, 1, 3, 1, 396, 100)),
            (3, 2, 2, b"E\0"),
            (4, 5, 3, degrees(values, 98, 1, 48, 1, 1044, 100)),
        ],
        order=order,
        inner=inner,
        head=head,
    )
    return read_exif(made, now=NOW)


@pytest.mark.parametrize(
    ("order", "inner", "values", "head"),
    [
        ("<", "", "", b""),
        (">", "", "", b""),
        ("<", ">", "", b""),
        (">", "<", "", b""),
        ("<", "", ">", b""),
        (">", "", "<", b""),
        (">", "", "", b"II\0*"),
        ("<", "", "", b"MM*\0"),
        (">", "", "", b"II*\0"),
    ],
)
def test_numbers_in_the_other_order_of_bytes(order: str, inner: str, values: str, head: bytes) -> None:
    found = facts(order, inner, values, head)
    assert (found.taken_at, found.orientation) == (MORNING, 6)
    assert (found.latitude, found.longitude) == pytest.approx(POINT, abs=1e-5)


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ((80511, 10000), (988029, 10000)),
        ((8, 1, 3066, 1000), (98, 1, 48174, 1000)),
        ((8, 1, 3, 1, 396, 100), (98, 1, 48, 1, 1044, 100)),
    ],
)
def test_degrees_of_one_two_and_three_parts(north: tuple[int, ...], east: tuple[int, ...]) -> None:
    gps = [
        (2, 5, len(north) // 2, degrees("<", *north)),
        (4, 5, len(east) // 2, degrees("<", *east)),
    ]  # and no letter of the compass
    found = read_exif(block([], [], gps), now=NOW)
    assert (found.latitude, found.longitude) == pytest.approx(POINT, abs=1e-5)


@pytest.mark.parametrize("nothing", [(0, 0), (5, 0)])
def test_parts_over_nought(nothing: tuple[int, int]) -> None:
    def point(*parts: int) -> ExifFacts:
        gps = [(2, 5, 3, degrees("<", *parts)), (4, 5, 3, degrees("<", 98, 1, 48, 1, 0, 1))]
        return read_exif(block([], [], gps), now=NOW)

    assert point(8, 1, 3, 1, *nothing).latitude == pytest.approx(8.05)
    assert point(8, 1, *nothing, *nothing).latitude == pytest.approx(8.0)
    assert point(*nothing, 3, 1, 0, 1).latitude is None


def test_other_places_of_the_moment() -> None:
    text = b"2026:11:20 08:30:15\0"
    for made in (
        block([(0x9003, 2, len(text), text)], [], []),  # in the first table
        block([], [(0x9004, 2, len(text), text)], []),  # made digital
        block([(0x0132, 2, len(text), text)], [], []),  # changed
        block([], [(0x9003, 7, len(text), text)], []),  # of no kind
        block([], [], [(29, 2, 11, b"2026:11:20\0"), (7, 5, 3, degrees("<", 1, 1, 30, 1, 15, 1))]),
    ):
        assert read_exif(made, now=NOW).taken_at == MORNING


def test_offsets_beyond_the_block_leave_the_rest() -> None:
    text = b"2026:11:20 08:30:15\0"
    made = bytearray(block([(0x0112, 3, 1, b"\x06\0")], [(0x9003, 2, len(text), text)], []))
    at = made.index(struct.pack("<H", 0x8825))
    made[at + 8 : at + 12] = b"\xff\xff\xff\x7f"
    found = read_exif(bytes(made), now=NOW)
    assert (found.taken_at, found.orientation, found.latitude) == (MORNING, 6, None)


# --- JPEG -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("head", [b"Exif\0\0", b"EXIF\0\0", b"Exif\0\xff", b"Exif\0\0Exif\0\0", b"Exif\0"])
def test_what_stands_before_the_exif_block(head: bytes) -> None:
    data = pictures.jpeg()
    segment = head + pictures.exif_block(taken="2026:11:20 08:30:15")
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    assert read_exif(read_header(data).exif, now=NOW).taken_at == MORNING


@pytest.mark.parametrize("stray", [b"\0" * 18, b"junk between", b"\xff\xff\xff", b"\xff\0\xff\0", b"\n"])
def test_bytes_between_segments_are_passed_over(stray: bytes) -> None:
    data = pictures.jpeg()
    table_at, scan_at = data.index(b"\xff\xdb"), data.index(b"\xff\xda")
    for at in (2, table_at, scan_at):
        header = read_header(data[:at] + stray + data[at:])
        assert (header.width, header.height) == (640, 480)


# --- HEIC -------------------------------------------------------------------------------------------
def box(kind: bytes, body: bytes, *, wide: bool = False) -> bytes:
    if wide:
        return struct.pack(">I4sQ", 1, kind, len(body) + 16) + body
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind: bytes, body: bytes, version: int = 0, *, flags: int = 0, wide: bool = False) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags) + body, wide=wide)


def heic(
    *,
    infe: int = 2,
    iloc: int = 0,
    wide: bool = False,
    inside: bool = False,
    cut: int = 1,
    turn: int | None = None,
    clap: tuple[int, int] | None = None,
    plain_meta: bool = False,
    brands: bytes = b"heic\0\0\0\0mif1heic",
    behind: bytes = b"",
) -> bytes:
    """A picture of 400 × 300 with EXIF, in every depth and version that writers use; no pixels."""
    exif = struct.pack(">I", 6) + b"Exif\0\0" + pictures.exif_block(taken="2026:11:20 08:30:15", point=POINT)
    wide_id = infe == 3
    number = struct.Struct(">I" if wide_id else ">H")
    entries = [(1, b"hvc1"), (2, b"Exif")]
    items = b"".join(full(b"infe", number.pack(n) + b"\0\0" + kind + b"\0", infe) for n, kind in entries)
    counted = struct.pack(">I" if wide_id else ">H", 2)
    properties = [full(b"ispe", struct.pack(">II", 400, 300))]
    if clap:
        properties.append(box(b"clap", struct.pack(">8I", clap[0], 1, clap[1], 1, 0, 1, 0, 1)))
    if turn is not None:
        properties.append(box(b"irot", bytes([turn])))
    owners = struct.pack(">I", 1) + number.pack(1) + bytes([len(properties)])
    owners += b"".join(bytes([0x80 | place]) for place in range(1, len(properties) + 1))
    head = box(b"ftyp", brands, wide=wide)

    def meta(offset: int) -> bytes:
        size = -(-len(exif) // cut)
        extents = b"".join(
            struct.pack(">QI", offset + at, min(size, len(exif) - at)) for at in range(0, len(exif), size)
        )
        place = struct.pack(">I" if iloc == 2 else ">H", 2)
        if iloc:
            place += struct.pack(">H", int(inside))
        place += struct.pack(">HH", 0, -(-len(exif) // size)) + extents
        located = struct.pack(">BB", 0x84, 0) + struct.pack(">I" if iloc == 2 else ">H", 1) + place
        parts = full(b"hdlr", b"\0" * 4 + b"pict" + b"\0" * 13)
        parts += full(b"pitm", number.pack(1), int(wide_id)) + full(
            b"iinf", counted + items, int(wide_id), wide=wide
        )
        parts += full(b"iloc", located, iloc)
        parts += box(
            b"iprp", box(b"ipco", b"".join(properties), wide=wide) + full(b"ipma", owners, int(wide_id))
        )
        parts += box(b"idat", exif) if inside else b""
        return box(b"meta", (b"" if plain_meta else b"\0" * 4) + parts, wide=wide)

    start = 0 if inside else len(head) + len(meta(0)) + (16 if wide else 8)
    return head + meta(start) + box(b"mdat", exif if not inside else b"pixels", wide=wide) + behind


@pytest.mark.parametrize("infe", [2, 3])
@pytest.mark.parametrize(("iloc", "inside"), [(0, False), (1, False), (2, False), (1, True), (2, True)])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("cut", [1, 3])
def test_a_heic_in_all_its_depths(infe: int, iloc: int, inside: bool, wide: bool, cut: int) -> None:
    header = read_header(heic(infe=infe, iloc=iloc, inside=inside, wide=wide, cut=cut))
    assert (header.width, header.height, header.turned) == (400, 300, False)
    found = read_exif(header.exif, now=NOW)
    assert found.taken_at == MORNING
    assert (found.latitude, found.longitude) == pytest.approx(POINT, abs=1e-5)


@pytest.mark.parametrize(("turn", "turned"), [(0, False), (1, True), (2, False), (3, True)])
def test_a_heic_that_is_turned_and_cut(turn: int, turned: bool) -> None:
    header = read_header(heic(turn=turn, clap=(320, 240)))
    assert (header.width, header.height, header.turned) == (320, 240, turned)


def test_a_heic_with_other_brands_and_tails() -> None:
    assert read_header(heic(brands=b"mif1\0\0\0\0mif1miaf")).width == 400
    assert read_header(heic(plain_meta=True)).width == 400
    assert read_header(heic(behind=b"SEFT trailer of a telephone, no box")).width == 400
    with pytest.raises(BadPicture):
        read_header(heic(brands=b"avif\0\0\0\0mif1avif"))
    with pytest.raises(BadPicture):
        read_header(heic()[:-20])
    with pytest.raises(BadPicture):
        read_header(heic(clap=(0, 240)))


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_jpeg_without_its_end_mark_is_decoded(tmp_path: Path, progressive: bool, lost: int) -> None:
    whole = pictures.saved(pictures.scene(), ".jpg", interlace=progressive)
    file = tmp_path / "x.jpg"
    file.write_bytes(whole[: len(whole) - lost])
    assert read_header(file.read_bytes()).ended is (lost == 0)
    order = Order(file, "jpeg", tmp_path, {"small": 320})
    assert decode_one(order).exit == 0
    assert (tmp_path / "small.jpg").stat().st_size > 1000


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.97])
def test_a_jpeg_that_was_cut_off_is_not(tmp_path: Path, progressive: bool, part: float) -> None:
    whole = pictures.saved(pictures.scene(), ".jpg", interlace=progressive)
    file = tmp_path / "x.jpg"
    file.write_bytes(whole[: int(len(whole) * part)])
    outcome = decode_one(Order(file, "jpeg", tmp_path, {"small": 320}))
    assert (outcome.exit, outcome.answer["problem"]) == (BAD_PICTURE, "jpeg: cut off")


@pytest.mark.django_db
def test_a_photo_whose_program_writes_no_end_mark_is_taken(cast: Cast) -> None:
    data = pictures.jpeg()[:-2]
    photo = receive(
        actor=cast.anong, organization=cast.aonang, file=pictures.as_file(data), name="ก.jpg", now=NOW
    )
    assert prepare(photo).state == PhotoState.READY
