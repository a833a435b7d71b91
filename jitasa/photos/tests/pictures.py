"""Picture files made on the spot, good and bad."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pyvips
from django.core.files.base import File

FIXTURES = Path(__file__).parent / "files"


def scene(width: int = 640, height: int = 480, seed: int = 1) -> pyvips.Image:
    """A picture with content: coloured blobs, different for every seed."""
    coarse = pyvips.Image.gaussnoise(12, 9, mean=128, sigma=60, seed=seed)
    planes = [
        coarse.resize(width / 12, vscale=height / 9, kernel="cubic"),
        coarse.fliphor().resize(width / 12, vscale=height / 9, kernel="cubic"),
        coarse.flipver().resize(width / 12, vscale=height / 9, kernel="cubic"),
    ]
    return planes[0].bandjoin(planes[1:]).crop(0, 0, width, height).cast("uchar").copy(interpretation="srgb")


def saved(image: pyvips.Image, ending: str = ".jpg", **options: object) -> bytes:
    return bytes(image.write_to_buffer(ending, **options))


def jpeg(width: int = 640, height: int = 480, seed: int = 1) -> bytes:
    return saved(scene(width, height, seed), ".jpg", Q=85)


def with_exif(
    data: bytes, *, taken: str = "", offset: str = "", point: tuple[float, float] | None = None, turn: int = 1
) -> bytes:
    """The JPEG with an EXIF block in front."""
    block = exif_block(taken=taken, offset=offset, point=point, turn=turn)
    segment = b"Exif\0\0" + block
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def exif_block(
    *, taken: str = "", offset: str = "", point: tuple[float, float] | None = None, turn: int = 1
) -> bytes:
    """A little-endian TIFF block with the tags wanted."""
    exif = [(tag, 2, text.encode() + b"\0") for tag, text in ((0x9003, taken), (0x9011, offset)) if text]
    gps: list[tuple[int, int, bytes]] = []
    if point:
        gps = [
            (1, 2, b"S\0" if point[0] < 0 else b"N\0"),
            (2, 5, _degrees(abs(point[0]))),
            (3, 2, b"W\0" if point[1] < 0 else b"E\0"),
            (4, 5, _degrees(abs(point[1]))),
        ]
    main_at = 8
    exif_at = main_at + 2 + 3 * 12 + 4
    exif_table = _table(exif, exif_at)
    gps_at = exif_at + len(exif_table)
    main = [(0x0112, 3, struct.pack("<H", turn)), (0x8769, 4, struct.pack("<I", exif_at))]
    main.append((0x8825, 4, struct.pack("<I", gps_at)))
    return b"II*\0" + struct.pack("<I", main_at) + _table(main, main_at) + exif_table + _table(gps, gps_at)


def _table(tags: list[tuple[int, int, bytes]], at: int) -> bytes:
    entries, values = b"", b""
    values_at = at + 2 + len(tags) * 12 + 4
    sizes = {2: 1, 3: 2, 4: 4, 5: 8}
    for tag, kind, value in tags:
        where = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack("<I", values_at + len(values))
        values += value if len(value) > 4 else b""
        entries += struct.pack("<HHI", tag, kind, len(value) // sizes[kind]) + where
    return struct.pack("<H", len(tags)) + entries + b"\0\0\0\0" + values


def _degrees(value: float) -> bytes:
    whole, minutes = int(value), (value % 1) * 60
    return struct.pack("<6I", whole, 1, int(minutes), 1, round(minutes % 1 * 60 * 10_000), 10_000)


def png_of(width: int, height: int, body: bytes = b"", *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims a size, whatever its body holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", body or zlib.compress(b"\0" * 64)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def heic() -> bytes:
    """A real HEVC picture, 400 × 300, made once with an encoder this project does not carry."""
    return (FIXTURES / "blobs.heic").read_bytes()


def as_file(data: bytes, name: str = "ภาพ.jpg") -> File[bytes]:
    return File(BytesIO(data), name=name)
