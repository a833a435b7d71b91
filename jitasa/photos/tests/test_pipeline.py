"""The picture worker: fair between offices, quick for who waits, and nothing is lost when it is killed."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from jitasa.organizations.models import Organization
from jitasa.photos import decoder, store
from jitasa.photos.choices import LONG_SIDE
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.blur import blur
from jitasa.photos.services.pipeline import CLAIM, Pipeline, claim
from jitasa.photos.tests import pictures
from jitasa.photos.tests.test_receive import send
from tests.cast import NOW, Cast


def rows(office: Organization, count: int, *, bulk: bool = False) -> list[int]:
    """Pending rows of an office, in the order they came."""
    start = Photo.objects.count()
    made = Photo.objects.bulk_create(
        Photo(sha256=f"{start + n:064x}", bytes=1, format="jpeg", created_at=NOW, asked_by=office, bulk=bulk)
        for n in range(count)
    )
    return [photo.pk for photo in made]


def test_offices_take_turns(cast: Cast) -> None:
    many = rows(cast.aonang, 50)
    few = rows(cast.saithai, 2)
    taken = [photo.pk for photo in claim(most=6, now=NOW)]
    assert taken == [many[0], few[0], many[1], few[1], many[2], many[3]]


def test_who_waits_goes_before_bulk(cast: Cast) -> None:
    rows(cast.aonang, 20, bulk=True)
    waiting = rows(cast.saithai, 3)
    assert [photo.pk for photo in claim(most=3, now=NOW)] == waiting


def test_what_one_worker_has_no_other_takes_until_the_claim_ends(cast: Cast) -> None:
    first = rows(cast.aonang, 1)
    assert [photo.pk for photo in claim(most=5, now=NOW)] == first
    assert claim(most=5, now=NOW + CLAIM / 2) == []
    assert [photo.pk for photo in claim(most=5, now=NOW + CLAIM + timedelta(seconds=1))] == first


def test_everything_pending_is_made(cast: Cast) -> None:
    photos = [send(cast, pictures.jpeg(640, 480, seed=seed)) for seed in range(5)]
    broken = send(cast, pictures.png_of(64, 48, b"nothing"))
    blur(actor=cast.anong, photo=photos[0], areas=[(0, 0, 0.5, 0.5)], now=NOW)
    assert Pipeline(lanes=2).drain() == 6
    assert set(Photo.objects.exclude(pk=broken.pk).values_list("state", flat=True)) == {PhotoState.READY}
    broken.refresh_from_db()
    assert broken.state == PhotoState.BROKEN
    assert not Photo.objects.exclude(claimed_until=None).exists()
    assert all(store.published(photos[0].sha256, size).exists() for size in LONG_SIDE)
    assert list(store.incoming().iterdir()) == []


def test_a_decoder_that_is_killed_costs_a_try_and_no_picture(cast: Cast) -> None:
    photo = send(cast, pictures.jpeg(3000, 2000))
    clock = [NOW]
    pipeline = Pipeline(lanes=1, clock=lambda: clock[0])
    pipeline._fill()
    process = pipeline._decoder._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    while pipeline.step(1):
        pass
    photo.refresh_from_db()
    assert (photo.state, photo.tries) == (PhotoState.PENDING, 1)
    clock[0] += timedelta(minutes=1)
    assert pipeline.drain() == 1
    photo.refresh_from_db()
    assert (photo.state, photo.tries) == (PhotoState.READY, 0)


def test_a_crash_takes_one_picture(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child of one picture is killed by a limit; those beside it are made."""
    photos = [send(cast, pictures.jpeg(64, 64, seed=seed)) for seed in range(3)]
    huge = send(cast, pictures.jpeg(3000, 3000))
    monkeypatch.setattr(decoder, "MEMORY", 300 * 1024**2)
    Pipeline(lanes=4).drain()
    for photo in photos:
        photo.refresh_from_db()
        assert photo.state == PhotoState.READY
    huge.refresh_from_db()
    assert huge.state in (PhotoState.BROKEN, PhotoState.READY)


def test_the_decoder_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JITASA_SECRET_KEY", "s" * 60)
    mine = decoder.Decoder()
    mine.submit(decoder.Order(tmp_path / "none.jpg", "jpeg", tmp_path, {"large": 10}))
    process = mine._process
    assert process is not None
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"JITASA" not in environment
    assert mine.wait(30)[0].exit == 3
    mine.close()
    assert process.poll() is not None


def test_the_decoder_ends_with_its_owner(tmp_path: Path) -> None:
    """A worker that is killed leaves no decoder behind: the end of its input ends it, and its children."""
    mine = decoder.Decoder()
    mine.submit(decoder.Order(tmp_path / "none.jpg", "jpeg", tmp_path, {"large": 10}))
    mine.wait(30)
    process = mine._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.poll() == 0


def test_the_command_makes_what_waits(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    send(cast, pictures.jpeg(64, 64))
    call_command("pictures", "--once")
    assert capsys.readouterr().out.strip() == "1"
    assert Photo.objects.get().state == PhotoState.READY
