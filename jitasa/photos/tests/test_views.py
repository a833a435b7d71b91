"""Sending, asking and looking over HTTP: what each of the cast gets."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jitasa.photos import selectors
from jitasa.photos.models import Photo, PhotoState, Upload
from jitasa.photos.services.prepare import prepare
from jitasa.photos.tests import pictures
from jitasa.photos.tests.test_receive import send
from tests.cast import NOW, Cast

UPLOAD = "/work/photos/"


def sent(data: bytes | None = None, name: str = "ภาพ.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pictures.jpeg() if data is None else data, "image/jpeg")


def in_record(photo: Photo, cast: Cast, status: str) -> None:
    """A record of the floor above, reached by name as the selectors do."""
    activity = apps.get_model("activities", "Activity").objects.create(
        uuid=uuid4(), organization=cast.aonang, organization_code=cast.aonang.code,
        organization_name=cast.aonang.name, status=status, month=date(2026, 11, 1),
        number="" if status == "draft" else "81-6911-000001", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    apps.get_model("activities", "ActivityPhoto").objects.create(activity=activity, photo=photo, position=1)


def file_url(photo: Photo, size: str = "small") -> str:
    return reverse("photos:file", args=[photo.sha256, size])


# --- sending ---------------------------------------------------------------------------------------


def test_several_files_get_an_answer_each(cast: Cast) -> None:
    files = [sent(), sent(b"no picture", "ข้อความ.jpg"), sent(b"", "ว่าง.jpg")]
    answer = cast.client("anong").post(UPLOAD, {"photos": files})
    assert answer.status_code == 200
    good, text, empty = answer.json()["files"]
    assert good["state"] == PhotoState.PENDING
    assert (good["width"], good["height"], good["name"]) == (640, 480, "ภาพ.jpg")
    assert "ข้อความ.jpg" in text["error"]
    assert "0 ไบต์" in empty["error"]
    assert Photo.objects.count() == 1


def test_one_file_is_answered_at_the_top_as_well(cast: Cast) -> None:
    data = pictures.with_exif(pictures.jpeg(), taken="2026:11:20 08:30:15", point=(8.0511, 98.8029))
    answer = cast.client("anong").post(UPLOAD, {"file": sent(data)}).json()
    assert answer["sha256"] == Photo.objects.get().sha256
    assert answer["taken_at"] == "2026-11-20T08:30:15+07:00"
    assert answer["latitude"] == pytest.approx(8.0511, abs=1e-4)


def test_when_nothing_could_be_taken_it_says_so(cast: Cast) -> None:
    answer = cast.client("anong").post(UPLOAD, {"photos": sent(b"", "ว่าง.jpg")})
    assert answer.status_code == 400
    assert "0 ไบต์" in answer.json()["error"]
    assert not Photo.objects.exists()
    assert cast.client("anong").post(UPLOAD).status_code == 400


def test_who_may_send(cast: Cast) -> None:
    assert cast.client("guest").post(UPLOAD, {"photos": sent()}).status_code == 401
    assert cast.client("boonmee").post(UPLOAD, {"photos": sent()}).status_code == 403
    assert not Photo.objects.exists()
    assert cast.client("ek").post(UPLOAD, {"photos": sent()}).status_code == 200
    assert Upload.objects.get().organization == cast.krabi


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("กิจกรรม.jpg", "กิจกรรม.jpg"),
        ("ยาม.jpg".encode().decode("latin-1"), "ยาม.jpg"),
        ("กิจกรรม.jpg".encode().decode("latin-1"), "ภาพ.jpg"),  # Django has dropped bytes of it
    ],
)
def test_thai_names_in_the_multipart_header(cast: Cast, name: str, kept: str) -> None:
    cast.client("anong").post(UPLOAD, {"photos": sent(name=name)})
    assert Upload.objects.get().name == kept


# --- what is missing -------------------------------------------------------------------------------


def test_only_what_this_office_lacks_is_missing(cast: Cast) -> None:
    photo = send(cast, pictures.jpeg())
    asked = {"sha256": [photo.sha256, "0" * 64]}
    url = reverse("photos:missing")
    mine = cast.client("anong").post(url, json.dumps(asked), content_type="application/json")
    assert mine.json() == {"missing": ["0" * 64]}
    foreign = cast.client("chai").post(url, asked)
    assert foreign.json() == {"missing": [photo.sha256, "0" * 64]}
    assert cast.client("guest").post(url, asked).status_code == 401
    for nonsense in ("[]", "x", '{"sha256": 5}', '{"sha256": [1]}'):
        answer = cast.client("anong").post(url, nonsense, content_type="application/json")
        assert answer.status_code == 400


def test_a_hash_alone_gives_no_right_to_use_or_see(cast: Cast) -> None:
    photo = prepare(send(cast, pictures.jpeg()))
    assert list(selectors.usable_photos(cast.anong, [photo.sha256])) == [photo]
    assert list(selectors.usable_photos(cast.chai, [photo.sha256])) == []
    assert list(selectors.usable_photos(cast.ek, [photo.sha256])) == []
    assert cast.client("chai").get(file_url(photo)).status_code == 404


# --- looking ---------------------------------------------------------------------------------------


def test_the_sender_sees_it_with_careful_headers(cast: Cast) -> None:
    photo = prepare(send(cast, pictures.jpeg()))
    client = cast.client("anong")
    answer = client.get(file_url(photo, "medium"))
    assert answer.status_code == 200
    assert b"".join(answer)[:2] == b"\xff\xd8"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Disposition"].startswith("inline")
    again = client.get(file_url(photo, "medium"), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("status", "seen_by"),
    [(None, {"anong", "boonmee"}), ("draft", {"anong", "boonmee"}),
     ("submitted", {"anong", "boonmee", "dao", "ek", "fah"})],
)  # fmt: skip
def test_who_sees_a_picture(cast: Cast, status: str | None, seen_by: set[str]) -> None:
    photo = prepare(send(cast, pictures.jpeg()))
    if status:
        in_record(photo, cast, status)
    tile = reverse("photos:tile", args=[photo.sha256, "small"])
    for name in ("anong", "boonmee", "chai", "dao", "ek", "fah", "guest"):
        for url in (file_url(photo), tile):
            hidden = 401 if (name, url) == ("guest", tile) else 404
            expected = 200 if name in seen_by else hidden
            assert cast.client(name).get(url).status_code == expected, (name, url)


def test_addresses_that_are_none(cast: Cast) -> None:
    photo = prepare(send(cast, pictures.jpeg()))
    client = cast.client("anong")
    for path in (
        f"/work/photos/{photo.sha256}/original.jpg",
        f"/work/photos/{photo.sha256[:-1]}/small.jpg",
        "/work/photos/../small.jpg",
        f"/work/photos/{'0' * 64}/small.jpg",
    ):
        assert client.get(path).status_code == 404


def test_seeing_costs_the_same_whatever_the_number(cast: Cast, django_assert_max_num_queries: object) -> None:
    photo = prepare(send(cast, pictures.jpeg()))
    with django_assert_max_num_queries(1):  # type: ignore[operator]  # one look-up with its rights
        selectors.visible_photo(cast.anong, photo.sha256)


# --- tiles -----------------------------------------------------------------------------------------


def test_a_tile_asks_for_itself_until_the_picture_is_there(cast: Cast) -> None:
    photo = send(cast, pictures.jpeg())
    url = reverse("photos:tile", args=[photo.sha256, "small"])
    waiting = cast.client("anong").get(url, {"caption": "ปลูก<ป่า>"}).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert url in waiting
    assert cast.client("anong").get(file_url(photo)).status_code == 404
    prepare(photo)
    ready = cast.client("anong").get(url, {"caption": "ปลูก<ป่า>"}).content.decode()
    assert "hx-get" not in ready
    assert file_url(photo) in ready
    assert "ปลูก&lt;ป่า&gt;" in ready


def test_a_tile_after_the_session_ended_leaves_the_page_alone(cast: Cast) -> None:
    photo = send(cast, pictures.jpeg())
    answer = cast.client("guest").get(
        reverse("photos:tile", args=[photo.sha256, "small"]), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 401
    assert "<html" not in answer.content.decode()


def test_a_broken_tile_says_what_to_do_and_stops_asking(cast: Cast) -> None:
    photo = send(cast, pictures.png_of(64, 64))
    prepare(photo)
    html = cast.client("anong").get(reverse("photos:tile", args=[photo.sha256, "small"])).content.decode()
    assert "นำภาพนี้ออก" in html
    assert "hx-get" not in html
