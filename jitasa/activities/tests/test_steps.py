"""Sending, approving, reopening, withdrawing; the receipt number; an event counted once."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from uuid import uuid4

import pytest

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.approve import approve, send_back
from jitasa.activities.services.link_host import link_host
from jitasa.activities.services.numbering import next_number
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.services.tallying import contribution
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.notices.models import Notice
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds.models import Tally
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def totals() -> dict[str, int]:
    """What all offices together report, from the tallies."""
    rows = Tally.objects.filter(status__in=["submitted", "accepted"])
    return {
        name: sum(getattr(row, name) for row in rows)
        for name in ("activities", "events", "participants", "people")
    }


def assert_tallies_true() -> None:
    """The tallies are what the records add up to."""
    wanted: dict[object, list[object]] = {}
    for activity in Activity.objects.select_related("kind", "host_activity"):
        added = contribution(activity)
        if added is not None:
            sums = wanted.setdefault(added.key, [0] * len(Tally.COUNTS))
            for index, name in enumerate(Tally.COUNTS):
                sums[index] += getattr(added, name)
    found = {
        (row.month, row.organization_id, row.status, row.kind_code, row.occasion_id): [
            getattr(row, name) for name in Tally.COUNTS
        ]
        for row in Tally.objects.all()
    }
    assert {key: sums for key, sums in found.items() if any(sums)} == wanted


def test_number_is_given_once_and_kept(cast: Cast) -> None:
    first = make_sent(cast.anong)
    second = make_sent(cast.chai)
    assert (first.number, second.number) == ("81-6911-000001", "81-6911-000002")
    assert first.status == Status.SUBMITTED
    assert first.submitted_at == NOW
    opened = reopen(actor=cast.anong, activity=first, reason="กรอกจำนวนคนผิด", now=NOW)
    assert (opened.status, opened.number) == (Status.RETURNED, first.number)
    assert submit(actor=cast.anong, activity=opened, now=NOW).number == first.number
    assert_tallies_true()


def test_numbers_run_per_province_and_month() -> None:
    november, october = date(2026, 11, 1), date(2026, 10, 1)
    given = [
        next_number(province_code=code, month=month)
        for code, month in [("81", november), ("81", november), ("80", november), ("81", october)]
    ]
    assert given == ["81-6911-000001", "81-6911-000002", "80-6911-000001", "81-6910-000001"]


def test_sending_twice_is_sending_once(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    again = submit(actor=cast.anong, activity=sent, now=NOW)
    assert (again.number, again.revision) == (sent.number, sent.revision)
    assert sent.steps.filter(act="submitted").count() == 1
    assert totals() == {"activities": 1, "events": 1, "participants": 66, "people": 66}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "", "sub_kind": ""}, "kind"),
        ({"start_date": None}, "start_date"),
        ({"start_date": date(2026, 11, 23)}, "start_date"),
        ({"end_date": date(2026, 11, 25)}, "end_date"),
        ({"end_time": time(8, 0)}, "end_time"),
        ({"groups": {}}, "participants"),
        ({"groups": {"v904": 0}}, "participants"),
        ({"men": 10, "women": 10}, "men"),
        ({"men": 10}, "men"),
        ({"tambon_code": "810303"}, "tambon_code"),
        ({"part": "guest"}, "host_organization_id"),
        ({"basis": "occasion"}, "occasion_id"),
        ({"budget_source": "donated"}, "budget_amount"),
        ({"budget_source": "ordinance", "budget_amount": Decimal(100)}, "budget_project"),
        ({"pictures": 1}, "photos"),
        ({"pictures": 11}, "photos"),
    ],
)
def test_incomplete_or_wrong_is_not_sent(cast: Cast, changes: dict[str, object], field: str) -> None:
    activity = make_draft(cast.anong, **changes)  # type: ignore[arg-type]  # by parametrize
    with pytest.raises(Refusal) as refusal:
        submit(actor=cast.anong, activity=activity, now=NOW)
    assert list(refusal.value.fields) == [field]
    activity.refresh_from_db()
    assert (activity.status, activity.number, activity.revision) == (Status.DRAFT, "", 1)
    assert totals()["activities"] == 0


def test_others_may_not_send(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    for actor in (cast.chai, cast.dao, replace(cast.anong, read_only=True)):
        with pytest.raises(Forbidden):
            submit(actor=actor, activity=activity, now=NOW)
    activity.refresh_from_db()
    assert activity.status == Status.DRAFT


def test_stale_submit_is_refused(cast: Cast) -> None:
    activity = make_draft(cast.anong)
    with pytest.raises(Conflict):
        submit(actor=cast.anong, activity=activity, base_revision=7, now=NOW)


def approving_office(cast: Cast) -> None:
    cast.aonang.approval_required = True
    cast.aonang.save(update_fields=["approval_required"])


def test_approval(cast: Cast) -> None:
    approving_office(cast)
    waiting = submit(actor=cast.anong, activity=make_draft(cast.anong), now=NOW)
    assert (waiting.status, waiting.number) == (Status.AWAITING, "")
    assert Notice.objects.get().organization == cast.aonang
    for actor in (cast.anong, cast.chai, cast.dao):
        with pytest.raises(Forbidden):
            approve(actor=actor, activity=waiting, now=NOW)
    sent = approve(actor=cast.boonmee, activity=waiting, now=NOW)
    assert (sent.status, sent.number) == (Status.SUBMITTED, "81-6911-000001")
    assert_tallies_true()


def test_approver_sends_without_asking(cast: Cast) -> None:
    approving_office(cast)
    assert make_sent(cast.boonmee).status == Status.SUBMITTED


def test_approver_sends_back_with_words(cast: Cast) -> None:
    approving_office(cast)
    waiting = submit(actor=cast.anong, activity=make_draft(cast.anong), now=NOW)
    with pytest.raises(Refusal) as refusal:
        send_back(actor=cast.boonmee, activity=waiting, reason=" ", now=NOW)
    assert "reason" in refusal.value.fields
    back = send_back(actor=cast.boonmee, activity=waiting, reason="เพิ่มภาพหมู่", now=NOW)
    assert back.status == Status.DRAFT
    assert back.steps.last().reason == "เพิ่มภาพหมู่"  # type: ignore[union-attr]  # there is one


def test_withdraw_takes_it_out_of_the_count(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    with pytest.raises(Refusal):
        withdraw(actor=cast.anong, activity=sent, now=NOW)
    gone = withdraw(actor=cast.anong, activity=sent, reason="บันทึกซ้ำ", now=NOW)
    assert (gone.status, gone.number) == (Status.WITHDRAWN, sent.number)
    assert totals()["activities"] == 0
    draft = withdraw(actor=cast.anong, activity=make_draft(cast.anong), now=NOW)
    assert draft.status == Status.WITHDRAWN
    with pytest.raises(Conflict):
        withdraw(actor=cast.anong, activity=gone, reason="อีกครั้ง", now=NOW)
    assert_tallies_true()


def guest_of(cast: Cast, host: Activity, actor: Viewer, people: int = 20) -> Activity:
    return make_sent(
        actor,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        groups={"people": people},
    )


def test_event_counts_once_upwards(cast: Cast) -> None:
    host = make_sent(cast.anong)
    guest = guest_of(cast, host, cast.chai)
    assert not guest.counts_upwards
    assert totals() == {"activities": 2, "events": 1, "participants": 86, "people": 66}
    withdraw(actor=cast.anong, activity=host, reason="ยกเลิก", now=NOW)
    assert totals() == {"activities": 1, "events": 1, "participants": 20, "people": 20}
    assert Activity.objects.get(pk=guest.pk).counts_upwards
    assert_tallies_true()


def test_host_opened_and_sent_again(cast: Cast) -> None:
    host = make_sent(cast.anong)
    guest_of(cast, host, cast.chai)
    opened = reopen(actor=cast.anong, activity=host, reason="แก้จำนวน", now=NOW)
    assert totals()["events"] == 1
    assert_tallies_true()
    submit(actor=cast.anong, activity=opened, now=NOW)
    assert totals() == {"activities": 2, "events": 1, "participants": 86, "people": 66}
    assert_tallies_true()


def test_what_cannot_be_a_host(cast: Cast) -> None:
    host, draft = make_sent(cast.anong), make_draft(cast.anong)
    guest = make_draft(cast.chai, part="guest", host_organization_id=cast.aonang.pk)
    linked = link_host(actor=cast.chai, activity=guest, host=host, now=NOW)
    own = make_draft(cast.chai)
    second = make_draft(cast.chai, part="co_host", host_organization_id=cast.aonang.pk)
    for activity, wrong in [(second, draft), (second, linked), (own, host), (second, second)]:
        with pytest.raises(Refusal) as refusal:
            link_host(actor=cast.chai, activity=activity, host=wrong, now=NOW)
        assert list(refusal.value.fields) == ["host_activity"]
    with pytest.raises(Forbidden):
        link_host(actor=cast.anong, activity=second, host=host, now=NOW)


def test_reviewer_links_and_unlinks(cast: Cast) -> None:
    host = make_sent(cast.anong)
    guest = make_sent(cast.chai, part="co_host", host_name="อบต.อ่าวนาง")
    assert totals()["events"] == 2
    linked = link_host(actor=cast.ek, activity=guest, host=host, now=NOW)
    assert totals()["events"] == 1
    link_host(actor=cast.ek, activity=linked, host=None, now=NOW)
    assert totals()["events"] == 2
    assert_tallies_true()


def test_guest_may_go_to_another_district(cast: Cast) -> None:
    host = make_sent(cast.anong)
    guest = make_sent(
        cast.chai,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        tambon_code="810116",
    )
    assert guest.status == Status.SUBMITTED


def test_host_with_guests_stays_host(cast: Cast) -> None:
    host = make_sent(cast.anong)
    guest_of(cast, host, cast.chai)
    opened = reopen(actor=cast.anong, activity=host, reason="แก้", now=NOW)
    values = replace(values_of(opened), part="guest", host_name="จังหวัด")
    with pytest.raises(Refusal):
        save_draft(actor=cast.anong, uuid=opened.uuid, base_revision=opened.revision, values=values, now=NOW)


def test_uuid_is_the_record(cast: Cast) -> None:
    uuid = uuid4()
    make_draft(cast.anong, uuid=uuid)
    with pytest.raises(Forbidden):
        make_draft(cast.chai, uuid=uuid)
    assert Activity.objects.count() == 1
