"""New records of different offices in one transaction: each is what it would have been alone (PostgreSQL)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from jitasa.activities.models import Activity
from jitasa.activities.services import content
from jitasa.activities.services.gathering import GATHERING, WaitingRecord, send_together
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.saving import Typed
from jitasa.activities.tests.making import full_values, make_lists
from jitasa.activities.tests.test_slow_neighbour import (
    GIVEN_UP,
    OF_OFFICE,
    numbers_when_the_first_stands_still,
    send,
)
from jitasa.activities.values import ActivityValues
from jitasa.audit.models import Entry
from jitasa.audit.selectors.verify import verdicts
from jitasa.compilation.services.check import differences
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.services.returns import state_nil
from tests.at_once import at_once
from tests.cast import NOW, Cast, make_cast

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other")
    cast = make_cast()
    make_lists()
    for actor in writers(cast):  # each office's chain of the audit has begun
        send(actor, values_of(actor, "รายการแรก"))
    return cast


@pytest.fixture
def gathering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GATHERING, "on", True)


def writers(cast: Cast) -> list[Viewer]:
    """An officer in each of four offices."""
    others = [replace(cast.chai, organization=office) for office in (cast.town, cast.saithai)]
    return [cast.anong, cast.chai, *others]


def values_of(actor: Viewer, name: str) -> ActivityValues:
    assert actor.organization is not None
    return full_values(actor.organization, name=f"{name} {uuid4()}", place=f"{uuid4()}")


def asked(actor: Viewer, **changes: object) -> WaitingRecord:
    values = replace(values_of(actor, "มาพร้อมกัน"), **changes)  # type: ignore[arg-type]
    return WaitingRecord(Typed(uuid=uuid4(), values=content.cleaned(values), send=True), actor, NOW)


def transactions() -> int:
    """In how many transactions the records that arrived together were written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text) FROM activities_activity WHERE name LIKE 'มาพร้อมกัน%'"
        )
        return int(cursor.fetchone()[0])


def nothing_differs() -> bool:
    return not list(differences()) and all(each.broken_number is None for each in verdicts())


def test_records_that_arrive_together_are_each_what_they_are_alone(cast: Cast) -> None:
    group = [asked(actor) for actor in writers(cast)]
    send_together(group)
    rows = [Activity.objects.get(uuid=each.typed.uuid) for each in group]
    assert [each.saved and each.saved.activity.number for each in group] == [row.number for row in rows]
    assert sorted(row.number for row in rows) == [f"81-6911-{number:06}" for number in range(5, 9)]
    assert transactions() == 1
    for each, row in zip(group, rows, strict=True):
        assert (row.organization, row.created_by, row.updated_by) == (
            each.actor.organization,
            each.actor.user,
            each.actor.user,
        )
        assert row.status == "submitted"
        assert (row.photos.count(), row.participants) == (2, 66)
        revision = row.revisions.get()
        assert (revision.by, revision.data["number"]) == (each.actor.user, row.number)
        entry = Entry.objects.get(subject_type="activities.activity", subject_id=str(row.pk))
        assert (entry.verb, entry.office_id, entry.actor_id) == (
            "activity.submit",
            each.actor.office_id,
            each.actor.user_id,
        )
        assert entry.data["hash"] == revision.hash
    assert nothing_differs()


def test_what_is_not_simply_sent_is_left_out(cast: Cast) -> None:
    first, second, third, fourth = writers(cast)
    twice = asked(first)
    send_together([twice, asked(second)])
    group = [
        replace(twice, saved=None),  # known
        asked(second),
        asked(third),
        asked(fourth, name=""),  # lacks its name
        asked(second),  # its office's second one
    ]
    send_together(group)
    sent = [each for each in group if each.saved is not None]
    assert {each.actor.office_id for each in sent} == {second.office_id, third.office_id}
    assert Activity.objects.filter(uuid=group[0].typed.uuid).count() == 1
    assert not Activity.objects.filter(uuid=group[3].typed.uuid).exists()
    assert nothing_differs()


def test_nobody_waits_for_an_office_that_is_busy(cast: Cast) -> None:
    group = [asked(actor) for actor in writers(cast)]

    def send_the_others() -> None:
        send_together(group)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=cast.kokklang.pk)
        pool.submit(send_the_others).result(timeout=GIVEN_UP)
    assert [each.saved for each in group] == [None] * 4
    assert transactions() == 0
    assert nothing_differs()


def test_a_statement_is_overtaken_by_its_own_office_alone(cast: Cast) -> None:
    """Who takes back that there was nothing is named in the audit: the office, not who leads."""
    october = date(2026, 10, 20)
    state_nil(
        actor=cast.chai, organization=cast.kokklang, month=october.replace(day=1), reason="ฝนตกหนัก", now=NOW
    )
    group = [asked(cast.anong), asked(cast.chai, start_date=october, day_confirmed=october)]
    send_together(group)
    assert [each.saved for each in group] == [None, None]
    assert transactions() == 0
    send(cast.chai, group[1].typed.values)
    entry = Entry.objects.get(verb="return.nil_overtaken")
    assert entry.office_id == cast.kokklang.pk


@pytest.mark.usefixtures("gathering")
def test_many_threads_send_each_record_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jitasa.activities.services.gathering.PATIENCE", 20.0)  # however busy the machine is
    offices = writers(cast)
    acts = [(offices[number % 4], uuid4()) for number in range(24)]
    values = [values_of(actor, "มาพร้อมกัน") for actor, _uuid in acts]

    def act(number: int) -> Activity:
        actor, uuid = acts[number]
        return record_and_submit(
            actor=actor, uuid=uuid, base_revision=None, values=values[number], now=NOW
        ).activity

    numbers = [*range(24), 3, 7, 11]  # some are sent twice at once
    found = at_once([lambda number=number: act(number) for number in numbers])  # type: ignore[misc]
    assert [each for each in found if isinstance(each, Exception)] == []
    assert len({each.number for each in found}) == 24
    assert sorted(Activity.objects.values_list("number", flat=True)) == [
        f"81-6911-{number:06}" for number in range(1, 29)
    ]
    assert transactions() < 24
    assert (GATHERING._waiting, GATHERING._led) == (type(GATHERING._waiting)(), False)
    assert nothing_differs()


@pytest.mark.own_session
@pytest.mark.usefixtures("gathering")
@pytest.mark.parametrize("table", OF_OFFICE)
def test_a_slow_office_holds_no_neighbour_of_its_process(cast: Cast, table: str) -> None:
    october = date(2026, 10, 20)  # nothing is counted there yet: the numbers are inserted, too
    slow, quick = (
        (actor, replace(values_of(actor, "ช้าหรือเร็ว"), start_date=october, day_confirmed=october))
        for actor in (cast.anong, cast.chai)
    )
    numbers = numbers_when_the_first_stands_still(table, slow, quick)
    assert numbers == ("81-6910-000001", "81-6910-000002")
