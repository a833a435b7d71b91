"""Many records in one act: an answer each, shared statements, the same again changes nothing."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jitasa.activities.models import Activity
from jitasa.activities.services.record_batch import BatchRecord, Result, record_batch
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.tests.making import Everything, full_values, make_draft, make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.compilation.services.check import differences
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.rounds.models import Tally
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def records(actor: Viewer, count: int, **changes: object) -> list[BatchRecord]:
    assert actor.organization is not None
    return [
        BatchRecord(
            uuid=uuid4(),
            values=replace(full_values(actor.organization), **changes),  # type: ignore[arg-type]  # by name
            confirmed=Everything(),
        )
        for _ in range(count)
    ]


def test_each_record_has_an_answer_and_one_refused_keeps_no_other_back(cast: Cast) -> None:
    good, wrong, lacking = records(cast.anong, 3)
    wrong = replace(wrong, values=replace(wrong.values, kind="nothing"))
    lacking = replace(lacking, values=replace(lacking.values, name=""))
    draft = replace(records(cast.anong, 1)[0], send=False)
    answers = record_batch(actor=cast.anong, records=[good, wrong, lacking, draft], now=NOW)
    assert [each.result for each in answers] == [Result.SENT, Result.REFUSED, Result.KEPT, Result.KEPT]
    assert answers[0].number == "81-6911-000001"
    assert list(answers[1].fields) == ["kind"]
    assert list(answers[2].fields) == ["name"]
    assert sorted(Activity.objects.values_list("status", flat=True)) == ["draft", "draft", "submitted"]
    assert list(differences()) == []
    assert sorted(Entry.objects.values_list("verb", flat=True)) == [
        "activity.create",
        "activity.create",
        "activity.submit",
    ]


def test_the_same_batch_again_changes_nothing_and_gives_the_same_numbers(cast: Cast) -> None:
    batch = records(cast.anong, 3)
    first = record_batch(actor=cast.anong, records=batch, now=NOW)
    again = record_batch(actor=cast.anong, records=batch, now=NOW)
    assert [each.number for each in again] == [each.number for each in first]
    assert {each.result for each in again} == {Result.SAME}
    assert (Activity.objects.count(), Entry.objects.count()) == (3, 3)
    assert Tally.objects.get().activities == 3


def test_a_batch_changes_what_is_there_and_refuses_what_was_changed_since(cast: Cast) -> None:
    mine, theirs, sent = make_draft(cast.anong), make_draft(cast.anong), make_sent(cast.anong)
    values = full_values(cast.aonang, name="ชื่อใหม่")
    save_draft(actor=cast.anong, uuid=theirs.uuid, base_revision=1, values=values, now=NOW)
    batch = [
        BatchRecord(uuid=row.uuid, base_revision=1, values=values, confirmed=Everything())
        for row in (mine, theirs, sent)
    ]
    other = BatchRecord(uuid=make_draft(cast.chai).uuid, base_revision=1, values=values)
    batch[1] = replace(batch[1], values=replace(values, place="วัด"))
    answers = record_batch(actor=cast.anong, records=[*batch, other], now=NOW)
    assert [each.result for each in answers] == ["sent", "refused", "refused", "refused"]
    assert [each.code for each in answers[1:]] == ["stale_revision", "stale_revision", "not_found"]
    mine.refresh_from_db()
    assert (mine.name, mine.status, mine.revision) == ("ชื่อใหม่", "submitted", 2)
    assert list(differences()) == []


def test_a_guest_of_a_batch_counts_with_its_host(cast: Cast) -> None:
    host = make_sent(cast.anong)
    guest = records(cast.chai, 1, part="guest", host_organization_id=cast.aonang.pk, host_activity=host.uuid)
    assert record_batch(actor=cast.chai, records=guest, now=NOW)[0].result == Result.SENT
    assert not Activity.objects.get(uuid=guest[0].uuid).counts_upwards
    assert list(differences()) == []


def test_statements_do_not_grow_with_the_batch(cast: Cast) -> None:
    counts = []
    for size in (1, 8):
        batch = records(cast.anong, size)
        with CaptureQueriesContext(connection) as captured:
            record_batch(actor=cast.anong, records=batch, now=NOW)
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 1, counts  # one audit entry takes a statement less than many
    assert counts[1] <= 30


def test_a_batch_has_a_bound(cast: Cast) -> None:
    record = BatchRecord(uuid=uuid4(), values=full_values(cast.aonang, pictures=0))
    with pytest.raises(Refusal):
        record_batch(actor=cast.anong, records=[record] * 501, now=NOW)
