"""Pictures sent in pieces to hosts that share a bucket and no disk: any of them takes the next piece."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jitasa.files import arriving, bucket
from jitasa.files.bucket_address import read_address
from jitasa.organizations.models import Organization
from jitasa.organizations.tests.test_import import CAST_ROWS, plain
from jitasa.photos import pieces
from jitasa.photos.models import Photo
from jitasa.photos.tests.test_pieces import DATA, SHA, WHOLE, put
from tests.cast import NOW, Cast
from tests.file_server import Server, serving

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
OTHER = b"another picture" * 20


@pytest.fixture(scope="module")
def store() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def hosts(cast: Cast, store: Server, settings: Any, tmp_path: Path) -> Any:
    """Two clients of one officer: before each request the disk is that of the host it goes to."""
    settings.FILES_BUCKET = read_address(store.url())
    bucket._away_until = 0.0
    with bucket._asked() as (client, name):
        client.create_bucket(Bucket=name)
    for name in list(arriving.begun(pieces.FOLDER)):
        arriving.forget(name)

    def host(name: str) -> Client:
        settings.MEDIA_ROOT = tmp_path / name
        return cast.client("anong")

    return host


def test_pieces_go_to_one_host_and_another(hosts: Any) -> None:
    assert put(hosts("a"), 0, 1000).json() == {"offset": 1000, "here": False}
    assert hosts("b").get(f"/work/photos/{SHA}/").json() == {"offset": 1000, "here": False}
    assert put(hosts("b"), 1000, 2000).json()["offset"] == 2000
    assert put(hosts("a"), 1000, 2000).json()["offset"] == 2000  # its answer was lost
    early = put(hosts("a"), 3000, 4000)
    assert (early.status_code, early.json()["offset"]) == (409, 2000)
    assert put(hosts("a"), 1500, WHOLE).json()["here"] is True
    assert Photo.objects.get().sha256 == SHA
    assert not arriving.begun(pieces.FOLDER)
    assert b"".join(bucket.read(f"originals/{SHA[:2]}/{SHA[2:4]}/{SHA}")) == DATA


def test_bytes_that_are_not_what_was_said_are_found_in_the_end_and_begin_anew(hosts: Any) -> None:
    put(hosts("a"), 0, 1000, data=b"x" * WHOLE)
    answer = put(hosts("b"), 1000, WHOLE)
    assert (answer.status_code, answer.json()["code"]) == (422, "other_hash")
    assert hosts("a").get(f"/work/photos/{SHA}/").json()["offset"] == 0
    assert put(hosts("a"), 0, WHOLE).json()["here"] is True


def test_an_office_has_so_many_and_they_are_forgotten_after_a_day(
    hosts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "UNFINISHED_MOST", 1)
    put(hosts("a"), 0, 1000)
    refused = put(hosts("b"), 0, 100, data=OTHER, sha=hashlib.sha256(OTHER).hexdigest())
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_unfinished")
    now = timezone.now() + timedelta(days=400)  # the store has its own clock
    assert pieces.sweep_pieces(now=now - timedelta(days=800)) == 0
    assert pieces.sweep_pieces(now=now) == 1
    assert put(hosts("b"), 0, 100, data=OTHER, sha=hashlib.sha256(OTHER).hexdigest()).status_code == 200


def test_what_is_left_of_an_interrupted_client_is_no_part_of_it(hosts: Any) -> None:
    hosts("a")
    arriving.add("api_pieces/1/x", 0, b"abc")
    arriving.add("api_pieces/1/x", 7, b"left")
    assert arriving.size("api_pieces/1/x") == 3
    arriving.add("api_pieces/1/x", 3, b"def")
    with arriving.content("api_pieces/1/x") as file:
        assert file.read() == b"abcdef"


@pytest.mark.parametrize("shared", [True, False])
def test_a_registry_file_looked_at_on_one_host_is_confirmed_on_another(
    cast: Cast, hosts: Any, settings: Any, shared: bool
) -> None:
    """Without a bucket they share the disk."""
    hosts("a")
    if shared:
        settings.FILES_BUCKET = None
    file = ContentFile(plain(*CAST_ROWS, "06810108,อบต.,หนองทะเล,81,กระบี่,8101,เมืองกระบี่,,"), "registry.csv")
    client = cast.client("fah")
    client.post(reverse("organizations:import"), {"file": file})
    if not shared:
        hosts("b")
    sha256 = client.session["registry_import"]
    client.post(reverse("organizations:import_confirm"), {"sha256": sha256})
    assert Organization.objects.get(code="06810108").short_name == "อบต.หนองทะเล"
    assert shared or not arriving.begun("registry-imports")
    again = client.post(reverse("organizations:import_confirm"), {"sha256": sha256})
    assert again.status_code == 404  # done
