"""Flags as they are found when records are sent, and looked at again later."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jitasa.activities.choices import Part
from jitasa.activities.models import Activity, FlagDue
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import DAY, make_draft, make_lists, make_photo, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo, PhotoState, Upload
from jitasa.review.choices import FlagKind
from jitasa.review.models import Flag
from jitasa.review.services.flag import flag_pending, look_now
from tests.cast import NOW, Cast

ISLAND: dict[str, Any] = {"latitude": 7.7, "longitude": 99.1, "place": "ศาลาประชาคม"}
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def kinds(activity: Activity) -> list[str]:
    activity.refresh_from_db()
    found = [row.kind for row in activity.flags.order_by("id")]
    assert activity.flag_count == len(found)
    return found


def use(photo: Photo, office: Organization, *more: Photo) -> tuple[PhotoValue, ...]:
    for each in (photo, *more):
        Upload.objects.get_or_create(photo=each, organization=office, defaults={"created_at": NOW})
    return tuple(PhotoValue(sha256=each.sha256) for each in (photo, *more))


def test_an_ordinary_record_has_no_flag(cast: Cast) -> None:
    assert kinds(make_sent(cast.anong)) == []


def test_the_same_picture_in_another_office_is_found_and_both_are_flagged(cast: Cast) -> None:
    shared = make_photo(cast.aonang, "shared")
    mine, second = make_photo(cast.aonang, "1"), make_photo(cast.kokklang, "2")
    first = make_sent(cast.anong, photos=use(shared, cast.aonang, mine))
    copy = make_sent(cast.chai, start_date=DAY - timedelta(days=3), photos=use(shared, cast.kokklang, second))
    assert kinds(first) == []
    assert kinds(copy) == [FlagKind.SAME_PHOTO]
    row = copy.flags.get()
    assert row.other == first
    assert row.evidence == {"pairs": [{"mine": shared.sha256, "theirs": shared.sha256, "exact": True}]}
    assert flag_pending(LATER) == 2
    assert kinds(first) == [FlagKind.SAME_PHOTO]
    while flag_pending(LATER):
        pass
    assert not FlagDue.objects.exists()


def test_a_draft_accuses_nobody(cast: Cast) -> None:
    shared = make_photo(cast.aonang, "shared")
    make_draft(cast.anong, photos=use(shared, cast.aonang, make_photo(cast.aonang, "1")))
    sent = make_sent(cast.chai, **ISLAND, photos=use(shared, cast.kokklang, make_photo(cast.kokklang, "2")))
    assert kinds(sent) == []


def test_a_nearly_identical_picture_is_found_once_it_is_prepared(cast: Cast) -> None:
    known = make_photo(cast.aonang, "known", dhash=0x0F0F, band0=0x0F0F, band1=0, band2=0, band3=0)
    first = make_sent(cast.anong, photos=use(known, cast.aonang, make_photo(cast.aonang, "1")))
    like = make_photo(cast.kokklang, "like", state=PhotoState.PENDING)
    copy = make_sent(cast.chai, **ISLAND, photos=use(like, cast.kokklang, make_photo(cast.kokklang, "2")))
    assert kinds(copy) == []
    flag_pending(LATER)
    assert FlagDue.objects.filter(activity=copy).exists(), "it waits for its picture"
    Photo.objects.filter(pk=like.pk).update(
        state=PhotoState.READY, dhash=0x0F0E, band0=0x0F0E, band1=0, band2=0, band3=0
    )
    assert flag_pending(LATER) == 1
    assert kinds(copy) == [FlagKind.SAME_PHOTO]
    assert copy.flags.get().evidence["pairs"][0]["exact"] is False
    flag_pending(LATER)
    assert kinds(first) == [FlagKind.SAME_PHOTO]


def test_withdrawing_takes_the_accusation_back(cast: Cast) -> None:
    shared = make_photo(cast.aonang, "shared")
    first = make_sent(cast.anong, photos=use(shared, cast.aonang, make_photo(cast.aonang, "1")))
    copy = make_sent(cast.chai, **ISLAND, photos=use(shared, cast.kokklang, make_photo(cast.kokklang, "2")))
    flag_pending(LATER)
    withdraw(actor=cast.anong, activity=first, reason="บันทึกซ้ำ", now=LATER)
    assert flag_pending(LATER) == 1, "the record withdrawn"
    assert (kinds(first), Activity.objects.get(pk=first.pk).flag_count) == ([], 0)
    assert flag_pending(LATER) == 1, "the one it was evidence against"
    assert (kinds(copy), Activity.objects.get(pk=copy.pk).flag_count) == ([], 0)


def test_a_record_withdrawn_before_its_first_look_waits_for_none(cast: Cast) -> None:
    sent = make_sent(cast.anong, look=False)
    withdraw(actor=cast.anong, activity=sent, reason="บันทึกซ้ำ", now=LATER)
    flag_pending(LATER)
    assert not Activity.objects.get(pk=sent.pk).awaits_look
    assert not FlagDue.objects.exists()


def test_what_the_camera_wrote_is_compared_with_the_record(cast: Cast) -> None:
    noon = datetime(2026, 11, 10, 5, tzinfo=UTC)
    odd = make_photo(cast.aonang, "odd", taken_at=noon, latitude=8.6, longitude=99.0)
    sent = make_sent(cast.anong, photos=use(odd, cast.aonang, make_photo(cast.aonang, "1")))
    assert kinds(sent) == [FlagKind.PHOTO_DATE, FlagKind.PHOTO_PLACE]


def test_a_pin_far_from_the_office(cast: Cast) -> None:
    assert kinds(make_sent(cast.anong, latitude=8.6, longitude=99.0)) == [FlagKind.OUTSIDE_AREA]


def test_an_unusual_head_count(cast: Cast) -> None:
    for count in range(5):
        make_sent(cast.anong, start_date=DAY - timedelta(days=count + 1), groups={"people": 50 + count})
    assert kinds(make_sent(cast.anong, groups={"people": 900})) == [FlagKind.HEAD_COUNT]
    assert kinds(make_sent(cast.chai, **ISLAND, groups={"people": 500})) == []


def test_the_same_event_of_another_office_until_it_is_linked(cast: Cast) -> None:
    host = make_sent(cast.anong)
    guest = make_sent(
        cast.chai, name="ร่วมทำความสะอาดชายหาด", part=Part.GUEST, host_organization_id=cast.aonang.pk
    )
    assert kinds(guest) == [FlagKind.SAME_EVENT]
    linked = make_sent(
        cast.chai,
        part=Part.GUEST,
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
    )
    assert [row.other_id for row in linked.flags.all()] == []


def test_the_number_of_queries_does_not_grow_with_what_is_found(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    shared = make_photo(cast.kokklang, "shared")
    for number in range(12):
        day = DAY - timedelta(days=number)
        make_sent(
            cast.chai,
            start_date=day,
            **ISLAND,
            photos=use(shared, cast.kokklang, make_photo(cast.kokklang, f"{number}")),
        )
    copy = make_sent(cast.anong, photos=use(shared, cast.aonang, make_photo(cast.aonang, "mine")))
    assert kinds(copy) == [FlagKind.SAME_PHOTO] * 12
    Flag.objects.filter(activity=copy).delete()
    Activity.objects.filter(pk=copy.pk).update(awaits_look=True)
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # a fixture of pytest-django
        look_now(copy, LATER)


def test_evidence_survives_a_second_look_unchanged(cast: Cast) -> None:
    sent = make_sent(cast.anong, latitude=8.6, longitude=99.0)
    row = sent.flags.get()
    flag_pending(LATER)
    again = sent.flags.get()
    assert (again.pk, again.found_at, again.evidence) == (row.pk, NOW, row.evidence)
