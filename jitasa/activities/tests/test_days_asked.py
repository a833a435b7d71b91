"""A day far off is asked back before a number is given, and taken with a yes to that very day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from jitasa.activities import rules_days
from jitasa.activities.models import Activity
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import full_values, make_draft, make_lists, make_photo
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.organizations.models import Organization
from jitasa.problems import Refusal
from jitasa.rounds.models import Round
from jitasa.thai.dates import add_months, month_of, today
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
FAR = date(1983, 11, 22)

OTHER = "ปลูกต้นไม้ริมถนนสายใหม่"  # not the same activity again: that is asked, too


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def values(cast: Cast, day: date, **changes: Any) -> ActivityValues:
    return full_values(cast.aonang, **{"start_date": day, "day_confirmed": None, **changes})


def sent(cast: Cast, given: ActivityValues, now: datetime = NOW) -> Any:
    return record_and_submit(actor=cast.anong, uuid=uuid4(), base_revision=None, values=given, now=now)


def test_a_number_is_never_given_to_a_far_month_silently(cast: Cast) -> None:
    asked = sent(cast, values(cast, FAR))
    assert asked.activity.number == ""
    assert "22 พฤศจิกายน 2526" in asked.problems["start_date"][0]
    assert "43 ปี" in asked.problems["start_date"][0]
    yes = sent(cast, values(cast, FAR, day_confirmed=FAR, name=OTHER, place=OTHER))
    assert yes.problems == {}
    assert yes.activity.number


def test_a_yes_is_to_one_day(cast: Cast) -> None:
    other = sent(cast, values(cast, FAR, day_confirmed=FAR + timedelta(days=1)))
    assert set(other.problems) == {"start_date"}
    assert Activity.objects.get(pk=other.activity.pk).day_confirmed is None


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2026, 11, 1), False),
        (date(2026, 10, 16), False),  # 37 days: as long as November's round, 1 November to 8 December
        (date(2026, 10, 15), True),
        (date(2025, 11, 22), True),
    ],
)
def test_further_back_than_a_round_is_long(cast: Cast, day: date, asked: bool) -> None:
    assert ("start_date" in sent(cast, values(cast, day)).problems) is asked


def test_before_the_offices_first_round(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.aonang.pk).update(founded_on=date(2026, 11, 10))
    Round.objects.create(month=date(2026, 9, 1), due_on=date(2026, 10, 5), nominal_due_on=date(2026, 10, 5))
    cast.aonang.refresh_from_db()
    assert "start_date" in sent(cast, values(cast, date(2026, 10, 30))).problems
    since = rules_days.believed_since(
        today=date(2026, 11, 22), due_on=date(2026, 12, 5), first_round=date(2026, 11, 1)
    )
    assert since == date(2026, 11, 1)


def test_a_camera_whose_clock_was_reset_is_asked_about(cast: Cast) -> None:
    photo = make_photo(cast.aonang, "reset", taken_at=datetime(2002, 1, 1, 3, tzinfo=UTC))
    given = values(cast, date(2002, 1, 1))
    given = values(cast, date(2002, 1, 1), photos=(*given.photos, PhotoValue(sha256=photo.sha256)))
    assert sent(cast, given).problems["start_date"][0].startswith("ภาพบอกว่าถ่ายเมื่อ 1 มกราคม 2545 ใช่หรือไม่")


def test_the_approver_and_the_button_ask_as_well(cast: Cast) -> None:
    draft = make_draft(cast.anong, start_date=FAR, day_confirmed=None)
    with pytest.raises(Refusal) as refusal:
        submit(actor=cast.boonmee, activity=draft, now=NOW)
    assert "start_date" in refusal.value.fields
    draft = make_draft(cast.anong, start_date=FAR, day_confirmed=FAR, name=OTHER, place=OTHER)
    assert submit(actor=cast.boonmee, activity=draft, now=NOW).number


def posted(cast: Cast, day: str, **more: str) -> dict[str, Any]:
    photos = [make_photo(cast.aonang, str(uuid4())).sha256 for _ in range(2)]
    return {
        "name": "ทำความสะอาดชายหาด",
        "kind": "development",
        "start_date": day,
        "place": "หาด",
        "tambon_code": "810116",
        "group_people": "12",
        "photos_shown": "1",
        "photo": photos,
        **more,
    }


def test_the_page_asks_keeps_what_was_typed_and_takes_the_yes(cast: Cast) -> None:
    client, address = cast.client("anong"), f"/work/activities/{uuid4()}/edit/"
    far = posted(cast, "22/11/2526")
    answer = client.post(address, {**far, "action": "submit"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="start_date_sure" value="1983-11-22"' in page
    assert "ทำความสะอาดชายหาด" in page
    record = Activity.objects.get()
    again = {
        **far,
        "action": "submit",
        "base_revision": str(record.revision),
        "start_date_sure": "1983-11-22",
    }
    assert client.post(address, again).status_code == 302
    assert Activity.objects.get().number


def test_two_digits_of_the_christian_year_are_this_year(cast: Cast) -> None:
    client, address = cast.client("anong"), f"/work/activities/{uuid4()}/edit/"
    day = today(timezone.now())
    typed = f"{day.day}/{day.month}/{day.year % 100:02}"
    assert client.post(address, {**posted(cast, typed), "action": "submit"}).status_code == 302
    assert Activity.objects.get().start_date == day


def test_a_draft_may_have_any_day_and_a_kept_yes_stays_ticked(cast: Cast) -> None:
    client = cast.client("anong")
    address = f"/work/activities/{uuid4()}/edit/"
    far = month_of(add_months(today(timezone.now()).replace(day=1), -5))
    typed = {**posted(cast, far.isoformat()), "start_date_sure": far.isoformat(), "action": "save"}
    assert client.post(address, typed).status_code == 302
    assert Activity.objects.get().day_confirmed == far
    assert f'name="start_date_sure" value="{far.isoformat()}" checked' in client.get(address).content.decode()


# --- letters that documents cannot be set with ------------------------------------------------------
def test_letters_no_face_has_are_said_before_a_number_is_given(cast: Cast) -> None:
    given = values(cast, date(2026, 11, 20), name="ปลูกป่า 🌳", result="ไปกับ 学校")
    told = sent(cast, given)
    assert told.activity.number == ""
    assert "🌳" in told.problems["name"][0]
    assert "学" in told.problems["result"][0]
    assert told.activity.name == "ปลูกป่า 🌳"  # the draft keeps what was typed


def test_the_page_says_so_while_somebody_types(cast: Cast) -> None:
    client, address = cast.client("anong"), f"/work/activities/{uuid4()}/autosave/"
    typed = posted(cast, today(timezone.now()).isoformat(), name="ปลูกป่า 👨‍👩‍👧")
    answer = client.post(address, typed).json()
    assert "👨" in answer["html"]
    assert Activity.objects.get().name == "ปลูกป่า 👨‍👩‍👧"
