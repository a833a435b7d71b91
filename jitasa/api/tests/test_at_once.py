"""The same thing sent by several at one moment: one row, one receipt, one picture."""

import hashlib
from functools import partial
from uuid import uuid4

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists
from jitasa.api.tests.calling import Program, data_of, record_of, token_for
from jitasa.compilation.services.check import differences
from jitasa.photos import pieces
from jitasa.photos.models import Photo, Upload
from jitasa.photos.tests import pictures
from tests.at_once import at_once
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at(NOW), pytest.mark.postgresql]


def programs(cast: Cast, count: int) -> list[Program]:
    make_lists()
    token = token_for(cast.boonmee)[1]
    return [Program(token) for _ in range(count)]


def test_ten_parallel_sends_of_one_record_are_one_row(cast: Cast) -> None:
    path, record = f"activities/{uuid4()}?submit=true", record_of(cast.aonang)
    acts = [partial(each, "put", path, record) for each in programs(cast, 10)]
    answers = at_once(acts)
    found = [(each.status_code, data_of(each)["number"]) for each in answers]
    assert sorted(status for status, _number in found) == [200] * 9 + [201], found
    row = Activity.objects.get()
    assert {number for _status, number in found} == {row.number}
    assert row.revisions.count() == row.revision == 1
    assert list(differences()) == []


def test_ten_parallel_batches_of_the_same_records_are_those_records(cast: Cast) -> None:
    items = [
        {"uuid": str(uuid4()), "record": record_of(cast.aonang, name=f"งานที่ {n}", place=f"ที่ {n}")}
        for n in range(5)
    ]
    acts = [partial(each, "post", "activities/batch", {"records": items}) for each in programs(cast, 10)]
    answers = [data_of(each)["answers"] for each in at_once(acts)]
    assert Activity.objects.count() == 5
    numbers = [[each["number"] for each in one] for one in answers]
    assert all(one == numbers[0] and all(one) for one in numbers)
    assert list(differences()) == []


def test_two_changes_over_one_revision_are_one_and_a_conflict(cast: Cast) -> None:
    one, two = programs(cast, 2)
    uuid, record = uuid4(), record_of(cast.aonang)
    one("put", f"activities/{uuid}", record)
    answers = at_once(
        [
            partial(one, "put", f"activities/{uuid}", {**record, "name": "ของหนึ่ง", "revision": 1}),
            partial(two, "put", f"activities/{uuid}", {**record, "name": "ของสอง", "revision": 1}),
        ]
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    lost = next(each for each in answers if each.status_code == 409)
    assert data_of(lost)["differing"] == ["name"]
    assert Activity.objects.get().revision == 2


def test_two_programs_with_the_pieces_of_one_picture_make_one_picture(cast: Cast) -> None:
    data = pictures.jpeg(seed=7)
    sha, step = hashlib.sha256(data).hexdigest(), len(data) // 4 + 1
    starts = range(0, len(data), step)

    def send(program: Program) -> list[int]:
        found = []
        for start in starts:
            part = data[start : start + step]
            text = f"bytes {start}-{start + len(part) - 1}/{len(data)}"
            answer = program.raw(
                "put",
                f"photos/{sha}",
                data=part,
                content_type="application/octet-stream",
                headers={"Content-Range": text},
            )
            found.append(answer.status_code)
        return found

    one, two = programs(cast, 2)
    answers = at_once([partial(send, one), partial(send, two)])
    for statuses in answers:
        assert set(statuses) <= {200, 201, 202, 409}, answers
    assert Photo.objects.get().sha256 == sha
    assert pieces.offset(Upload.objects.get().organization_id, sha) == 0
    assert one("head", f"photos/{sha}")["Upload-Offset"] == str(len(data))
