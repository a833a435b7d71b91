"""Decisions about publicity, from given facts: links, dates of use, who may."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.rules_centre import keeps
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.choices import (
    OPEN_LICENCES,
    CampaignStatus,
    ChannelKind,
    FileKind,
    Licence,
    MaterialKind,
)
from jitasa.publicity.models import Broadcast, Campaign, Channel, Material

LONGEST_LINK = 300
MOST_REACH = 70_000_000  # more people than the country has
K, F, M = ChannelKind, FileKind, MaterialKind
# A link of these kinds leads to one of these hosts, or to a host below it.
HOSTS: dict[str, tuple[str, ...]] = {
    K.FACEBOOK: ("facebook.com", "fb.com", "fb.me", "fb.watch"),
    K.LINE: ("line.me", "lin.ee"),
    K.YOUTUBE: ("youtube.com", "youtu.be"),
    K.TIKTOK: ("tiktok.com",),
}
# Channels that exist only on the web: they cannot be registered without a link.
ONLINE = frozenset({K.WEBSITE, K.FACEBOOK, K.LINE, K.YOUTUBE, K.TIKTOK})
FILES_OF: dict[str, frozenset[str]] = {
    M.POSTER: frozenset({F.IMAGE, F.DOCUMENT}),
    M.VIDEO: frozenset({F.VIDEO, F.IMAGE}),
    M.AUDIO: frozenset({F.AUDIO, F.DOCUMENT}),
    M.SCRIPT: frozenset({F.DOCUMENT, F.AUDIO, F.IMAGE}),
    M.TEMPLATE: frozenset({F.DOCUMENT, F.IMAGE}),
}
# Where a material of a kind is usually used, when the office has recorded nothing yet.
USUAL: dict[str, frozenset[str]] = {
    M.POSTER: frozenset({K.FACEBOOK, K.LINE, K.WEBSITE, K.BOARD}),
    M.VIDEO: frozenset({K.FACEBOOK, K.YOUTUBE, K.TIKTOK, K.LED}),
    M.AUDIO: frozenset({K.LOUDSPEAKER, K.RADIO}),
    M.SCRIPT: frozenset({K.LOUDSPEAKER, K.RADIO}),
    M.TEMPLATE: frozenset({K.FACEBOOK, K.LINE, K.BOARD}),
}


def may_write(viewer: Viewer) -> bool:
    """Officers, approvers and administrators keep their own office's channels, materials, broadcasts."""
    return viewer.organization is not None and viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def may_edit_channel(viewer: Viewer, channel: Channel) -> bool:
    return may_write(viewer) and viewer.office_id == channel.organization_id


def may_edit_material(viewer: Viewer, material: Material) -> bool:
    """The desk that made it, the office's clerks or the centre's, while it is in use."""
    own = keeps(viewer, by_centre=material.by_centre) and viewer.office_id == material.organization_id
    return own and material.withdrawn_at is None


def may_release(viewer: Viewer) -> bool:
    """Releasing a material to everybody is for the offices above; an LAO's own stays in the line."""
    return may_campaign(viewer)


def may_add_material(viewer: Viewer) -> bool:
    """Every office adds what it made; so does a volunteer centre."""
    return may_write(viewer) or may_campaign(viewer)


def may_campaign(viewer: Viewer) -> bool:
    """Those who have offices below them send materials to them: the office's clerks and the centre beside it."""
    return viewer.level != Level.LAO and (may_write(viewer) or viewer.is_centre)


def may_edit_campaign(viewer: Viewer, campaign: Campaign) -> bool:
    return _is_at_desk(viewer, campaign) and campaign.status == CampaignStatus.DRAFT


def may_remind(viewer: Viewer, campaign: Campaign) -> bool:
    """The sender reminds whoever got it; an office between, those below it."""
    return may_campaign(viewer) and campaign.status == CampaignStatus.SENT


def may_stop(viewer: Viewer, campaign: Campaign) -> bool:
    return _is_at_desk(viewer, campaign) and campaign.status == CampaignStatus.SENT


def may_send(viewer: Viewer, campaign: Campaign) -> bool:
    """The desk that wrote it sends it; what was sent already is not sent again, whoever asks."""
    return _is_at_desk(viewer, campaign)


def _is_at_desk(viewer: Viewer, campaign: Campaign) -> bool:
    own = may_campaign(viewer) and viewer.office_id == campaign.organization_id
    return own and keeps(viewer, by_centre=campaign.by_centre)


def may_publish(viewer: Viewer, activity: Activity) -> bool:
    """A post of an activity is published by its own office, once the record is accepted."""
    own = may_write(viewer) and viewer.office_id == activity.organization_id
    return own and activity.status == Status.ACCEPTED


def may_change_broadcast(viewer: Viewer, broadcast: Broadcast) -> bool:
    return (
        may_write(viewer) and viewer.office_id == broadcast.organization_id and broadcast.withdrawn_at is None
    )


def tidy_link(text: str) -> str:
    """A link as typed, with ``https://`` where only the address was written: ``facebook.com/x``."""
    link = text.strip()
    head = link.split(":", 1)[0].split("/", 1)[0]
    return f"https://{link}" if link and "://" not in link and "." in head else link


def link_problem(kind: str, link: str) -> str:
    """Why a link cannot be that of such a channel, or an empty string (an empty link is no link)."""
    if not link:
        return ""
    if len(link) > LONGEST_LINK:
        return _("ลิงก์ยาวเกิน %(most)d ตัวอักษร คัดลอกลิงก์แบบสั้นมาใส่") % {"most": LONGEST_LINK}
    bad = _("ลิงก์ต้องขึ้นต้นด้วย https:// หรือ http:// คัดลอกจากแถบที่อยู่ของเบราว์เซอร์มาวาง")
    if any(letter.isspace() or not letter.isprintable() for letter in link):
        return bad
    try:
        parts = urlsplit(link)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return bad
    if parts.scheme.lower() not in ("http", "https") or "." not in host.strip(".") or port == 0:
        return bad
    if "@" in parts.netloc or "\\" in link:
        return _("ลิงก์นี้มีชื่อผู้ใช้ปนอยู่ คัดลอกลิงก์ของหน้าเพจโดยตรง")
    hosts = HOSTS.get(kind)
    if hosts and not any(host == each or host.endswith(f".{each}") for each in hosts):
        return _("ลิงก์ของ%(kind)sต้องอยู่ที่ %(hosts)s ตรวจลิงก์ หรือเลือกประเภทช่องทางให้ตรง") % {
            "kind": ChannelKind(kind).label,
            "hosts": " / ".join(hosts[:2]),
        }
    return ""


def is_over(material: Material, day: date) -> bool:
    """Whether the material must not be used any more: withdrawn, or past its last day."""
    return material.withdrawn_at is not None or (material.use_to is not None and day > material.use_to)


def is_ahead(material: Material, day: date) -> bool:
    return material.use_from is not None and day < material.use_from


def licence_problem(licence: str, *, is_public: bool) -> str:
    """A material for everybody needs a licence that everybody may rely on."""
    if is_public and licence not in OPEN_LICENCES:
        return _("สื่อที่ให้ประชาชนดาวน์โหลดต้องใช้สัญญาอนุญาต CC เพราะ “%(name)s” ใช้ได้เฉพาะหน่วยงาน") % {
            "name": Licence(licence).label
        }
    return ""


def suggested(kind: str, channels: Iterable[Channel], last_used: Iterable[int]) -> list[int]:
    """Ids of the channels to tick at first: those of the last time, else the usual ones for the kind."""
    active = [channel for channel in channels if channel.retired_at is None]
    ids = {channel.pk for channel in active}
    again = [pk for pk in last_used if pk in ids]
    if again:
        return again
    usual = [channel.pk for channel in active if channel.kind in USUAL.get(kind, frozenset())]
    return usual or [channel.pk for channel in active[:1]]
