"""Campaigns: sent once, to successors of merged offices, counted per office, reminded, stopped."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from jitasa.audit.models import Entry
from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.values import Recipients
from jitasa.notices.models import Notice
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization, Succession
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models import Campaign, Delivery
from jitasa.publicity.selectors import campaigns as reads
from jitasa.publicity.selectors.materials import waiting_for
from jitasa.publicity.services import send as sending
from jitasa.publicity.services.campaigns import CampaignContent, save_campaign, send_campaign, stop_campaign
from jitasa.publicity.services.materials import withdraw_material
from jitasa.publicity.services.remind import mark_seen, remind
from jitasa.publicity.tests.making import make_broadcast, make_campaign, make_material
from jitasa.thai.dates import today
from tests.cast import NOW, Cast, make_organization

DAY = today(NOW)


def merge(gone: Organization, into: Organization) -> None:
    Organization.objects.filter(pk=gone.pk).update(closed_on=DAY)
    Succession.objects.create(predecessor=gone, successor=into, effective_on=DAY)


def many(cast: Cast, count: int) -> list[Organization]:
    return [
        make_organization(
            f"0681{n:04}", OrganizationType.SAO, f"อบต.ที่ {n}", reports_to=cast.mueang, lies_in=cast.mueang
        )
        for n in range(count)
    ]


def test_it_goes_to_every_office_of_a_preset_once_with_a_notice(cast: Cast) -> None:
    campaign = make_campaign(cast.ek, [make_material(cast.ek)], [cast.aonang], presets=("all_laos",))
    assert (campaign.status, campaign.sent_count) == (CampaignStatus.SENT, 5)
    assert Notice.objects.filter(kind="material").count() == 5
    again = send_campaign(actor=cast.ek, campaign=campaign, now=NOW)
    assert again.deliveries.count() == 5
    assert Entry.objects.filter(verb="campaign.send").count() == 1


def test_an_office_merged_away_is_replaced_by_its_successor_who_is_told(cast: Cast) -> None:
    draft = make_campaign(cast.ek, [make_material(cast.ek)], [cast.saithai, cast.kokklang], send=False)
    merge(cast.saithai, cast.aonang)
    page = cast.client("ek").get(f"/work/publicity/campaigns/{draft.uuid}/")
    TestCase().assertContains(page, "อบต.ไสไทย ยุบรวมแล้ว จะส่งถึง อบต.อ่าวนาง แทน")
    send_campaign(actor=cast.ek, campaign=draft, now=NOW)
    delivery = Delivery.objects.get(recipient=cast.aonang)
    assert delivery.addressed == cast.saithai
    page = cast.client("anong").get(f"/work/publicity/campaigns/{draft.uuid}/")
    TestCase().assertContains(page, "อบต.ไสไทย")


def test_chunks_go_on_after_a_kill_and_follow_a_merger_in_between(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending.courier, "chunk", 2)
    offices = many(cast, 5)
    campaign = make_campaign(cast.ek, [make_material(cast.ek)], offices)
    assert campaign.sent_count == 0  # waits for the worker
    sending.courier.send_chunk(campaign.pk, now=NOW)
    merge(offices[4], offices[0])  # its successor has it already
    assert sending.courier.resume() == 3
    campaign.refresh_from_db()
    assert (campaign.sent_count, campaign.pending) == (5, [])
    assert campaign.deliveries.count() == 4
    assert sending.courier.resume() == 0


def test_what_cannot_be_sent_is_said_and_nothing_is_sent(cast: Cast) -> None:
    over = make_material(cast.fah, title="หมดเวลา", use_to=DAY - timedelta(days=1))
    gone = make_material(cast.fah, title="ถอน")
    withdraw_material(actor=cast.fah, material=gone, reason="ผิด", now=NOW)
    for materials, offices, more, field in (
        ([over], [cast.aonang], {}, "materials"),
        ([gone], [cast.aonang], {}, "materials"),
        ([], [cast.aonang], {}, "materials"),
        ([make_material(cast.fah)], [], {}, "presets"),
        ([make_material(cast.fah)], [cast.aonang], {"use_by": DAY - timedelta(days=1)}, "use_by"),
    ):
        draft = make_campaign(cast.fah, materials, offices, send=False, **more)
        with pytest.raises(Refusal) as refused:
            send_campaign(actor=cast.fah, campaign=draft, now=NOW)
        assert list(refused.value.fields) == [field]
    assert not Delivery.objects.exists()
    assert not Notice.objects.exists()


def test_who_may_not(cast: Cast) -> None:
    material = make_material(cast.fah)
    with pytest.raises(Forbidden):
        make_campaign(cast.anong, [material], [cast.saithai])
    with pytest.raises(Refusal):  # another district's office
        make_campaign(cast.dao, [material], [cast.kokklang])
    draft = make_campaign(cast.ek, [material], [cast.aonang], send=False)
    with pytest.raises(Forbidden):
        send_campaign(actor=cast.fah, campaign=draft, now=NOW)
    assert cast.client("anong").get(f"/work/publicity/campaigns/{draft.uuid}/").status_code == 404
    assert not Delivery.objects.exists()


def test_seen_and_used_are_counted_per_office(cast: Cast) -> None:
    material = make_material(cast.fah)
    campaign = make_campaign(cast.fah, [material], [cast.aonang, cast.saithai, cast.kokklang])
    mark_seen(viewer=cast.chai, now=NOW, campaign=campaign)
    make_broadcast(cast.anong, material)
    total = reads.total(reads.deliveries(cast.fah, campaign, None))
    assert {name: total[name] for name in ("sent", "seen", "used")} == {"sent": 3, "seen": 2, "used": 1}
    below = reads.total(reads.deliveries(cast.dao, campaign, None))
    assert below["sent"] == 2
    assert [
        place.figures["used"] for place in reads.by_province(reads.deliveries(cast.fah, campaign, None))
    ] == [1]


def test_looking_from_above_leaves_no_trace(cast: Cast) -> None:
    campaign = make_campaign(cast.fah, [make_material(cast.fah)], [cast.aonang])
    cast.client("dao").get(f"/work/publicity/campaigns/{campaign.uuid}/")
    assert Delivery.objects.get().seen_at is None
    cast.client("anong").get(f"/work/publicity/campaigns/{campaign.uuid}/")
    assert Delivery.objects.get().seen_by == cast.people["anong"]


def test_only_those_that_have_not_used_it_are_reminded_and_not_twice(cast: Cast) -> None:
    material = make_material(cast.fah)
    campaign = make_campaign(cast.fah, [material], [cast.aonang, cast.saithai, cast.kokklang])
    make_broadcast(cast.anong, material)
    assert remind(actor=cast.dao, campaign=campaign, now=NOW) == (1, False)  # อบต.ไสไทย, in her district
    assert remind(actor=cast.fah, campaign=campaign, now=NOW) == (1, False)  # the other one
    assert remind(actor=cast.fah, campaign=campaign, now=NOW) == (0, False)
    told = Notice.objects.filter(kind="reminder").values_list("organization__code", flat=True)
    assert sorted(told) == ["06810107", "06810304"]
    with pytest.raises(Forbidden):
        remind(actor=cast.anong, campaign=campaign, now=NOW)


def test_a_stopped_campaign_leaves_the_work_lists_and_says_why(cast: Cast) -> None:
    campaign = make_campaign(cast.fah, [make_material(cast.fah)], [cast.aonang])
    assert waiting_for(cast.aonang, DAY).count() == 1
    with pytest.raises(Refusal):
        stop_campaign(actor=cast.fah, campaign=campaign, reason="", now=NOW)
    stop_campaign(actor=cast.fah, campaign=campaign, reason="เปลี่ยนกำหนดการ", now=NOW)
    assert not waiting_for(cast.aonang, DAY).exists()
    page = cast.client("anong").get(f"/work/publicity/campaigns/{campaign.uuid}/")
    TestCase().assertContains(page, "เปลี่ยนกำหนดการ")
    campaign.refresh_from_db()
    with pytest.raises(Forbidden):
        remind(actor=cast.fah, campaign=campaign, now=NOW)


def test_it_stands_in_the_day_until_it_is_used(cast: Cast) -> None:
    material = make_material(cast.fah)
    make_campaign(cast.fah, [material], [cast.aonang], title="สื่อวันพ่อ")
    client = cast.client("anong")
    TestCase().assertContains(client.get("/work/"), "สื่อใหม่ให้เผยแพร่")
    make_broadcast(cast.anong, material)
    TestCase().assertNotContains(client.get("/work/"), "สื่อใหม่ให้เผยแพร่")


def test_a_draft_is_written_by_form_and_sent_by_button(cast: Cast) -> None:
    material, client, uuid = make_material(cast.ek), cast.client("ek"), uuid4()
    given = {
        "uuid": str(uuid),
        "title": "สื่อวันพ่อ",
        "materials": [material.pk],
        "add_office": "06810104",
        "more": "1",
    }
    assert client.post("/work/publicity/campaigns/new/", given).status_code == 302
    assert Campaign.objects.get().recipients["offices"] == [cast.aonang.pk]
    client.post(f"/work/publicity/campaigns/{uuid}/send/")
    assert Delivery.objects.get().recipient == cast.aonang
    assert client.get(f"/work/publicity/campaigns/{uuid}/offices.xlsx").content[:2] == b"PK"


def test_following_asks_as_often_for_many_offices_as_for_few(cast: Cast) -> None:
    offices, counts = many(cast, 30), []
    for rows in (3, 30):
        campaign = make_campaign(cast.ek, [make_material(cast.ek)], offices[:rows])
        client = cast.client("ek")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/work/publicity/campaigns/{campaign.uuid}/")
        counts.append(len(queries))
        assert len(page.context["page"]) == rows
    assert counts[0] == counts[1]


def test_all_laos_of_one_province_are_one_choice_and_stay_in_the_draft(cast: Cast) -> None:
    material = make_material(cast.fah)
    client, uuid = cast.client("fah"), uuid4()
    typed = {
        "uuid": str(uuid),
        "materials": [material.pk],
        "title": "ชายหาด",
        "add_province": cast.krabi.code,
    }
    answer = client.post("/work/publicity/campaigns/new/", typed | {"more": "1"}, follow=True)
    TestCase().assertContains(answer, 'value="laos_in:81" ')
    draft = Campaign.objects.get(uuid=uuid)
    assert draft.recipients == {"presets": ["laos_in:81"], "groups": [], "offices": []}
    client.post(f"/work/publicity/campaigns/{uuid}/send/")
    got = Organization.objects.filter(pk__in=draft.deliveries.values("recipient"))
    assert {(each.level, each.province_code) for each in got} == {("lao", "81")}


def test_a_province_may_not_choose_the_laos_of_another_area(cast: Cast) -> None:
    with pytest.raises(Refusal):
        make_campaign(cast.ek, [make_material(cast.ek)], [], presets=("laos_in:80",))
    assert not Campaign.objects.exists()


def test_a_saved_group_gets_a_campaign_as_it_gets_a_letter(cast: Cast) -> None:
    group = RecipientGroup.objects.create(organization=cast.krabi, name="ชายทะเล")
    group.members.set([cast.aonang, cast.kokklang])
    material, client, uuid = make_material(cast.ek), cast.client("ek"), uuid4()
    given = {"uuid": str(uuid), "title": "ชายหาด", "materials": [material.pk], "groups": [group.pk]}
    TestCase().assertContains(client.get("/work/publicity/campaigns/new/"), "ชายทะเล (2)")
    assert client.post("/work/publicity/campaigns/new/", given).status_code == 302
    client.post(f"/work/publicity/campaigns/{uuid}/send/")
    got = Delivery.objects.filter(campaign__uuid=uuid).values_list("recipient", flat=True)
    assert set(got) == {cast.aonang.pk, cast.kokklang.pk}


def test_a_group_with_offices_elsewhere_or_of_another_office_gets_none(cast: Cast) -> None:
    elsewhere = RecipientGroup.objects.create(organization=cast.mueang, name="ทั่วจังหวัด")
    elsewhere.members.set([cast.aonang, cast.kokklang])
    others = RecipientGroup.objects.create(organization=cast.krabi, name="ของจังหวัด")
    for group in (elsewhere, others):
        content = CampaignContent(
            title="ส่ง", materials=[make_material(cast.dao).pk], recipients=Recipients(groups=(group.pk,))
        )
        with pytest.raises(Refusal) as refused:
            save_campaign(actor=cast.dao, uuid=uuid4(), content=content, now=NOW)
        assert list(refused.value.fields) == ["groups"]
    assert not Campaign.objects.exists()
