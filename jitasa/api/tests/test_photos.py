"""Pictures through the API: by hash, in pieces that resume, or with their record."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists
from jitasa.api.tests.calling import Program, data_of, record_of, token_for
from jitasa.photos import pieces
from jitasa.photos.models import Photo, Upload
from jitasa.photos.tests import pictures
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
DATA = pictures.jpeg()
SHA = hashlib.sha256(DATA).hexdigest()
WHOLE = len(DATA)


@pytest.fixture
def program(cast: Cast) -> Program:
    make_lists()
    return Program(token_for(cast.boonmee)[1])


def put(program: Program, data: bytes, sha: str = SHA, **headers: str) -> HttpResponse:
    return program.raw(
        "put", f"photos/{sha}", data=data, content_type="application/octet-stream", headers=headers
    )


def piece(program: Program, start: int, end: int, data: bytes = DATA, **more: int) -> HttpResponse:
    """Bytes ``start`` to ``end`` (not included)."""
    total = more.get("total", WHOLE)
    return put(program, data[start:end], Content_Range=f"bytes {start}-{end - 1}/{total}")


def test_a_picture_is_asked_for_sent_and_there(cast: Cast, program: Program) -> None:
    assert data_of(program("post", "photos/missing", {"sha256": [SHA]})) == {"missing": [SHA]}
    assert program("head", f"photos/{SHA}").status_code == 404
    for _again in range(2):
        answer = put(program, DATA)
        assert answer.status_code == 201
        assert data_of(answer)["sha256"] == SHA
    assert data_of(program("post", "photos/missing", {"sha256": [SHA]})) == {"missing": []}
    assert program("head", f"photos/{SHA}")["Upload-Offset"] == str(WHOLE)
    assert Upload.objects.get().organization == cast.aonang


def test_a_picture_whose_hash_is_not_its_content_is_refused(program: Program) -> None:
    answer = put(program, DATA, "0" * 64)
    assert answer.status_code == 422
    assert data_of(answer)["code"] == "other_hash"
    assert data_of(answer)["found"] == SHA
    assert not Photo.objects.exists()
    assert put(program, b"", hashlib.sha256(b"").hexdigest()).status_code == 422
    assert put(program, b"no picture", hashlib.sha256(b"no picture").hexdigest()).status_code == 422
    assert put(program, DATA, SHA.upper()).status_code == 404


def test_a_picture_that_another_office_sent_is_missing_here(cast: Cast, program: Program) -> None:
    put(Program(token_for(cast.fah)[1]), DATA)
    assert data_of(program("post", "photos/missing", {"sha256": [SHA]})) == {"missing": [SHA]}
    assert program("head", f"photos/{SHA}").status_code == 404


def test_pieces_resume_where_they_stopped(program: Program) -> None:
    assert piece(program, 0, 1000).status_code == 202
    assert program("head", f"photos/{SHA}")["Upload-Offset"] == "1000"
    assert piece(program, 0, 1000)["Upload-Offset"] == "1000"  # twice
    early = piece(program, 2000, 3000)  # out of order: something is missing
    assert (early.status_code, data_of(early)["code"], data_of(early)["offset"]) == (
        409,
        "piece_missing",
        1000,
    )
    assert piece(program, 500, 2000)["Upload-Offset"] == "2000"  # overlapping
    done = piece(program, 2000, WHOLE)
    again = piece(program, 2000, WHOLE)  # the first answer was lost on the way
    assert (done.status_code, again.status_code) == (201, 200)
    assert data_of(again) == data_of(done)
    assert Photo.objects.get().sha256 == SHA
    assert pieces.offset(Upload.objects.get().organization_id, SHA) == 0


def test_other_bytes_in_the_same_place_begin_anew(program: Program) -> None:
    piece(program, 0, 1000)
    answer = piece(program, 0, 1000, b"x" * WHOLE)
    assert (answer.status_code, data_of(answer)["code"]) == (409, "piece_differs")
    assert program("head", f"photos/{SHA}")["Upload-Offset"] == "0"


def test_pieces_that_make_another_picture_are_thrown_away(program: Program) -> None:
    wrong = DATA[:-1] + b"x"
    piece(program, 0, 1000)
    answer = piece(program, 1000, WHOLE, wrong)
    assert (answer.status_code, data_of(answer)["code"]) == (422, "other_hash")
    assert program("head", f"photos/{SHA}")["Upload-Offset"] == "0"
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "bytes",
        "bytes 5-1/10",
        "bytes 0-10/10",
        "bytes 0-9/*",
        "bytes ๐-๙/๑๐",
        "bytes 0-5/10",
        f"bytes 0-9/{'9' * 30}",
    ],
)
def test_a_range_that_means_nothing_is_422(program: Program, text: str) -> None:
    answer = put(program, b"0123456789", Content_Range=text.encode().decode("latin-1"))
    assert (answer.status_code, data_of(answer)["code"]) == (422, "content_range")


def test_what_is_too_large_is_refused_before_it_comes(program: Program) -> None:
    most = settings.PHOTO_MAX_BYTES
    assert put(program, b"x", Content_Range=f"bytes 0-0/{most + 1}").status_code == 413


def test_an_office_has_so_many_unfinished_pictures_and_they_are_forgotten(
    cast: Cast, program: Program
) -> None:
    folder = Path(settings.MEDIA_ROOT) / pieces.FOLDER / str(cast.aonang.pk)
    for number in range(pieces.UNFINISHED_MOST):
        sha = hashlib.sha256(str(number).encode()).hexdigest()
        put(program, b"x", sha, Content_Range="bytes 0-0/100")
    answer = piece(program, 0, 1000)
    assert (answer.status_code, data_of(answer)["code"]) == (409, "too_many_unfinished")
    stamp = max(path.stat().st_mtime for path in folder.iterdir())
    later = NOW.fromtimestamp(stamp, NOW.tzinfo) + timedelta(hours=25)
    assert pieces.sweep_pieces(now=later - timedelta(hours=2)) == 0
    assert pieces.sweep_pieces(now=later) == pieces.UNFINISHED_MOST
    assert piece(program, 0, 1000).status_code == 202


def test_a_record_and_its_pictures_come_in_one_request(cast: Cast, program: Program) -> None:
    uuid = uuid4()
    record = json.dumps(record_of(cast.aonang, photos=[]))
    for _again in range(2):
        files = [SimpleUploadedFile(f"ภาพ{n}.jpg", pictures.jpeg(seed=n), "image/jpeg") for n in (1, 2)]
        answer = program.raw(
            "post",
            f"activities/{uuid}/with-photos",
            data={"record": record, "submit": "true", "photos": files},
        )
        assert answer.status_code in (200, 201), answer.content.decode()
        assert data_of(answer)["status"] == "submitted", data_of(answer)
    row = Activity.objects.get()
    named = Upload.objects.exclude(name="").order_by("pk").values_list("name", flat=True)
    assert row.photo_count == 2
    assert list(named) == ["ภาพ1.jpg", "ภาพ2.jpg"]


def test_a_bad_part_stores_nothing(cast: Cast, program: Program) -> None:
    for record, status in (("", 400), ("{", 400), ("[]", 422), ('{"nonsense": 1}', 422)):
        answer = program.raw("post", f"activities/{uuid4()}/with-photos", data={"record": record})
        assert answer.status_code == status, record
    wrong = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    sent = {"record": json.dumps(record_of(cast.aonang, photos=[])), "photos": wrong}
    answer = program.raw("post", f"activities/{uuid4()}/with-photos", data=sent)
    assert answer.status_code == 422
    assert not Activity.objects.exists()
