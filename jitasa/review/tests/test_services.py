"""Accepting, returning, undoing and accepting many, through the services."""

from datetime import timedelta

import pytest

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.audit.models import Entry
from jitasa.notices.models import Notice, NoticeKind
from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.review.rules import may_review
from jitasa.review.services.accept import accept, undo_acceptance
from jitasa.review.services.accept_many import Choice, accept_many
from jitasa.review.services.flag import flag_pending
from jitasa.review.services.return_record import return_record
from jitasa.rounds.models import Tally
from tests.cast import NOW, Cast, make_person, viewer

LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


@pytest.fixture
def sent(cast: Cast) -> Activity:
    return make_sent(cast.anong)


def state(activity: Activity) -> tuple[object, ...]:
    """Everything a refused act must leave alone."""
    row = Activity.objects.get(pk=activity.pk)
    tallies = list(Tally.objects.filter(activities__gt=0).values_list("status", "activities"))
    return (row.status, row.revision, row.reviewed_at, tallies, Entry.objects.count(), Notice.objects.count())


def test_who_reviews(cast: Cast, sent: Activity) -> None:
    in_town = make_sent(viewer(make_person("town", cast.town, Role.OFFICER), cast.town, Role.OFFICER))
    assert [may_review(each, sent) for each in (cast.dao, cast.ek, cast.fah)] == [True] * 3
    assert [may_review(each, sent) for each in (cast.anong, cast.boonmee, cast.chai)] == [False] * 3
    assert not may_review(cast.dao, in_town), "it lies in the district and answers to the province"
    assert may_review(cast.ek, in_town)
    looking = Viewer(organization=cast.krabi, roles=frozenset({Role.VIEWER}))
    as_them = Viewer(organization=cast.krabi, roles=frozenset({Role.OFFICER}), read_only=True)
    assert not may_review(looking, sent)
    assert not may_review(as_them, sent)


def test_accepting_moves_the_numbers_tells_the_office_and_leaves_a_trace(cast: Cast, sent: Activity) -> None:
    accept(actor=cast.dao, activity=sent, now=LATER, base_revision=sent.revision)
    row = Activity.objects.get(pk=sent.pk)
    assert (row.status, row.reviewed_at, row.revision) == (Status.ACCEPTED, LATER, sent.revision + 1)
    tallies = Tally.objects.filter(organization=cast.aonang, activities__gt=0)
    assert list(tallies.values_list("status", "activities", "participants")) == [("accepted", 1, 66)]
    step = row.steps.last()
    assert step is not None
    assert (step.act, step.organization, step.by) == (Act.ACCEPTED, cast.mueang, cast.dao.user)
    notice = Notice.objects.get(organization=cast.aonang, kind=NoticeKind.ACCEPTED)
    assert str(sent.uuid) in notice.url
    assert Entry.objects.filter(verb="activity.accept", subject_id=str(sent.pk)).exists()


@pytest.mark.parametrize("who", ["anong", "boonmee", "chai"])
def test_nobody_else_accepts(cast: Cast, sent: Activity, who: str) -> None:
    before = state(sent)
    with pytest.raises(Forbidden):
        accept(actor=getattr(cast, who), activity=sent, now=LATER)
    with pytest.raises(Forbidden):
        return_record(actor=getattr(cast, who), activity=sent, reason="แก้", now=LATER)
    assert state(sent) == before


def test_what_changed_since_it_was_seen_is_not_accepted(cast: Cast, sent: Activity) -> None:
    before = state(sent)
    with pytest.raises(Conflict) as caught:
        accept(actor=cast.dao, activity=sent, now=LATER, base_revision=sent.revision - 1)
    assert caught.value.code == "stale_revision"
    assert state(sent) == before


def test_accepting_twice_is_a_conflict(cast: Cast, sent: Activity) -> None:
    accept(actor=cast.dao, activity=sent, now=LATER)
    before = state(sent)
    with pytest.raises(Conflict):
        accept(actor=cast.ek, activity=sent, now=LATER)
    assert state(sent) == before


def test_returning_says_why_and_where(cast: Cast, sent: Activity) -> None:
    fields = ["photos", "nonsense", "place", "photos"]
    return_record(actor=cast.ek, activity=sent, reason=" เพิ่มภาพ ", fields=fields, now=LATER)
    row = Activity.objects.get(pk=sent.pk)
    step = row.steps.last()
    assert step is not None
    assert (row.status, step.reason, step.fields) == (Status.RETURNED, "เพิ่มภาพ", ["place", "photos"])
    notice = Notice.objects.get(organization=cast.aonang, kind=NoticeKind.RETURNED)
    assert notice.body == "เพิ่มภาพ"
    submit(actor=cast.anong, activity=row, now=LATER)
    row.refresh_from_db()
    assert row.status == Status.SUBMITTED


@pytest.mark.parametrize("reason", ["", "   ", "ก" * 2001])
def test_a_return_needs_a_readable_reason(cast: Cast, sent: Activity, reason: str) -> None:
    before = state(sent)
    with pytest.raises(Refusal) as caught:
        return_record(actor=cast.dao, activity=sent, reason=reason, now=LATER)
    assert "reason" in caught.value.fields
    assert state(sent) == before


def test_what_was_accepted_goes_back_only_by_that_office_or_one_above(cast: Cast, sent: Activity) -> None:
    accept(actor=cast.ek, activity=sent, now=LATER)
    before = state(sent)
    with pytest.raises(Forbidden):
        return_record(actor=cast.dao, activity=sent, reason="แก้", now=LATER)
    assert state(sent) == before
    return_record(actor=cast.fah, activity=sent, reason="แก้", now=LATER)
    sent.refresh_from_db()
    assert sent.status == Status.RETURNED


def test_an_acceptance_is_undone_though_its_server_has_a_slow_clock(cast: Cast, sent: Activity) -> None:
    """Two servers: the one that took the record is ahead of the one that accepts it."""
    behind = NOW - timedelta(seconds=40)
    accept(actor=cast.dao, activity=sent, now=behind)
    undo_acceptance(actor=cast.dao, activity=sent, now=behind + timedelta(seconds=5))
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED


def test_an_acceptance_is_undone_by_the_same_office_for_a_while(cast: Cast, sent: Activity) -> None:
    accept(actor=cast.dao, activity=sent, now=NOW)
    before = state(sent)
    with pytest.raises(Conflict):
        undo_acceptance(actor=cast.ek, activity=sent, now=LATER)
    with pytest.raises(Conflict):
        undo_acceptance(actor=cast.dao, activity=sent, now=NOW + timedelta(minutes=11))
    with pytest.raises(Forbidden):
        undo_acceptance(actor=cast.anong, activity=sent, now=LATER)
    assert state(sent) == before
    undo_acceptance(actor=cast.dao, activity=sent, now=LATER)
    row = Activity.objects.get(pk=sent.pk)
    assert (row.status, row.reviewed_at) == (Status.SUBMITTED, None)
    assert list(Tally.objects.filter(activities__gt=0).values_list("status", flat=True)) == ["submitted"]
    assert Entry.objects.filter(verb="activity.unaccept").exists()


def test_accepting_many_tells_why_some_were_not(cast: Cast) -> None:
    good, other = make_sent(cast.anong), make_sent(cast.anong)
    flagged = make_sent(cast.anong, latitude=8.6, longitude=99.0)
    foreign = make_sent(cast.chai, latitude=7.7, longitude=99.1)
    changed = make_sent(cast.anong)
    accept(actor=cast.ek, activity=other, now=NOW)
    choices = [Choice(row.pk, row.revision) for row in (good, other, flagged, foreign)]
    choices += [Choice(changed.pk, changed.revision - 1), Choice(999_999, 1), choices[0]]
    outcome = accept_many(actor=cast.dao, choices=choices, now=LATER)
    assert outcome.accepted == [good.pk]
    reasons = {row.activity_id: row.reason for row in outcome.skipped}
    assert set(reasons) == {other.pk, flagged.pk, foreign.pk, changed.pk, 999_999}
    assert "สถานะ" in reasons[other.pk]
    assert "ข้อสังเกต" in reasons[flagged.pk]
    assert reasons[foreign.pk] == reasons[999_999], "a foreign record is as if it were not there"
    assert "แก้ไข" in reasons[changed.pk]
    for row in (flagged, foreign, changed):
        row.refresh_from_db()
        assert row.status == Status.SUBMITTED


def test_too_many_at_once_are_refused(cast: Cast, sent: Activity) -> None:
    before = state(sent)
    with pytest.raises(Refusal):
        accept_many(actor=cast.dao, choices=[Choice(sent.pk, 1)] * 1001, now=LATER)
    assert state(sent) == before


def test_many_wait_for_the_first_look_and_say_so(cast: Cast) -> None:
    waiting, looked = make_sent(cast.anong, look=False), make_sent(cast.anong)
    choices = [Choice(row.pk, row.revision) for row in (waiting, looked)]
    outcome = accept_many(actor=cast.ek, choices=choices, now=NOW)
    assert outcome.accepted == [looked.pk]
    assert [row.activity_id for row in outcome.skipped] == [waiting.pk]
    assert outcome.skipped[0].reason.startswith("รอการตรวจเบื้องต้น")
    flag_pending(NOW)
    again = accept_many(actor=cast.ek, choices=choices[:1], now=NOW)
    assert again.accepted == [waiting.pk]


def test_who_accepts_one_before_the_worker_came_looks_in_that_act(cast: Cast) -> None:
    plain = make_sent(cast.anong, look=False)
    assert accept(actor=cast.ek, activity=plain, now=NOW).status == "accepted"
    far = make_sent(cast.anong, look=False, latitude=8.6, longitude=99.0)
    with pytest.raises(Conflict) as refused:
        accept(actor=cast.ek, activity=far, now=NOW)
    assert refused.value.code == "flags_found"
    far.refresh_from_db()
    assert (far.status, far.flag_count, far.awaits_look) == ("submitted", 1, False)
    assert accept(actor=cast.ek, activity=far, now=NOW).status == "accepted"


def test_sent_anew_it_is_looked_at_anew(cast: Cast) -> None:
    sent = make_sent(cast.anong)
    opened = reopen(actor=cast.anong, activity=sent, reason="แก้", now=NOW)
    again = submit(actor=cast.anong, activity=opened, now=NOW)
    assert Activity.objects.get(pk=again.pk).awaits_look
