"""Saving: once per UUID, never over somebody else's work."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.content import cleaned
from jitasa.activities.services.save_draft import EditConflict, save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import full_values, make_draft, make_lists, make_photo, make_sent
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.audit.models import Entry
from jitasa.organizations.choices import Role
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds.models import Kind, Tally
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def test_creates_with_parts_revision_and_tally(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    assert (activity.status, activity.revision, activity.participants) == (Status.DRAFT, 1, 66)
    assert activity.month == date(2026, 11, 1)
    assert activity.organization_name == "อบต.อ่าวนาง"
    revision = ActivityRevision.objects.get(activity=activity)
    assert revision.data["words"]["groups"] == "จิตอาสา 904 4 · ประชาชนจิตอาสา 62"
    assert revision.data["values"]["measures"] == {"waste": "240"}
    tally = Tally.objects.get()
    assert (tally.status, tally.activities, tally.participants, tally.photos) == ("draft", 1, 66, 2)
    assert [step.act for step in activity.steps.all()] == ["created"]
    assert Entry.objects.filter(verb="activity.create").count() == 1


def test_same_thing_twice_is_one_record(cast: Cast) -> None:
    uuid, values = uuid4(), full_values(cast.aonang)
    for _ in range(2):
        activity = save_draft(actor=cast.anong, uuid=uuid, base_revision=None, values=values, now=NOW)
    assert activity.revision == 1
    assert Activity.objects.count() == 1
    assert Tally.objects.get().activities == 1


def test_values_come_back_as_they_were_saved(cast: Cast) -> None:
    values = full_values(cast.aonang, budget_source="ordinance", budget_amount=Decimal("1200.50"))
    values = replace(values, budget_project="โครงการจิตอาสา", publicity=("line", "facebook"), men=30, women=36)
    activity = save_draft(actor=cast.anong, uuid=uuid4(), base_revision=None, values=values, now=NOW)
    assert values_of(Activity.objects.get(pk=activity.pk)) == cleaned(values)


def test_stale_revision_shows_both_versions(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    mine = replace(values_of(activity), name="ชื่อของอนงค์")
    theirs = replace(values_of(activity), name="ชื่อของบุญมี", place="วัด")
    save_draft(actor=cast.boonmee, uuid=activity.uuid, base_revision=1, values=theirs, now=NOW)
    with pytest.raises(EditConflict) as refusal:
        save_draft(actor=cast.anong, uuid=activity.uuid, base_revision=1, values=mine, now=NOW)
    assert refusal.value.theirs.name == "ชื่อของบุญมี"
    assert refusal.value.mine.name == "ชื่อของอนงค์"
    assert refusal.value.fields_differing == ("name", "place")
    activity.refresh_from_db()
    assert (activity.name, activity.revision) == ("ชื่อของบุญมี", 2)


def test_own_lost_answer_is_no_conflict(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    values = values_of(activity)
    for number, name in enumerate(["ก", "กข", "กขค"]):
        save_draft(
            actor=cast.anong,
            uuid=activity.uuid,
            base_revision=1,
            values=replace(values, name=name),
            now=NOW + timedelta(seconds=number),
            page="page-1",
        )
    activity.refresh_from_db()
    assert (activity.name, activity.revision) == ("กขค", 4)
    with pytest.raises(EditConflict):
        save_draft(
            actor=cast.anong,
            uuid=activity.uuid,
            base_revision=1,
            values=replace(values, name="อีกหน้าหนึ่ง"),
            now=NOW,
            page="page-2",
        )


def test_typing_is_one_revision_but_what_was_sent_stays(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    for number in range(3):
        values = replace(values_of(activity), name=f"ชื่อ {number}")
        activity = save_draft(
            actor=cast.anong, uuid=activity.uuid, base_revision=activity.revision, values=values, now=NOW
        )
    assert list(activity.revisions.values_list("number", flat=True)) == [1, 4]
    sent = submit(actor=cast.anong, activity=activity, now=NOW)
    assert list(sent.revisions.values_list("number", flat=True)) == [1, 4, 5]


def test_others_may_not_write(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    before = Activity.objects.values().get()
    for actor in (cast.chai, cast.dao, cast.fah):
        with pytest.raises(Forbidden):
            save_draft(
                actor=actor, uuid=activity.uuid, base_revision=1, values=ActivityValues(name="x"), now=NOW
            )
    for actor in (cast.dao, cast.fah, replace(cast.anong, roles=frozenset({Role.VIEWER}))):
        with pytest.raises(Forbidden):
            save_draft(actor=actor, uuid=uuid4(), base_revision=None, values=ActivityValues(), now=NOW)
    assert Activity.objects.values().get() == before


def test_sent_record_is_closed_to_editing(cast: Cast) -> None:
    activity = make_sent(cast.anong)
    values = replace(values_of(activity), name="อื่น")
    with pytest.raises(Conflict) as refusal:
        save_draft(
            actor=cast.anong, uuid=activity.uuid, base_revision=activity.revision, values=values, now=NOW
        )
    assert refusal.value.code == "wrong_state"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "ก" * 300}, "name"),
        ({"end_date": date(2026, 11, 19)}, "end_date"),
        ({"latitude": 35.0, "longitude": 139.0}, "point"),
        ({"latitude": 8.0, "longitude": None}, "point"),
        ({"groups": {"v904": 60_000, "people": 60_000}}, "participants"),
        ({"groups": {"v904": -1}}, "participants"),
        ({"measures": {"waste": Decimal(-1)}}, "measures"),
        ({"tambon_code": "999999"}, "tambon_code"),
        ({"kind": "unknown"}, "kind"),
        ({"kind": "disaster"}, "sub_kind"),
        ({"occasion_id": 77}, "occasion_id"),
        ({"groups": {"unknown": 1}}, "participants"),
        ({"photos": (PhotoValue(sha256="0" * 64),)}, "photos"),
        ({"part": "guest", "host_organization_id": 10**6}, "host_organization_id"),
    ],
)
def test_refused_values_change_nothing(cast: Cast, changes: dict[str, object], field: str) -> None:
    activity = make_draft(cast.anong)
    before = Activity.objects.values().get()
    with pytest.raises(Refusal) as refusal:
        save_draft(
            actor=cast.anong,
            uuid=activity.uuid,
            base_revision=1,
            values=replace(values_of(activity), **changes),  # type: ignore[arg-type]  # by parametrize
            now=NOW,
        )
    assert list(refusal.value.fields) == [field]
    assert Activity.objects.values().get() == before
    with pytest.raises(Refusal):
        save_draft(
            actor=cast.anong,
            uuid=uuid4(),
            base_revision=None,
            values=replace(full_values(cast.aonang), **changes),  # type: ignore[arg-type]  # by parametrize
            now=NOW,
        )
    assert Activity.objects.count() == 1


def test_picture_of_another_office_is_not_usable(cast: Cast) -> None:
    photo = make_photo(cast.kokklang, "theirs")
    with pytest.raises(Refusal):
        save_draft(
            actor=cast.anong,
            uuid=uuid4(),
            base_revision=None,
            values=ActivityValues(photos=(PhotoValue(sha256=photo.sha256),)),
            now=NOW,
        )


def test_retired_kind_stays_on_the_record(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    Kind.objects.filter(code="development").update(retired_at=NOW)
    values = replace(values_of(activity), name="ชื่อใหม่")
    saved = save_draft(actor=cast.anong, uuid=activity.uuid, base_revision=1, values=values, now=NOW)
    assert saved.kind is not None
    assert saved.kind.code == "development"
    with pytest.raises(Refusal):
        make_draft(cast.anong)


def test_change_of_month_moves_the_tally(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    values = replace(values_of(activity), start_date=date(2026, 10, 30), end_date=None)
    save_draft(actor=cast.anong, uuid=activity.uuid, base_revision=1, values=values, now=NOW)
    counted = {row.month.month: row.activities for row in Tally.objects.all()}
    assert counted == {11: 0, 10: 1}
