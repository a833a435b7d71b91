"""Published copies: upright, small enough, saying nothing of the original; broken ones end as such."""

import resource
from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips
from django.conf import settings
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from jitasa.photos import decode, decoder, store
from jitasa.photos.choices import LONG_SIDE, Size
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.rules import Area
from jitasa.photos.services import prepare as preparing
from jitasa.photos.services.blur import blur
from jitasa.photos.services.prepare import prepare
from jitasa.photos.tests import pictures
from jitasa.photos.tests.test_receive import send
from jitasa.problems import Refusal
from tests.cast import NOW, Cast


def published(photo: Photo, size: Size) -> pyvips.Image:
    return pyvips.Image.new_from_file(str(store.published(photo.sha256, size)))


def test_the_copies_are_made_when_the_upload_is_committed(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = send(cast, pictures.jpeg(2400, 1200))
    photo.refresh_from_db()
    assert photo.state == PhotoState.READY
    for size, side in LONG_SIDE.items():
        copy = published(photo, size)
        assert (copy.width, copy.height) == (side, side // 2)
    assert list(store.incoming().iterdir()) == []


def test_nothing_of_the_original_travels_along(cast: Cast) -> None:
    secret = b"<script>alert('secret')</script>"
    data = pictures.with_exif(pictures.jpeg(), taken="2026:11:20 08:30:15", point=(8.0511, 98.8029))
    comment = b"\xff\xfe" + (len(secret) + 2).to_bytes(2, "big") + secret
    data = data[:2] + comment + data[2:] + secret
    photo = prepare(send(cast, data))
    assert photo.state == PhotoState.READY
    for size in Size:
        bytes_ = store.published(photo.sha256, size).read_bytes()
        assert b"Exif" not in bytes_
        assert b"secret" not in bytes_
        assert b"ICC_PROFILE" not in bytes_
        fields = published(photo, size).get_fields()
        assert not [name for name in fields if name.startswith(("exif", "icc", "xmp", "iptc"))]


@pytest.mark.parametrize("turn", range(1, 9))
def test_pictures_stand_upright(cast: Cast, turn: int) -> None:
    """White on top as stored; where it ends up is what the orientation says."""
    image = pyvips.Image.black(320, 160, bands=3).insert(pyvips.Image.black(320, 80, bands=3) + 255, 0, 0)
    data = pictures.with_exif(pictures.saved(image.copy(interpretation="srgb")), turn=turn)
    photo = prepare(send(cast, data))
    copy = published(photo, Size.SMALL)
    assert (copy.width, copy.height) == ((160, 320) if turn >= 5 else (320, 160))
    assert (photo.width, photo.height) == (copy.width, copy.height)
    edges = {
        "top": copy.getpoint(copy.width // 2, 8)[0],
        "right": copy.getpoint(copy.width - 8, copy.height // 2)[0],
        "bottom": copy.getpoint(copy.width // 2, copy.height - 8)[0],
        "left": copy.getpoint(8, copy.height // 2)[0],
    }
    brightest = {
        1: "top", 2: "top", 3: "bottom", 4: "bottom", 5: "left", 6: "right", 7: "right", 8: "left",
    }[turn]  # fmt: skip
    assert edges[brightest] > 240


@pytest.mark.parametrize("ending", [".png", ".webp", "heic", "rgba", "grey", "deep", "cmyk", "p3"])
def test_every_format_becomes_a_jpeg(cast: Cast, ending: str) -> None:
    scene = pictures.scene()
    makers: dict[str, Callable[[], bytes]] = {
        ".png": lambda: pictures.saved(scene, ".png"),
        ".webp": lambda: pictures.saved(scene, ".webp"),
        "heic": pictures.heic,
        "rgba": lambda: pictures.saved(scene.bandjoin(0), ".png"),
        "grey": lambda: pictures.saved(scene.colourspace("b-w")),
        "cmyk": lambda: pictures.saved(scene.icc_export(output_profile="cmyk")),
        "p3": lambda: pictures.saved(scene.icc_transform("p3"), profile="p3"),
        "deep": lambda: pictures.saved(scene.colourspace("rgb16"), ".png"),
    }
    data = makers[ending]()
    photo = prepare(send(cast, data))
    assert photo.state == PhotoState.READY
    copy = published(photo, Size.MEDIUM)
    assert (copy.get("vips-loader"), copy.bands, copy.format) == ("jpegload", 3, "uchar")
    if ending in ("p3", "cmyk", "deep"):  # colours stay what they were
        difference = (copy - scene.thumbnail_image(copy.width)).abs().avg()
        assert difference < (25 if ending == "cmyk" else 4)
    if ending == "rgba":  # what was transparent is white
        assert copy.avg() > 250


def test_a_picture_whose_header_lies_ends_as_broken(cast: Cast) -> None:
    whole = pictures.saved(pictures.scene(), ".png")
    photo = prepare(send(cast, pictures.png_of(640, 480, whole[200:5000])))
    assert photo.state == PhotoState.BROKEN
    assert "ภาพใหม่" in photo.problem
    assert not store.published(photo.sha256, Size.SMALL).exists()
    assert store.original(photo.sha256).exists()


def test_a_heic_that_cannot_be_decoded_ends_as_broken(cast: Cast) -> None:
    data = bytearray(pictures.heic())
    at = data.index(b"mdat") + 200
    data[at : at + 600] = b"\0" * 600
    assert prepare(send(cast, bytes(data))).state in (PhotoState.BROKEN, PhotoState.READY)
    cut = bytearray(pictures.heic())
    at = cut.index(b"hvcC")
    cut[at + 5 : at + 60] = b"\xff" * 55
    assert prepare(send(cast, bytes(cut))).state == PhotoState.BROKEN


def test_a_broken_picture_is_tried_again_when_sent_again(cast: Cast) -> None:
    data = pictures.jpeg()
    photo = send(cast, data)
    store.original(photo.sha256).unlink()
    assert prepare(photo).state == PhotoState.BROKEN
    again = send(cast, data)
    assert again == photo
    assert again.state == PhotoState.PENDING
    assert prepare(again).state == PhotoState.READY


def test_the_limits_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = send(cast, pictures.jpeg(2000, 1500))
    monkeypatch.setattr(decoder, "MEMORY", 64 * 1024**2)
    assert prepare(photo).state == PhotoState.BROKEN
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY  # only the child is bound


def test_a_decoder_that_takes_too_long_is_killed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder, "WALL_SECONDS", 0)
    assert prepare(send(cast, pictures.jpeg(2000, 1500))).state == PhotoState.BROKEN
    monkeypatch.undo()
    assert prepare(send(cast, pictures.jpeg(64, 64))).state == PhotoState.READY


def test_a_failure_of_the_machine_leaves_the_picture_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = send(cast, pictures.jpeg())

    def full(*args: object, **kwargs: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(store, "keep_all", full)
    with pytest.raises(OSError, match="space"):
        prepare(photo)
    photo.refresh_from_db()
    assert photo.state == PhotoState.PENDING
    assert [path for path in Path(settings.MEDIA_ROOT, "published").rglob("*") if path.is_file()] == []


def test_a_phones_heic_is_turned_and_keeps_its_colours(cast: Cast) -> None:
    """Display P3, lying on its side, with a time: red, green and blue bands become columns."""
    photo = send(cast, (pictures.FIXTURES / "phone.heic").read_bytes(), "IMG_0002.HEIC")
    assert (photo.width, photo.height) == (240, 320)
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2026-11-20T08:30:15+07:00"
    photo = prepare(photo)
    assert (photo.state, photo.width, photo.height) == (PhotoState.READY, 240, 320)
    copy = published(photo, Size.LARGE)
    for x, colour in ((200, (220, 60, 40)), (120, (60, 190, 70)), (40, (40, 80, 210))):
        assert copy.getpoint(x, 160) == pytest.approx(colour, abs=12)


def test_a_decoder_that_cannot_run_breaks_no_pictures(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "decode.py"
    program.write_text("import a_library_that_is_not_there")
    monkeypatch.setattr(decode, "__file__", str(program))
    monkeypatch.setattr(decoder, "_shared", decoder.Decoder())
    photo = send(cast, pictures.jpeg())
    with pytest.raises(RuntimeError, match="decoder itself"):
        prepare(photo)
    photo.refresh_from_db()
    assert photo.state == PhotoState.PENDING


def test_a_picture_that_brings_the_decoder_down_is_given_up_after_five_tries(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = send(cast, pictures.jpeg())

    monkeypatch.setattr(preparing, "decode_one", lambda _order: decoder.DecodeOutcome(1, None))
    for _try in range(preparing.MOST_TRIES - 1):
        with pytest.raises(preparing.DecoderBroken):
            prepare(photo)
        photo.refresh_from_db()
        assert photo.state == PhotoState.PENDING
    prepare(photo)
    photo.refresh_from_db()
    assert photo.state == PhotoState.BROKEN
    assert "ส่งภาพนี้ใหม่" in photo.problem
    monkeypatch.undo()
    again = send(cast, pictures.jpeg())
    assert (again.pk, again.state, again.tries) == (photo.pk, PhotoState.PENDING, 0)


# --- blurring --------------------------------------------------------------------------------------


def spread(photo: Photo, left: float, top: float, side: float) -> float:
    """How lively a part of the largest copy is."""
    image = pyvips.Image.new_from_buffer(store.published(photo.sha256, Size.LARGE).read_bytes(), "")
    part = image.crop(
        int(left * image.width), int(top * image.height), int(side * image.width), int(side * image.height)
    )
    return float(part.colourspace("b-w").sobel().avg())


def test_an_area_is_blurred_in_every_copy_and_nowhere_else(cast: Cast) -> None:
    stripes = pyvips.Image.sines(640, 480, hfreq=80) * 127 + 128
    image = stripes.bandjoin([stripes, stripes]).cast("uchar").copy(interpretation="srgb")
    photo = prepare(send(cast, pictures.saved(image, Q=95)))
    hash_before, lively = photo.dhash, spread(photo, 0.55, 0.55, 0.3)
    original = store.original(photo.sha256).read_bytes()
    blur(actor=cast.anong, photo=photo, areas=[(0.5, 0.5, 0.4, 0.4)], now=NOW)
    photo = prepare(photo)
    assert (photo.state, photo.copies, photo.dhash) == (PhotoState.READY, 1, hash_before)
    assert spread(photo, 0.55, 0.55, 0.3) < lively / 5
    assert spread(photo, 0.05, 0.05, 0.3) > lively / 2
    assert store.original(photo.sha256).read_bytes() == original


@pytest.mark.parametrize(
    "areas",
    [[], [(0.5, 0.5, 0.6, 0.2)], [(-0.1, 0, 0.5, 0.5)], [(0, 0, 0.001, 0.5)], [(0, 0, 0.1, 0.1)] * 31],
)
def test_areas_outside_the_picture_are_refused(cast: Cast, areas: list[Area]) -> None:
    photo = prepare(send(cast, pictures.jpeg(64, 48)))
    with pytest.raises(Refusal):
        blur(actor=cast.anong, photo=photo, areas=areas, now=NOW)
    photo.refresh_from_db()
    assert (photo.state, photo.copies) == (PhotoState.READY, 0)


def test_copies_made_from_older_areas_are_not_published(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow worker that began before the blurring must not put the sharp picture back."""
    photo = prepare(send(cast, pictures.jpeg(64, 48)))
    Photo.objects.update(state=PhotoState.PENDING)
    decode_one = decoder.decode_one

    def slow(order: decoder.Order) -> decoder.DecodeOutcome:
        blur(actor=cast.anong, photo=photo, areas=[(0, 0, 1, 1)], now=NOW)
        store.published(photo.sha256, Size.SMALL).unlink()
        return decode_one(order)

    monkeypatch.setattr(preparing, "decode_one", slow)
    assert prepare(Photo.objects.get()).state == PhotoState.PENDING
    assert not store.published(photo.sha256, Size.SMALL).exists()
