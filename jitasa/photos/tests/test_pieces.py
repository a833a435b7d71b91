"""Pictures of an officer's page, in pieces that resume where the line broke."""

import hashlib
from typing import Any

import pytest
from django.test import Client

from jitasa.photos import pieces
from jitasa.photos.models import Photo, Upload
from jitasa.photos.tests import pictures
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
DATA = pictures.with_exif(pictures.jpeg(), taken="2026:11:20 08:30:15", point=(8.0511, 98.8029))
SHA = hashlib.sha256(DATA).hexdigest()
WHOLE = len(DATA)


def put(client: Client, start: int, end: int, data: bytes = DATA, sha: str = SHA) -> Any:
    return client.put(
        f"/work/photos/{sha}/?name=ชายหาด.jpg",
        data[start:end],
        content_type="application/octet-stream",
        HTTP_CONTENT_RANGE=f"bytes {start}-{end - 1}/{len(data)}",
    )


def test_it_goes_on_where_it_stopped_and_the_last_answer_tells_what_the_picture_knows(cast: Cast) -> None:
    anong = cast.client("anong")
    assert put(anong, 0, 1000).json() == {"offset": 1000, "here": False}
    assert anong.get(f"/work/photos/{SHA}/").json() == {"offset": 1000, "here": False}
    early = put(anong, 2000, 3000)
    assert (early.status_code, early.json()["offset"]) == (409, 1000)
    done, again = put(anong, 1000, WHOLE), put(anong, 1000, WHOLE)
    assert done.json() == again.json()
    assert done.json()["taken_at"] == "2026-11-20T08:30:15+07:00"
    assert anong.get(f"/work/photos/{SHA}/").json()["here"] is True
    assert Photo.objects.get().sha256 == SHA
    assert Upload.objects.get().name == "ชายหาด.jpg"


def test_other_bytes_than_the_address_says_are_refused_with_words(cast: Cast) -> None:
    answer = put(cast.client("anong"), 0, WHOLE, sha="ab" * 32)
    assert (answer.status_code, answer.json()["code"]) == (422, "other_hash")
    assert pieces.offset(cast.aonang.pk, "ab" * 32) == 0
    assert not Photo.objects.exists()


def test_what_is_no_picture_is_refused_when_it_is_whole(cast: Cast) -> None:
    text = b"no picture at all"
    answer = put(cast.client("anong"), 0, len(text), text, hashlib.sha256(text).hexdigest())
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_what_is_here_stays_when_the_picture_cannot_be_noted_at_this_moment(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    anong = cast.client("anong")
    put(anong, 0, 1000)

    def busy(**_told: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("jitasa.photos.services.receive_piece.receive", busy)
        with pytest.raises(OSError, match="no room"):
            put(anong, 1000, WHOLE)
    assert pieces.offset(cast.aonang.pk, SHA) == WHOLE
    assert put(anong, 1000, WHOLE).json()["here"] is True
    assert pieces.offset(cast.aonang.pk, SHA) == 0


def test_pieces_of_another_office_are_another_picture(cast: Cast) -> None:
    put(cast.client("anong"), 0, 1000)
    assert cast.client("chai").get(f"/work/photos/{SHA}/").json()["offset"] == 0


def test_nobody_sends_without_the_forms_token_or_a_session(cast: Cast) -> None:
    assert put(Client(), 0, 10).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.client("anong").cookies
    assert put(strict, 0, 10).status_code == 403
    assert pieces.offset(cast.aonang.pk, SHA) == 0
