"""Who may do what in publicity, and how a link is tidied or refused, word for word. No database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.rules import may_keep
from jitasa.publicity import rules
from jitasa.publicity.choices import CampaignStatus, ChannelKind, MaterialKind
from jitasa.publicity.models import Broadcast, Campaign, Channel, Material

K = ChannelKind
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
WRITERS = (Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def viewer(*roles: Role, level: Level = Level.LAO, pk: int = 1) -> Viewer:
    return Viewer(organization=Organization(pk=pk, level=level), roles=frozenset(roles))


@pytest.mark.parametrize("role", WRITERS)
def test_an_office_keeps_what_is_its_own(role: Role) -> None:
    own, other = viewer(role), viewer(role, pk=2)
    assert rules.may_write(own)
    for may, thing in (
        (rules.may_edit_channel, Channel(organization_id=1)),
        (rules.may_edit_material, Material(organization_id=1)),
        (rules.may_change_broadcast, Broadcast(organization_id=1)),
        (rules.may_publish, Activity(organization_id=1, status=Status.ACCEPTED)),
    ):
        ask: Any = may
        assert ask(own, thing) is True, thing
        assert ask(other, thing) is False, thing
        assert ask(viewer(Role.VIEWER), thing) is False, thing
    assert not rules.may_write(Viewer(roles=frozenset({role})))


def test_what_is_withdrawn_or_not_accepted_stands() -> None:
    own = viewer(Role.OFFICER)
    assert not rules.may_edit_material(own, Material(organization_id=1, withdrawn_at=NOON))
    assert not rules.may_change_broadcast(own, Broadcast(organization_id=1, withdrawn_at=NOON))
    assert not rules.may_publish(own, Activity(organization_id=1, status=Status.SUBMITTED))


@pytest.mark.parametrize(
    ("level", "may"),
    [(Level.LAO, False), (Level.DISTRICT, True), (Level.PROVINCE, True), (Level.DEPARTMENT, True)],
)
def test_releases_and_campaigns_are_for_the_offices_above(level: Level, may: bool) -> None:
    above = viewer(Role.OFFICER, level=level)
    assert rules.may_release(above) is rules.may_campaign(above) is may
    assert not rules.may_release(viewer(Role.VIEWER, level=level))
    assert not rules.may_campaign(viewer(Role.VIEWER, level=level))
    for status in CampaignStatus:
        campaign = Campaign(organization_id=1, status=status)
        assert rules.may_edit_campaign(above, campaign) is (may and status == CampaignStatus.DRAFT)
        assert rules.may_stop(above, campaign) is (may and status == CampaignStatus.SENT)
        assert rules.may_remind(above, campaign) is (may and status == CampaignStatus.SENT)
        another = viewer(Role.OFFICER, level=level, pk=2)
        assert not rules.may_edit_campaign(another, campaign)
        assert not rules.may_stop(another, campaign)
        assert rules.may_remind(another, campaign) is (may and status == CampaignStatus.SENT)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (" facebook.com/x ", "https://facebook.com/x"), ("http://a.th", "http://a.th"), ("a.th:8080/x", "https://a.th:8080/x"),
        ("x", "x"), ("", ""), ("x/a.th", "x/a.th"), ("mailto:a.b", "mailto:a.b"),
    ],
)  # fmt: skip
def test_an_address_gets_its_beginning(typed: str, link: str) -> None:
    assert rules.tidy_link(typed) == link


BAD = "ลิงก์ต้องขึ้นต้นด้วย https:// หรือ http:// คัดลอกจากแถบที่อยู่ของเบราว์เซอร์มาวาง"
NAMED = "ลิงก์นี้มีชื่อผู้ใช้ปนอยู่ คัดลอกลิงก์ของหน้าเพจโดยตรง"


@pytest.mark.parametrize(
    ("kind", "link", "words"),
    [
        (K.WEBSITE, "https://a.th/" + "x" * 287, ""),
        (K.WEBSITE, "https://a.th/" + "x" * 288, "ลิงก์ยาวเกิน 300 ตัวอักษร คัดลอกลิงก์แบบสั้นมาใส่"),
        (K.WEBSITE, "https://a.th/ x", BAD),
        (K.WEBSITE, "https://a.th/\u200b", BAD),
        (K.WEBSITE, "https://[a.th/", BAD),
        (K.WEBSITE, "https://a.th:0/", BAD),
        (K.WEBSITE, "https://a.th:99999/", BAD),
        (K.WEBSITE, "https://th./", BAD),
        (K.WEBSITE, "HTTPS://A.TH/", ""),
        (K.WEBSITE, "https://me@a.th/", NAMED),
        (K.WEBSITE, "https://a.th/\\x", NAMED),
        (K.FACEBOOK, "https://FACEBOOK.com/x", ""),
        (K.FACEBOOK, "https://notfacebook.com/x",
         "ลิงก์ของเฟซบุ๊กต้องอยู่ที่ facebook.com / fb.com ตรวจลิงก์ หรือเลือกประเภทช่องทางให้ตรง"),
        (K.TIKTOK, "https://tiktok.com.th/x",
         "ลิงก์ของติ๊กต็อกต้องอยู่ที่ tiktok.com ตรวจลิงก์ หรือเลือกประเภทช่องทางให้ตรง"),
    ],
)  # fmt: skip
def test_why_a_link_is_refused(kind: str, link: str, words: str) -> None:
    assert rules.link_problem(kind, link) == words


def test_the_channels_ticked_at_first() -> None:
    board, radio, page = (
        Channel(pk=pk, kind=kind) for pk, kind in ((1, K.BOARD), (2, K.RADIO), (3, K.FACEBOOK))
    )
    gone = Channel(pk=4, kind=K.FACEBOOK, retired_at=NOON)
    rows = [board, radio, page, gone]
    assert rules.suggested(MaterialKind.POSTER, rows, []) == [1, 3]
    assert rules.suggested(MaterialKind.AUDIO, rows, []) == [2]
    assert rules.suggested(MaterialKind.AUDIO, [gone, board, page], []) == [1]
    assert rules.suggested("unknown", rows, []) == [1]
    assert rules.suggested(MaterialKind.POSTER, rows, [2, 4, 9]) == [2]
    assert rules.suggested(MaterialKind.POSTER, [gone], [4]) == []


@pytest.mark.parametrize("level", [Level.DISTRICT, Level.PROVINCE, Level.DEPARTMENT, Level.LAO])
@pytest.mark.parametrize("role", Role.values)
def test_who_adds_a_material_may_give_it_a_picture(role: str, level: Level) -> None:
    """And who may not add one keeps none; a centre is beside the offices above (docs/adr/0113)."""
    if role == Role.CENTRE and level == Level.LAO:
        pytest.skip("no centre stands beside a local government")
    who = viewer(Role(role), level=level)
    assert may_keep(who) is rules.may_add_material(who)
