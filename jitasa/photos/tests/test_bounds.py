"""Files made to waste time are refused at once; files of careless programs are taken as decoders take them."""

import struct
import time
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from jitasa.documents.intake import NotTaken
from jitasa.photos.formats import BadPicture, read_header
from jitasa.photos.formats.exif import ExifFacts, read_exif
from jitasa.photos.models import PhotoState
from jitasa.photos.services.prepare import prepare
from jitasa.photos.tests import pictures
from jitasa.photos.tests.test_receive import send
from jitasa.publicity.file_types import found_in
from jitasa.thai.dates import BANGKOK
from tests.cast import NOW, Cast

FILES = Path(__file__).parent / "files"
MB = 1024 * 1024
MOST_SECONDS = 0.5  # of processor, for any file; the largest real one needs some hundredths
MOST_MEMORY = 8 * MB


def refused_quickly(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(BadPicture):
        read_header(data)
    spent = time.process_time() - began
    tracemalloc.start()
    with pytest.raises(BadPicture):
        read_header(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < MOST_SECONDS, f"{spent:.2f} s"
    assert peak < MOST_MEMORY, f"{peak / MB:.0f} MB"


@pytest.mark.parametrize(
    "part",
    [
        b"\xff\xe2\x00\x02",  # empty segments
        b"\xff",  # fill bytes
        b"\xff\x00",  # no marker at all
        b"\xff\xd0",  # markers without a body
        b"x",
        b"\xff\xff\xff\x00",
    ],
    ids=["segments", "fill", "stuffed", "restarts", "garbage", "fill-stuffed"],
)
def test_a_jpeg_of_nothing(part: bytes) -> None:
    refused_quickly(b"\xff\xd8\xff" + part * (25 * MB // len(part)))


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


FTYP = box(b"ftyp", b"heic\0\0\0\0mif1heic")
EMPTY = box(b"free") * (MB // 8)


@pytest.mark.parametrize(
    "of_boxes",
    [
        lambda: EMPTY * 25,
        lambda: box(b"meta", b"\0\0\0\0" + EMPTY * 25),
        lambda: box(b"meta", b"\0\0\0\0" + box(b"iprp", box(b"ipco", EMPTY * 25))),
        lambda: box(b"meta", b"\0\0\0\0" + box(b"iinf", b"\0" * 6 + EMPTY * 25)),
        lambda: box(
            b"meta", b"\0\0\0\0" + box(b"iloc", b"\0" * 6 + struct.pack(">H", 1000) + b"\0" * 8000) * 3000
        ),
    ],
    ids=["top", "meta", "ipco", "iinf", "iloc"],
)
def test_a_heic_of_empty_boxes(of_boxes: Callable[[], bytes]) -> None:
    """Made by the test itself: 25 MB each would lie in every worker of the suite from its start."""
    refused_quickly(FTYP + of_boxes())


def test_a_film_of_empty_boxes(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(box(b"ftyp", b"isom\0\0\0\0") + box(b"free") * 2_000_000)
    began = time.process_time()
    with pytest.raises(NotTaken):
        found_in(film)
    assert time.process_time() - began < MOST_SECONDS


def test_a_real_heic_needs_few_steps() -> None:
    assert read_header(pictures.heic()).width > 0


# --- as tolerant as decoders ------------------------------------------------------------------------


def facts_of(name: str) -> ExifFacts:
    return read_exif(read_header((FILES / name).read_bytes()).exif, now=NOW)


@pytest.mark.django_db
def test_bytes_before_a_table_are_passed_over(cast: Cast) -> None:
    photo = send(cast, (FILES / "jpeg-18-extra-bytes-before-dqt.jpg").read_bytes())
    photo = prepare(photo)
    assert photo.state == PhotoState.READY, photo.problem


def test_hour_24_is_midnight_at_the_end_of_that_day() -> None:
    block = pictures.exif_block(taken="2026:11:20 24:05:00")
    assert read_exif(block, now=NOW).taken_at == datetime(2026, 11, 21, 0, 5, tzinfo=BANGKOK)
    assert facts_of("date-24h.jpg").taken_at is not None
    assert read_exif(pictures.exif_block(taken="2026:11:20 25:05:00"), now=NOW).taken_at is None


def test_seconds_of_0_over_0_are_none() -> None:
    facts = facts_of("gps-seconds-0-over-0.jpg")
    assert facts.latitude is not None
    assert facts.longitude is not None


def test_a_clock_that_was_reset_is_offered() -> None:
    taken = facts_of("date-clock-reset-2002.jpg").taken_at
    assert taken is not None
    assert taken.year == 2002
