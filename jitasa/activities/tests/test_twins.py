"""The same activity recorded twice is asked about before it is sent."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.selectors.twins import Sought
from jitasa.activities.selectors.twins import twins as twins_of_one
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.record_batch import BatchRecord, Result, record_batch
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import DAY, full_values, make_draft, make_lists, make_photo, make_sent
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.organizations.models import Organization
from jitasa.problems import Refusal
from jitasa.thai.dates import short_date
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def twins(office: Organization, values: ActivityValues, uuid: UUID) -> list[Activity]:
    return twins_of_one(Sought(uuid=uuid, office=office.pk, values=values))


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


def test_the_service_asks_whichever_way_a_record_came_in(cast: Cast) -> None:
    first = make_sent(cast.anong)
    uuid, again = uuid4(), full_values(cast.aonang)

    def send(**more: Any) -> Any:
        return record_and_submit(
            actor=cast.anong, uuid=uuid, base_revision=None, values=again, now=NOW, page="p", **more
        )

    asked = send()
    assert (list(asked.twins), asked.problems, asked.same) == ([first], {}, False)
    assert (asked.activity.status, asked.activity.number) == ("draft", "")
    assert send().activity.revision == asked.activity.revision  # asked again, nothing written
    assert list(send(confirmed={uuid4()}).twins) == [first]
    sent = send(confirmed={first.uuid})
    assert sent.activity.number
    assert not sent.twins
    assert not send().twins  # what has its number is asked about no more


def test_a_draft_is_asked_about_by_the_service_that_sends_it(cast: Cast) -> None:
    first, draft = make_sent(cast.anong), make_draft(cast.anong)
    with pytest.raises(Refusal) as refused:
        submit(actor=cast.anong, activity=draft, now=NOW)
    assert refused.value.code == "looks_like"
    assert first.number in refused.value.message
    draft.refresh_from_db()
    assert (draft.status, draft.revision) == ("draft", 1)
    assert submit(actor=cast.anong, activity=draft, now=NOW, confirmed={first.uuid}).number


def test_a_batch_is_asked_about_what_is_stored_and_what_stands_before_it(cast: Cast) -> None:
    first = make_sent(cast.anong)
    other: dict[str, Any] = {"name": "ปลูกต้นไม้ริมถนน", "place": "ถนนสายใหม่"}
    batch = [
        BatchRecord(uuid=uuid4(), values=full_values(cast.aonang)),
        BatchRecord(uuid=uuid4(), values=full_values(cast.aonang, kind="no such kind", **other)),
        BatchRecord(uuid=uuid4(), values=full_values(cast.aonang, **other)),
        BatchRecord(uuid=uuid4(), values=full_values(cast.aonang, **other)),
    ]
    answers = record_batch(actor=cast.anong, records=batch, now=NOW)
    assert [each.result for each in answers] == [Result.KEPT, Result.REFUSED, Result.SENT, Result.KEPT]
    assert [each.code for each in answers] == ["looks_like", "invalid", "", "looks_like"]
    assert [each.twins for each in answers] == [(first.uuid,), (), (), (batch[2].uuid,)]
    assert first.number in answers[0].message
    sure = [replace(batch[at], confirmed=set(answers[at].twins)) for at in (0, 3)]
    assert {each.result for each in record_batch(actor=cast.anong, records=sure, now=NOW)} == {Result.SENT}


def test_pictures_tell_within_a_batch(cast: Cast) -> None:
    pictures = tuple(PhotoValue(sha256=make_photo(cast.aonang, seed).sha256) for seed in "ab")
    one = full_values(cast.aonang, photos=pictures)
    two = replace(one, name="งานอื่น")
    three = replace(two, photos=(PhotoValue(sha256=make_photo(cast.aonang, "c").sha256), *pictures[:1]))
    apart = replace(three, name="กวาดถนน", photos=three.photos[:1])
    batch = [BatchRecord(uuid=uuid4(), values=values) for values in (one, two, three, apart)]
    answers = record_batch(actor=cast.anong, records=batch, now=NOW)
    assert [each.result for each in answers] == ["sent", "kept", "kept", "kept"]
    assert [set(each.twins) for each in answers][1:] == [
        {batch[0].uuid},
        {batch[0].uuid, batch[1].uuid},
        {batch[2].uuid},
    ]
