"""Joint events: a host asks, offices answer and record their part; upwards it is one event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jitasa.activities.choices import Invited, Status
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.selectors.invitations import asked_to, first_values, waiting_for
from jitasa.activities.services.answer_invitation import accept_invitation, decline_invitation
from jitasa.activities.services.invite import cancel_invitation, invite
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.record_batch import BatchRecord, Result, record_batch
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import full_values, make_draft, make_lists, make_sent
from jitasa.activities.tests.test_steps import assert_tallies_true, totals
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.audit.models import Entry
from jitasa.notices.models import Notice
from jitasa.organizations.choices import Role
from jitasa.problems import Conflict, Forbidden, Refusal
from tests.cast import NOW, Cast, viewer
from tests.pages import words_of

pytestmark = pytest.mark.django_db
AUDITED = "activity.invite", "activity.accept_invitation", "activity.decline_invitation"


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def asked(cast: Cast, event: Activity) -> Invitation:
    """Chai's office asked to Anong's event."""
    return invite(actor=cast.anong, activity=event, offices=[cast.kokklang], now=NOW)[0]


def own_part(cast: Cast, invitation: Invitation) -> ActivityValues:
    """What the form begins with, and Chai's people and pictures."""
    full = full_values(cast.kokklang)
    return replace(first_values(invitation), groups={"people": 25}, result="ร่วมเก็บขยะ", photos=full.photos)


def record_part(cast: Cast, invitation: Invitation) -> Activity:
    return record_and_submit(
        actor=cast.chai, uuid=uuid4(), base_revision=None, values=own_part(cast, invitation), now=NOW
    ).activity


def test_from_asking_to_one_event(cast: Cast) -> None:
    event = make_draft(cast.anong)
    invitation = asked(cast, event)
    assert [each.pk for each in waiting_for(cast.kokklang.pk)] == [invitation.pk]
    accept_invitation(actor=cast.chai, invitation=invitation, now=NOW)

    part = record_part(cast, invitation)
    assert (part.status, part.host_activity_id, part.part) == (Status.SUBMITTED, event.pk, "co_host")
    assert waiting_for(cast.kokklang.pk) == []
    assert totals() == {"activities": 1, "events": 1, "participants": 25, "people": 25}

    submit(actor=cast.anong, activity=event, now=NOW)  # the host's turns the two into one
    assert totals() == {"activities": 2, "events": 1, "participants": 91, "people": 66}
    assert_tallies_true()
    (line,) = asked_to(event)
    assert line.record == part
    assert line.record is not None
    assert line.record.photo_count == 2


def test_recording_the_part_accepts_and_is_audited_once(cast: Cast) -> None:
    invitation = asked(cast, make_sent(cast.anong))
    record_part(cast, invitation)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_by) == (Invited.ACCEPTED, cast.chai.user)
    verbs = Entry.objects.filter(verb__in=AUDITED).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["activity.invite", "activity.accept_invitation"]
    told = Notice.objects.filter(organization=cast.aonang, kind="answer")
    assert "ตอบรับร่วมงาน" in told.get().title
    assert Notice.objects.filter(organization=cast.kokklang, kind="invitation").count() == 1


def test_a_batch_accepts_only_with_what_it_keeps(cast: Cast) -> None:
    invitation = asked(cast, make_draft(cast.anong))
    wrong = replace(own_part(cast, invitation), photos=(PhotoValue(sha256="0" * 64),))
    answers = record_batch(actor=cast.chai, records=[BatchRecord(uuid=uuid4(), values=wrong)], now=NOW)
    invitation.refresh_from_db()
    assert (answers[0].result, invitation.state) == (Result.REFUSED, Invited.OPEN)
    good = own_part(cast, invitation)
    answers = record_batch(actor=cast.chai, records=[BatchRecord(uuid=uuid4(), values=good)], now=NOW)
    invitation.refresh_from_db()
    assert (answers[0].result, invitation.state) == (Result.SENT, Invited.ACCEPTED)


def test_asking_again_changes_nothing_and_who_declined_may_be_asked_again(cast: Cast) -> None:
    event = make_draft(cast.anong)
    first = asked(cast, event)
    assert asked(cast, event) == first
    assert Entry.objects.filter(verb="activity.invite").count() == 1
    decline_invitation(actor=cast.chai, invitation=first, reason=" ติดภารกิจ ", now=NOW)
    first.refresh_from_db()
    assert (first.state, first.reason) == (Invited.DECLINED, "ติดภารกิจ")
    assert waiting_for(cast.kokklang.pk) == []
    again = asked(cast, event)
    assert (again.pk, again.state, again.reason, again.answered_at) == (first.pk, Invited.OPEN, "", None)
    event.refresh_from_db()
    assert event.revision == 1  # whoever has the record open goes on writing


def test_nobody_joins_what_was_not_sent_without_being_asked(cast: Cast) -> None:
    event = make_draft(cast.anong)
    values = full_values(
        cast.kokklang, part="guest", host_organization_id=cast.aonang.pk, host_activity=event.uuid
    )
    with pytest.raises(Refusal) as refused:
        save_draft(actor=cast.chai, uuid=uuid4(), base_revision=None, values=values, now=NOW)
    assert "host_activity" in refused.value.fields
    invitation = asked(cast, event)
    cancel_invitation(actor=cast.anong, invitation=invitation, now=NOW)
    with pytest.raises(Refusal):
        save_draft(actor=cast.chai, uuid=uuid4(), base_revision=None, values=values, now=NOW)
    assert not Activity.objects.filter(organization=cast.kokklang).exists()


def test_who_may(cast: Cast) -> None:
    event = make_sent(cast.anong)
    invitation = asked(cast, event)
    saithai = viewer(cast.people["anong"], cast.saithai, Role.OFFICER)
    acts: list[Callable[[], Any]] = [
        lambda: invite(actor=cast.chai, activity=event, offices=[cast.saithai], now=NOW),
        lambda: invite(actor=cast.ek, activity=event, offices=[cast.saithai], now=NOW),
        lambda: accept_invitation(actor=cast.anong, invitation=invitation, now=NOW),
        lambda: decline_invitation(actor=saithai, invitation=invitation, now=NOW),
        lambda: cancel_invitation(actor=cast.chai, invitation=invitation, now=NOW),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    invitation.refresh_from_db()
    assert (invitation.state, Invitation.objects.count()) == (Invited.OPEN, 1)
    seers = {
        name
        for name in ("anong", "boonmee", "chai", "dao", "ek", "fah")
        if Invitation.objects.visible_to(getattr(cast, name)).exists()
    }
    assert seers == {"anong", "boonmee", "chai", "dao", "ek", "fah"}
    assert not Invitation.objects.visible_to(saithai).exists()


def test_what_stands_against_it(cast: Cast) -> None:
    event = make_draft(cast.anong)
    for office in (cast.aonang, cast.mueang):
        with pytest.raises(Refusal) as refused:
            invite(actor=cast.anong, activity=event, offices=[cast.kokklang, office], now=NOW)
        assert "offices" in refused.value.fields
    assert not Invitation.objects.exists()
    guest = make_draft(cast.anong, part="guest", host_organization_id=cast.kokklang.pk)
    with pytest.raises(Conflict):
        invite(actor=cast.anong, activity=guest, offices=[cast.saithai], now=NOW)

    invitation = asked(cast, event)
    as_guest = full_values(cast.aonang, part="guest", host_organization_id=cast.kokklang.pk)
    with pytest.raises(Refusal) as refused:
        save_draft(actor=cast.anong, uuid=event.uuid, base_revision=1, values=as_guest, now=NOW)
    assert "part" in refused.value.fields
    record_part(cast, invitation)
    with pytest.raises(Conflict):
        cancel_invitation(actor=cast.anong, invitation=invitation, now=NOW)
    with pytest.raises(Conflict):
        decline_invitation(actor=cast.chai, invitation=invitation, now=NOW)


def test_what_was_declined_is_not_taken_back(cast: Cast, client: Client) -> None:
    event = make_draft(cast.anong)
    invitation = asked(cast, event)
    client.force_login(cast.people["anong"])
    page, button = reverse("activities:joint", args=[event.uuid]), "ยกเลิกคำเชิญ"
    assert button in words_of(client.get(page))
    decline_invitation(actor=cast.chai, invitation=invitation, reason="ติดภารกิจ", now=NOW)
    assert button not in words_of(client.get(page))
    with pytest.raises(Conflict, match="ไม่เข้าร่วมแล้ว"):
        cancel_invitation(actor=cast.anong, invitation=invitation, now=NOW)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == (Invited.DECLINED, "ติดภารกิจ")
    assert asked(cast, event).state == Invited.OPEN  # but may be asked again, and that is taken back
    assert button in words_of(client.get(page))
    assert cancel_invitation(actor=cast.anong, invitation=invitation, now=NOW).state == Invited.CANCELLED


def test_an_event_that_is_no_more_cannot_be_joined(cast: Cast) -> None:
    event = make_draft(cast.anong)
    invitation = asked(cast, event)
    withdraw(actor=cast.anong, activity=event, reason="ฝนตก", now=NOW)
    assert waiting_for(cast.kokklang.pk) == []
    with pytest.raises(Conflict):
        accept_invitation(actor=cast.chai, invitation=invitation, now=NOW)
    with pytest.raises(Refusal):
        record_part(cast, invitation)


def test_the_host_gone_the_part_counts_again(cast: Cast) -> None:
    event = make_sent(cast.anong)
    part = record_part(cast, asked(cast, event))
    assert totals()["events"] == 1
    withdraw(actor=cast.anong, activity=event, reason="บันทึกผิด", now=NOW)
    part.refresh_from_db()
    assert part.counts_upwards
    assert totals()["events"] == 1
    assert_tallies_true()


def test_pages(cast: Cast) -> None:
    event = make_draft(cast.anong, name="เก็บขยะร่วมกัน")
    host, guest = cast.client("anong"), cast.client("chai")
    address = reverse("activities:joint", args=[event.uuid])
    assert "อ.เมืองกระบี่" in host.get(address).content.decode()
    refused = host.post(address, {"offices": []})
    assert refused.status_code == 422
    assert host.post(address, {"offices": [cast.kokklang.pk]}).status_code == 302
    invitation = Invitation.objects.get()
    assert guest.get(address).status_code == 404

    assert "เก็บขยะร่วมกัน" in words_of(guest.get(reverse("activities:invitations")))
    assert "คำเชิญร่วมงาน 1" in words_of(guest.get(reverse("activities:list")))
    new = guest.get(reverse("activities:new"), follow=True).content.decode()
    assert f"?invitation={invitation.uuid}" in new
    accepted = guest.post(reverse("activities:accept_invitation", args=[invitation.uuid]))
    assert accepted["Location"].endswith(f"?invitation={invitation.uuid}")
    form = guest.get(accepted["Location"], follow=True).content.decode()
    assert 'value="เก็บขยะร่วมกัน"' in form
    assert f'value="{event.uuid}" selected' in form
    assert (
        host.get(f"{reverse('activities:new')}?invitation={invitation.uuid}", follow=True).status_code == 404
    )

    record_part(cast, invitation)
    assert "25 คน · 2 ภาพ" in words_of(host.get(address))


def test_lists_of_invitations_ask_no_more_with_more(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for days in range(5):
        asked(cast, make_draft(cast.anong, start_date=NOW.date() - timedelta(days=days)))
    with django_assert_max_num_queries(1):
        rows = waiting_for(cast.kokklang.pk)
        assert all(first_values(each).host_activity for each in rows)
    assert len(rows) == 5
