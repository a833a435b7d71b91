"""The same activity recorded twice is asked about before it is sent."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.selectors.twins import twins
from jitasa.activities.tests.making import DAY, full_values, make_draft, make_lists, make_photo, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.thai.dates import short_date
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def test_like_name_and_place_on_one_day(cast: Cast) -> None:
    first = make_sent(cast.anong)
    again = full_values(cast.aonang)
    assert twins(cast.aonang, again, uuid4()) == [first]
    assert twins(cast.aonang, replace(again, name="ทำความสะอาดหาดนพรัตน์ธารา"), uuid4()) == [first]
    assert twins(cast.aonang, again, first.uuid) == []
    assert twins(cast.aonang, replace(again, place="โรงเรียนบ้านอ่าวนาง"), uuid4()) == []
    assert twins(cast.aonang, replace(again, name="ปลูกต้นไม้ริมถนน"), uuid4()) == []
    assert twins(cast.aonang, replace(again, start_date=DAY.replace(day=19)), uuid4()) == []
    assert twins(cast.kokklang, again, uuid4()) == []


def test_nearly_the_same_pictures_on_one_day(cast: Cast) -> None:
    first = make_sent(cast.anong)
    known = [row.photo for row in first.photos.all()]
    known[0].dhash = 0b1111_0000_1111_0000
    known[0].save()
    near = make_photo(cast.aonang, "near", dhash=0b1111_0000_1111_0011)
    far = make_photo(cast.aonang, "far", dhash=0b0000_1111_0000_1111)
    other = full_values(cast.aonang, name="งานอื่น")

    def with_photos(*shas: str) -> Any:
        return replace(other, photos=tuple(PhotoValue(sha256=sha) for sha in shas))

    assert twins(cast.aonang, with_photos(near.sha256, far.sha256), uuid4()) == [first]
    assert twins(cast.aonang, with_photos(known[1].sha256), uuid4()) == [first]
    assert twins(cast.aonang, with_photos(far.sha256), uuid4()) == []
    elsewhere = replace(with_photos(known[1].sha256), place="โรงเรียนบ้านอ่าวนาง")
    assert twins(cast.aonang, elsewhere, uuid4()) == []  # another event: its reviewer is told of the picture


def test_the_clerk_is_asked_and_may_say_that_it_is_another(cast: Cast) -> None:
    first = make_sent(cast.anong)
    client, uuid = cast.client("anong"), uuid4()
    address = f"/work/activities/{uuid}/edit/"
    typed: dict[str, Any] = {
        "name": first.name,
        "kind": "development",
        "start_date": short_date(DAY),
        "start_date_sure": DAY.isoformat(),
        "place": first.place,
        "tambon_code": "810116",
        "group_people": "12",
        "photos_shown": "1",
        "photo": [make_photo(cast.aonang, str(uuid4())).sha256 for _ in range(2)],
        "action": "submit",
    }
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="told_apart" value="{first.uuid}" form="record"' in page
    kept = Activity.objects.get(uuid=uuid)
    assert (kept.number, kept.name) == ("", first.name)
    typed |= {"base_revision": str(kept.revision), "told_apart": [str(first.uuid)]}
    assert client.post(address, typed).status_code == 302
    assert Activity.objects.get(uuid=uuid).number


def test_a_draft_sent_from_its_page_is_asked_about_on_the_form(cast: Cast) -> None:
    make_sent(cast.anong)
    draft = make_draft(cast.anong)
    client = cast.client("anong")
    answer = client.post(f"/work/activities/{draft.uuid}/submit/", {"revision": draft.revision})
    assert answer["Location"] == f"/work/activities/{draft.uuid}/edit/"
    draft.refresh_from_db()
    assert draft.number == ""
    other = make_draft(cast.anong, name="ปลูกต้นไม้ริมถนน", place="ถนนสายใหม่")
    client.post(f"/work/activities/{other.uuid}/submit/", {"revision": other.revision})
    other.refresh_from_db()
    assert other.number
