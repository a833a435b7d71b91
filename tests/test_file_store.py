"""Files in a bucket: every test asks a real server (moto, a process of its own) over HTTP (docs/adr/0147)."""

import hashlib
import io
import os
import signal
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.audit.access.files import folder
from jitasa.compilation.choices import FileKind, FileState
from jitasa.compilation.models import CompilationFile
from jitasa.compilation.services.check_files import bad_files
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.keep_files import ask_file, forget_files
from jitasa.compilation.store import path_of as export_path
from jitasa.config.backup.files import _of_installation
from jitasa.files import bucket
from jitasa.files.bucket_address import read_address
from jitasa.files.cache import prune_cache
from jitasa.files.reading import here, is_kept, remove
from jitasa.files.store import holding, keep, key_of, write_incoming
from jitasa.letters.models import Letter, StoredFile
from jitasa.letters.services.files import receive_file
from jitasa.letters.store import path_of as letter_path
from jitasa.letters.tests.samples import PDF
from jitasa.letters.tests.test_destruction_races import destroy, old  # noqa: F401
from jitasa.photos import store as photos
from jitasa.photos.choices import Size
from jitasa.photos.models import Photo
from jitasa.photos.services.blur import blur
from jitasa.photos.services.own_disk import tidy
from jitasa.photos.services.receive import receive
from jitasa.photos.tests import pictures
from jitasa.problems import StoreAway
from tests.cast import NOW, Cast
from tests.file_server import BUCKET, Server, serving

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def in_bucket(server: Server, settings: Any) -> Iterator[None]:
    """The setting is made, and the bucket is empty."""
    reset = urllib.request.Request(f"http://127.0.0.1:{server.port}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset, timeout=5).close()
    settings.FILES_BUCKET = read_address(server.url())
    bucket._away_until = 0.0
    with bucket._asked() as (client, name):
        client.create_bucket(Bucket=name)
    yield
    bucket._away_until = 0.0


@pytest.fixture
def other_host(settings: Any, tmp_path: Path) -> Callable[[], None]:
    """From now on the disk is another host's."""

    def move() -> None:
        settings.MEDIA_ROOT = tmp_path / "other"

    return move


def picture(cast: Cast) -> Photo:
    file = pictures.as_file(pictures.jpeg(), "ภาพ.jpg")
    return receive(actor=cast.anong, organization=cast.aonang, file=file, name="ภาพ.jpg", now=NOW)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def fetched(address: str) -> Any:
    return urllib.request.urlopen(address, timeout=5)


def test_a_picture_of_one_host_is_seen_at_the_other(
    cast: Cast,
    in_bucket: None,
    other_host: Callable[[], None],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = picture(cast)
    other_host()
    assert not photos.original(photo.sha256).exists()
    answer = cast.client("anong").get(reverse("photos:file", args=(photo.sha256, Size.SMALL)))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert body(answer) == photos.published(photo.sha256, Size.SMALL).read_bytes()
    original = here(photos.original(photo.sha256))
    assert original is not None
    assert hashlib.sha256(original.read_bytes()).hexdigest() == photo.sha256


def test_a_copy_from_before_a_face_was_blurred_is_not_shown_by_another_host(
    cast: Cast,
    in_bucket: None,
    settings: Any,
    other_host: Callable[[], None],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = picture(cast)
    first = settings.MEDIA_ROOT
    other_host()
    kept = here(photos.published(photo.sha256, Size.LARGE))
    assert kept is not None
    sharp = kept.read_bytes()
    settings.MEDIA_ROOT, second = first, settings.MEDIA_ROOT
    with django_capture_on_commit_callbacks(execute=True):
        blur(actor=cast.anong, photo=photo, areas=[(0.1, 0.1, 0.5, 0.5)], now=NOW)
    settings.MEDIA_ROOT = second
    shown = here(photos.published(photo.sha256, Size.LARGE))
    assert shown is not None
    assert shown.read_bytes() != sharp


def test_a_letters_file_goes_round(cast: Cast, in_bucket: None, other_host: Callable[[], None]) -> None:
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    other_host()
    found = here(letter_path(stored.sha256))
    assert found is not None
    assert found.read_bytes() == PDF
    assert list(bad_files()) == []


def test_an_export_is_given_by_a_signed_link(
    cast: Cast, in_bucket: None, other_host: Callable[[], None]
) -> None:
    make_lists()
    make_sent(cast.anong)
    made = compile_round(actor=cast.ek, organization=cast.krabi, month=date(2026, 11, 1), now=NOW).compilation
    row = ask_file(actor=cast.ek, compilation=made, kind=FileKind.RECORDS_CSV, now=NOW)
    assert row.state == FileState.READY
    other_host()
    address = f"/work/month/compilations/{made.pk}/records.csv"
    answer = cast.client("ek").get(address)
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert int(asked["X-Amz-Expires"][0]) == bucket.LINK_SECONDS
    assert "secret" not in answer["Location"]
    given = fetched(answer["Location"])
    assert given.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''jitasa-2569-11")
    assert hashlib.sha256(given.read()).hexdigest() == row.sha256
    assert cast.client("chai").get(address).status_code in {403, 404}


def test_without_direct_links_the_site_gives_it(
    cast: Cast, in_bucket: None, server: Server, settings: Any, other_host: Callable[[], None]
) -> None:
    settings.FILES_BUCKET = read_address(f"{server.url()}&direct=0")
    make_lists()
    make_sent(cast.anong)
    made = compile_round(actor=cast.ek, organization=cast.krabi, month=date(2026, 11, 1), now=NOW).compilation
    row = ask_file(actor=cast.ek, compilation=made, kind=FileKind.RECORDS_CSV, now=NOW)
    other_host()
    answer = cast.client("ek").get(f"/work/month/compilations/{made.pk}/records.csv")
    assert hashlib.sha256(body(answer)).hexdigest() == row.sha256


def test_a_damaged_file_is_not_given(cast: Cast, in_bucket: None, other_host: Callable[[], None]) -> None:
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    place = letter_path(stored.sha256)
    with bucket._asked() as (client, name):
        client.put_object(Bucket=name, Key=key_of(place), Body=b"other", Metadata={"sha256": stored.sha256})
    other_host()
    assert here(letter_path(stored.sha256)) is None
    assert [(bad.fault, bad.sha256) for bad in bad_files()] == [("damaged", stored.sha256)]


def test_a_server_that_stands_still_and_comes_back(
    cast: Cast, in_bucket: None, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept by half, records go on, and it is said; afterwards the same act works."""
    monkeypatch.setattr(bucket, "READ_SECONDS", 0.3)
    bucket._client.cache_clear()
    client = cast.client("anong")
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        file = pictures.as_file(pictures.jpeg(), "ภาพ.jpg")
        headers = {"accept": "application/json", "x-requested-with": "fetch"}
        answer = client.post(reverse("photos:upload"), {"file": file}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (503, "files_away")
        assert "ที่เก็บไฟล์" in answer.json()["error"]
        assert not Photo.objects.exists()
        assert client.get("/readyz").json() == {"status": "ok", "files": "away"}
        assert client.get("/work/").status_code == 200
        make_lists()
        assert make_sent(cast.anong).pk
    finally:
        os.kill(server.process.pid, signal.SIGCONT)
        bucket._client.cache_clear()
    bucket._away_until = 0.0
    assert picture(cast).pk
    assert client.get("/readyz").json() == {"status": "ok", "files": "ok"}


def test_a_killed_server_is_not_waited_for(in_bucket: None, settings: Any) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.FILES_BUCKET = read_address(
            f"s3://key:secret@127.0.0.1:{nobody.getsockname()[1]}/{BUCKET}?tls=0"
        )
        began = time.monotonic()
        for _again in range(20):
            assert not bucket.answers()
        assert time.monotonic() - began < 5


def test_an_export_kept_again_while_it_is_cleared_away_stays(cast: Cast, in_bucket: None) -> None:
    """Old content that no row names goes from the bucket, and what a row names by then stays."""
    temporary, sha256, _size = write_incoming([b"export"], 100)
    keep(temporary, export_path(sha256))
    later = timezone.now() + timedelta(days=400)  # the server has its own clock
    make_lists()
    made = compile_round(actor=cast.ek, organization=cast.krabi, month=date(2026, 11, 1), now=NOW).compilation
    row = CompilationFile.objects.create(
        compilation=made, kind=FileKind.RECORDS_CSV, part="", state=FileState.READY, facts="",
        sha256=sha256, bytes=6, asked_at=later, moved_at=later,
    )  # fmt: skip
    forget_files(now=later)
    assert is_kept(export_path(sha256))
    row.delete()
    forget_files(now=later)
    assert not is_kept(export_path(sha256))


@pytest.mark.usefixtures("in_bucket", "old")
def test_a_letters_file_sent_again_at_another_host_while_it_is_destroyed_stays(
    cast: Cast,
    other_host: Callable[[], None],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Between the word and the deed; what nobody sent again leaves the bucket (the second round)."""
    with django_capture_on_commit_callbacks() as deeds:
        destroy(cast.fah)
    other_host()
    again = receive_file(actor=cast.ek, chunks=[PDF], name="ข.pdf", now=NOW)
    for deed in deeds:
        deed()
    assert is_kept(letter_path(again.sha256))
    again.delete()
    for deed in deeds:
        deed()
    assert not is_kept(letter_path(again.sha256))


@pytest.mark.usefixtures("in_bucket", "old")
def test_no_letter_is_destroyed_while_the_store_does_not_answer(cast: Cast) -> None:
    bucket._away_until = time.monotonic() + 60
    with pytest.raises(StoreAway):
        destroy(cast.fah)
    assert StoredFile.objects.count() == 1
    assert not Letter.objects.exclude(destroyed_at=None).exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_hosts_hold_each_other_off(in_bucket: None, settings: Any, tmp_path: Path) -> None:
    """Another host has another disk, so that no lock of a file is between them; the row is committed first."""
    sha256, inside = "a" * 64, Event()

    def remover() -> None:
        try:
            with holding(sha256):
                inside.set()
        finally:
            connection.close()

    other = Thread(target=remover)
    with transaction.atomic():
        with holding(sha256):
            settings.MEDIA_ROOT = tmp_path / "other"
            other.start()
            assert not inside.wait(0.3)
        assert not inside.wait(0.2)  # not before the row that names it is committed
    other.join(timeout=10)
    assert inside.is_set()


def test_the_disk_is_moved_into_the_bucket_and_again_nothing(
    cast: Cast, in_bucket: None, settings: Any, other_host: Callable[[], None]
) -> None:
    where, settings.FILES_BUCKET = settings.FILES_BUCKET, None
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    with pytest.raises(CommandError):
        call_command("files_to_store")
    settings.FILES_BUCKET = where
    assert not is_kept(letter_path(stored.sha256))
    for words in ("ย้าย 1 ไฟล์ มีอยู่แล้ว 0", "ย้าย 0 ไฟล์ มีอยู่แล้ว 1"):
        said = io.StringIO()
        call_command("files_to_store", stdout=said)
        assert words in said.getvalue()
    assert letter_path(stored.sha256).read_bytes() == PDF
    other_host()
    assert here(letter_path(stored.sha256)) is not None


def test_the_cache_is_bounded_and_loses_nothing(cast: Cast, in_bucket: None, settings: Any) -> None:
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    place = letter_path(stored.sha256)
    unmoved = letter_path("b" * 64)
    unmoved.parent.mkdir(parents=True)
    unmoved.write_bytes(b"only here")
    for path in (place, unmoved):
        os.utime(path, (0, 0))
    assert prune_cache() == 1
    assert (place.exists(), unmoved.exists()) == (False, True)
    assert here(place) == place
    assert prune_cache() == 0


def test_each_host_tidies_its_own_disk(cast: Cast, in_bucket: None) -> None:
    """Also one that only serves pages: the scheduler of another host sees another disk."""
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    left, log = photos.incoming() / "left", folder() / "access-2026-01-01-host-1-a.jsonl"
    left.write_bytes(b"half a picture")
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("{}\n")
    for path in (letter_path(stored.sha256), left):
        os.utime(path, (0, 0))
    tidy()
    assert not any(path.exists() for path in (letter_path(stored.sha256), left, log))
    assert here(letter_path(stored.sha256)) is not None


def test_a_copy_of_the_installation_leaves_the_cache_out(cast: Cast, in_bucket: None, settings: Any) -> None:
    """What would look like a copy of the files is only what this host used lately."""
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    assert letter_path(stored.sha256).is_file()
    assert not [name for name, _path in _of_installation() if name.startswith("media/")]
    settings.FILES_BUCKET = None
    assert [name for name, _path in _of_installation() if stored.sha256 in name]


def test_what_is_removed_is_gone_from_the_bucket(
    cast: Cast, in_bucket: None, other_host: Callable[[], None]
) -> None:
    stored = receive_file(actor=cast.fah, chunks=[PDF], name="ก.pdf", now=NOW)
    remove(letter_path(stored.sha256))
    other_host()
    assert here(letter_path(stored.sha256)) is None


def test_nothing_waits_for_a_store_that_was_away_a_moment_ago(in_bucket: None) -> None:
    bucket._away_until = time.monotonic() + 60
    with pytest.raises(StoreAway):
        bucket.look("letters/x")
