"""Taking pictures in: what is kept, what is refused, and that a refusal leaves nothing behind."""

import hashlib
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pyvips
from django.conf import settings

from jitasa.organizations.viewer import SYSTEM
from jitasa.photos import store
from jitasa.photos.models import Photo, PhotoState, Upload
from jitasa.photos.services.receive import receive
from jitasa.photos.tests import pictures
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast


def send(cast: Cast, data: bytes, name: str = "ภาพ.jpg") -> Photo:
    return receive(
        actor=cast.anong,
        organization=cast.aonang,
        file=pictures.as_file(data, name),
        name=name,
        now=NOW,
    )


def stored_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def assert_refused(cast: Cast, data: bytes, words: str, name: str = "ภาพ.jpg") -> None:
    with pytest.raises(Refusal) as caught:
        send(cast, data, name)
    assert words in caught.value.message
    assert name in caught.value.message
    assert caught.value.fields["photos"]
    assert not Photo.objects.exists()
    assert not Upload.objects.exists()
    assert stored_files() == []


def test_the_original_is_kept_under_its_hash(cast: Cast) -> None:
    data = pictures.jpeg()
    photo = send(cast, data, "กิจกรรม.jpg")
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert (photo.state, photo.format, photo.width, photo.height) == (PhotoState.PENDING, "jpeg", 640, 480)
    assert photo.bytes == len(data)
    assert store.original(photo.sha256).read_bytes() == data
    assert stored_files() == [store.original(photo.sha256)]
    upload = photo.uploads.get()
    assert (upload.organization, upload.user, upload.name) == (cast.aonang, cast.anong.user, "กิจกรรม.jpg")


def test_the_same_picture_twice_is_one_row_and_one_file(cast: Cast) -> None:
    data = pictures.jpeg()
    assert send(cast, data) == send(cast, data, "ชื่ออื่น.jpg")
    other = receive(
        actor=cast.chai, organization=cast.kokklang, file=pictures.as_file(data), name="ก.jpg", now=NOW
    )
    assert Photo.objects.get() == other
    assert Upload.objects.count() == 2
    assert len(stored_files()) == 1


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: pictures.saved(pictures.scene(), ".png"), "png"),
        (lambda: pictures.saved(pictures.scene(), ".webp"), "webp"),
        (lambda: pictures.saved(pictures.scene(), ".webp", lossless=True), "webp"),
    ],
)
def test_other_formats_are_told_by_their_content(cast: Cast, make: Callable[[], bytes], kind: str) -> None:
    photo = send(cast, make(), "ชื่อลงท้ายผิด.jpg")
    assert (photo.format, photo.width, photo.height) == (kind, 640, 480)


def test_heic_of_a_phone_is_taken(cast: Cast) -> None:
    photo = send(cast, pictures.heic(), "IMG_0001.HEIC")
    assert (photo.format, photo.width, photo.height) == ("heic", 400, 300)


def test_only_those_of_the_office_send(cast: Cast) -> None:
    for actor, office in (
        (cast.chai, cast.aonang),
        (cast.dao, cast.aonang),
    ):
        with pytest.raises(Forbidden):
            receive(
                actor=actor,
                organization=office,
                file=pictures.as_file(pictures.jpeg()),
                name="ก.jpg",
                now=NOW,
            )
    assert stored_files() == []
    assert receive(
        actor=SYSTEM,
        organization=cast.aonang,
        file=pictures.as_file(pictures.jpeg()),
        name="ก.jpg",
        now=NOW,
    )


# --- hostile and broken files ----------------------------------------------------------------------


def test_empty_file(cast: Cast) -> None:
    assert_refused(cast, b"", "0 ไบต์")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ข้อความ.jpg", "ไม่ใช่ภาพ".encode() * 100),
        ("รูป.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("รูป.png", b"<!doctype html><script>alert(1)</script>"),
        ("ภาพ.gif", b"GIF89a" + b"\0" * 100),
        ("ภาพ.avif", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 100),
        ("โปรแกรม.jpg", b"MZ" + b"\0" * 1000),
        ("คลิป.heic", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 100),
    ],
)
def test_what_is_no_picture(cast: Cast, name: str, data: bytes) -> None:
    assert_refused(cast, data, "ไม่ใช่ภาพที่ระบบรับได้", name)


@pytest.mark.parametrize("part", [0.001, 0.05, 0.5, 0.95, 0.9999])
@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", "heic"])
def test_cut_off_files(cast: Cast, ending: str, part: float) -> None:
    whole = pictures.heic() if ending == "heic" else pictures.saved(pictures.scene(), ending)
    if ending == ".jpg":  # the last two bytes are an end mark that some programs do not write
        whole = whole[:-2]
        part = min(part, 0.99)
    cut = whole[: max(13, int(len(whole) * part))]
    assert_refused(cast, cut, "ส่งใหม่")


def test_a_200_megapixel_png_is_refused_by_its_header_alone(cast: Cast) -> None:
    assert_refused(cast, pictures.png_of(20_000, 10_000), "20000 × 10000", "ใหญ่.png")


@pytest.mark.parametrize("size", [(0, 100), (40_000, 1), (0xFFFFFFFF, 0xFFFFFFFF)])
def test_impossible_sizes(cast: Cast, size: tuple[int, int]) -> None:
    assert_refused(cast, pictures.png_of(*size), "ส่งใหม่")


def test_one_byte_too_many(cast: Cast, settings: object) -> None:
    data = pictures.jpeg()
    settings.PHOTO_MAX_BYTES = len(data) - 1  # type: ignore[attr-defined]  # the fixture takes any setting
    assert_refused(cast, data, "เกิน")


def test_moving_pictures(cast: Cast) -> None:
    frames = pictures.scene(64, 64).join(pictures.scene(64, 64, 2), "vertical").copy()
    frames.set_type(pyvips.GValue.gint_type, "page-height", 64)
    moving = pictures.saved(frames, ".webp")
    assert_refused(cast, moving, "ภาพเคลื่อนไหว", "เต้น.webp")
    control = struct.pack(">II", 2, 0)
    assert_refused(cast, pictures.png_of(64, 64, b"", (b"acTL", control)), "ภาพเคลื่อนไหว", "เต้น.png")
    sequence = b"\0\0\0\x14ftypmsf1\0\0\0\0hevc" + b"\0" * 100
    assert_refused(cast, sequence, "ภาพเคลื่อนไหว", "ชุด.heic")


def test_a_heic_that_claims_a_huge_page(cast: Cast) -> None:
    data = bytearray(pictures.heic())
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", 30_000, 30_000)
    assert_refused(cast, bytes(data), "30000 × 30000", "ใหญ่.heic")


def test_a_png_of_a_million_empty_chunks_does_not_waste_time(cast: Cast) -> None:
    chunk = struct.pack(">I", 0) + b"aaAa" + struct.pack(">I", zlib.crc32(b"aaAa"))
    png = pictures.png_of(64, 64)
    assert_refused(cast, png[:33] + chunk * 100_000 + png[33:], "เสียหาย")


def test_random_damage_never_breaks_the_reader(cast: Cast) -> None:
    """Any bytes turned over: a picture or a refusal, never another error."""
    from jitasa.photos.formats import BadPicture, read_header
    from jitasa.photos.formats.exif import read_exif

    wholes = [
        pictures.with_exif(pictures.jpeg(32, 24), taken="2026:11:01 08:30:00", point=(8.05, 98.8)),
        pictures.saved(pictures.scene(32, 24), ".png"),
        pictures.saved(pictures.scene(32, 24), ".webp"),
        pictures.heic(),
    ]
    for whole in wholes:
        for at in range(min(len(whole), 700)):
            broken = bytearray(whole)
            broken[at] ^= 0xFF
            try:
                header = read_header(bytes(broken))
            except BadPicture:
                continue
            read_exif(header.exif, now=NOW)


# --- what the picture says of itself ---------------------------------------------------------------


def test_time_place_and_turn_are_read(cast: Cast) -> None:
    data = pictures.with_exif(pictures.jpeg(), taken="2026:11:20 08:30:15", point=(8.0511, 98.8029), turn=6)
    photo = send(cast, data)
    assert photo.taken_at == datetime(2026, 11, 20, 1, 30, 15, tzinfo=UTC)
    assert photo.latitude == pytest.approx(8.0511, abs=1e-5)
    assert photo.longitude == pytest.approx(98.8029, abs=1e-5)
    assert (photo.width, photo.height) == (480, 640)


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2026:11:20 08:30:00", "+09:00", datetime(2026, 11, 19, 23, 30, tzinfo=UTC)),
        ("2569:11:20 08:30:00", "", datetime(2026, 11, 20, 1, 30, tzinfo=UTC)),
        ("0000:00:00 00:00:00", "", None),
        ("2026:13:45 99:99:99", "", None),
        ("1980:01:01 00:00:00", "", None),
        ("2031:01:01 00:00:00", "", None),
        ("เมื่อวาน", "", None),
    ],
)
def test_camera_clocks(cast: Cast, taken: str, offset: str, expected: datetime | None) -> None:
    photo = send(cast, pictures.with_exif(pictures.jpeg(), taken=taken, offset=offset))
    assert photo.taken_at == expected


@pytest.mark.parametrize("point", [(0.0, 0.0), (-8.05, 98.8), (8.05, -98.8), (48.85, 2.35), (13.7, 106.5)])
def test_a_point_outside_thailand_is_left_out(cast: Cast, point: tuple[float, float]) -> None:
    photo = send(cast, pictures.with_exif(pictures.jpeg(), point=point))
    assert (photo.latitude, photo.longitude) == (None, None)


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40,
        pictures.exif_block(taken="2026:11:20 08:30:15", point=(8.0, 98.0))[:60],
        b"\0" * 300,
    ],
)
def test_broken_exif_refuses_nothing(cast: Cast, block: bytes) -> None:
    data = pictures.jpeg()
    segment = b"Exif\0\0" + block
    broken = data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    assert send(cast, broken).latitude is None
