"""Signed links against a store that knows signatures: nobody changes what is signed, and it ends in time."""

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.tests.file_store import FileStore
from jitasa.files import bucket
from jitasa.files.bucket_address import Address, read_address
from jitasa.problems import StoreAway

CONTENT = b"an export " * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
KEY = f"exports/{SHA256}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileStore]:
    found = FileStore(tmp_path_factory.mktemp("store"))
    try:
        yield found
    finally:
        found.kill()


@pytest.fixture
def kept(store: FileStore, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Address:
    """The setting is made and one file is in the bucket."""
    settings.FILES_BUCKET = store.address
    monkeypatch.setattr(bucket, "_away_until", 0.0)
    file = tmp_path / "file"
    file.write_bytes(CONTENT)
    bucket.put(KEY, file, SHA256)
    return store.address


def link() -> str:
    return bucket.link(KEY, media_type="text/csv", name="ส่งออก.csv")


def answer(address: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as found:
            return found.status, found.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@pytest.mark.usefixtures("kept")
def test_a_link_gives_its_file_and_a_part_of_it() -> None:
    assert answer(link()) == (200, CONTENT)
    assert answer(link(), Range="bytes=3-8") == (206, CONTENT[3:9])


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("signed", "changed"),
    [
        (SHA256, "0" * 64),
        ("text%2Fcsv", "text%2Fhtml"),
        ("attachment", "inline"),
        (f"X-Amz-Expires={bucket.LINK_SECONDS}", "X-Amz-Expires=86400"),
    ],
)
def test_a_link_that_was_changed_gives_nothing(signed: str, changed: str) -> None:
    assert signed in link()
    status, said = answer(link().replace(signed, changed))
    assert (status, b"SignatureDoesNotMatch" in said) == (403, True)


@pytest.mark.usefixtures("kept")
def test_a_link_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "LINK_SECONDS", 1)
    short = link()
    time.sleep(2.5)  # the store counts whole seconds
    status, said = answer(short)
    assert (status, b"expired" in said) == (403, True)


def test_without_a_link_and_with_another_key_nobody_gets_it(kept: Address, settings: Any) -> None:
    assert answer(f"{kept.endpoint}/{kept.bucket}/{KEY}")[0] == 403
    settings.FILES_BUCKET = read_address(
        f"s3://store:another-secret@{kept.endpoint.removeprefix('http://')}/{kept.bucket}?tls=0"
    )
    with pytest.raises(StoreAway):
        bucket.look(KEY)


def test_it_is_there_after_the_store_was_killed(
    kept: Address, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.kill()
    with pytest.raises(StoreAway):
        bucket.look(KEY)
    store.start()
    monkeypatch.setattr(bucket, "_away_until", 0.0)
    assert b"".join(bucket.read(KEY)) == CONTENT
    assert [key for key, _at in bucket.keys("exports")] == [KEY]
    bucket.delete(KEY)
    assert bucket.look(KEY) is None
