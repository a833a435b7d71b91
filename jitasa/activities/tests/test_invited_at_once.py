"""Invitations answered, taken back and overtaken at the same instant (PostgreSQL): one answer stands, told once."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from jitasa.activities.choices import Invited, Status
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.selectors.invitations import first_values
from jitasa.activities.services.answer_invitation import accept_invitation, decline_invitation
from jitasa.activities.services.invite import cancel_invitation, invite
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import full_values, make_draft, make_lists, make_sent
from jitasa.activities.tests.test_steps import assert_tallies_true
from jitasa.audit.models import Entry
from jitasa.notices.models import Notice, NoticeKind
from jitasa.problems import Conflict
from tests.at_once import at_once
from tests.cast import NOW, Cast, make_cast

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TURNS = 4  # who comes first differs from turn to turn


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: nothing happens at once there")
    cast = make_cast()
    make_lists()
    return cast


def asked(cast: Cast, event: Activity) -> Invitation:
    return invite(actor=cast.anong, activity=event, offices=[cast.kokklang], now=NOW)[0]


def part(cast: Cast, invitation: Invitation) -> Any:
    """Chai's office records its part of the event."""
    values = replace(
        first_values(invitation),
        groups={"people": 25},
        result="ร่วมเก็บขยะ",
        photos=full_values(cast.kokklang).photos,
    )
    return partial(
        record_and_submit, actor=cast.chai, uuid=uuid4(), base_revision=None, values=values, now=NOW
    )


def test_accepted_several_times_at_once_is_accepted_and_told_once(everybody: Cast) -> None:
    invitation = asked(everybody, make_sent(everybody.anong))
    before = Notice.objects.filter(kind=NoticeKind.ANSWER).count()
    yes = partial(accept_invitation, actor=everybody.chai, invitation=invitation, now=NOW)
    answers = at_once([yes] * 6)
    assert [each.state for each in answers] == [Invited.ACCEPTED] * 6
    assert Notice.objects.filter(kind=NoticeKind.ANSWER).count() == before + 1
    assert Entry.objects.filter(verb="activity.accept_invitation").count() == 1


@pytest.mark.parametrize("turn", range(TURNS))
def test_yes_and_no_at_once_leave_one_answer(everybody: Cast, turn: int) -> None:
    invitation = asked(everybody, make_sent(everybody.anong))
    acts = [
        partial(accept_invitation, actor=everybody.chai, invitation=invitation, now=NOW),
        partial(decline_invitation, actor=everybody.chai, invitation=invitation, reason="ติดภารกิจ", now=NOW),
    ]
    answers = at_once(acts if turn % 2 else acts[::-1])
    assert not [each for each in answers if not isinstance(each, Invitation | Conflict)]
    invitation.refresh_from_db()
    verbs = list(
        Entry.objects.filter(verb__endswith="_invitation").order_by("pk").values_list("verb", flat=True)
    )
    last = {Invited.ACCEPTED: "activity.accept_invitation", Invited.DECLINED: "activity.decline_invitation"}
    assert verbs[-1] == last[Invited(invitation.state)]


@pytest.mark.parametrize("turn", range(TURNS))
def test_accepted_while_it_is_taken_back_is_one_or_the_other(everybody: Cast, turn: int) -> None:
    invitation = asked(everybody, make_sent(everybody.anong))
    acts = [
        partial(accept_invitation, actor=everybody.chai, invitation=invitation, now=NOW),
        partial(cancel_invitation, actor=everybody.anong, invitation=invitation, now=NOW),
    ]
    answers = at_once(acts if turn % 2 else acts[::-1])
    invitation.refresh_from_db()
    assert (
        invitation.state == Invited.CANCELLED
    )  # after a yes it may be taken back, after that nobody says yes
    told = [each for each in answers if isinstance(each, Conflict)]
    assert len(told) == 1 - Entry.objects.filter(verb="activity.accept_invitation").count()
    assert not [each for each in answers if not isinstance(each, Invitation | Conflict)]


@pytest.mark.parametrize("turn", range(TURNS))
def test_recorded_while_it_is_taken_back_stays_a_part_or_is_told(everybody: Cast, turn: int) -> None:
    invitation = asked(everybody, make_draft(everybody.anong))
    acts = [
        part(everybody, invitation),
        partial(cancel_invitation, actor=everybody.anong, invitation=invitation, now=NOW),
    ]
    recorded, cancelled = at_once(acts)
    invitation.refresh_from_db()
    mine = Activity.objects.filter(organization=everybody.kokklang)
    if invitation.state == Invited.CANCELLED:
        assert not mine.exclude(host_activity=None).filter(status=Status.SUBMITTED).exists(), recorded
    else:
        assert isinstance(cancelled, Conflict)
        assert mine.get().host_activity_id == invitation.activity_id
    assert_tallies_true()


@pytest.mark.parametrize("turn", range(TURNS))
def test_accepted_and_recorded_while_the_host_moves_its_event(everybody: Cast, turn: int) -> None:
    event = make_draft(everybody.anong)
    invitation = asked(everybody, event)
    moved = full_values(everybody.aonang, place="ย้ายไปวัดคลองท่อม")
    host, recorded, yes = at_once(
        [
            partial(
                save_draft, actor=everybody.anong, uuid=event.uuid, base_revision=1, values=moved, now=NOW
            ),
            part(everybody, invitation),
            partial(accept_invitation, actor=everybody.chai, invitation=invitation, now=NOW),
        ]
    )
    assert host.place == "ย้ายไปวัดคลองท่อม"
    invitation.refresh_from_db()
    assert (invitation.state, yes.state) == (Invited.ACCEPTED, Invited.ACCEPTED)
    assert recorded.activity.host_activity_id == event.pk
    assert Entry.objects.filter(verb="activity.accept_invitation").count() == 1
    assert_tallies_true()


@pytest.mark.parametrize("turn", range(TURNS))
def test_recorded_while_the_host_withdraws_counts_alone_or_is_told(everybody: Cast, turn: int) -> None:
    event = make_sent(everybody.anong)
    invitation = asked(everybody, event)
    gone, recorded = at_once(
        [
            partial(withdraw, actor=everybody.anong, activity=event, reason="บันทึกซ้ำ", now=NOW),
            part(everybody, invitation),
        ]
    )
    assert gone.status == Status.WITHDRAWN
    rows = Activity.objects.filter(organization=everybody.kokklang, status=Status.SUBMITTED)
    assert isinstance(recorded, Exception) or rows.exists() or recorded.problems
    assert_tallies_true()
