"""Which broadcasts a page or a number is about: board, list and workbook read the same filter."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Broadcast


@dataclass(frozen=True)
class BroadcastFilter:
    """``within`` is the office whose area is meant; ``campaign`` 0 with ``without_campaign``: none brought it."""

    within: Organization
    first: date | None = None
    last: date | None = None
    kind: str = ""
    campaign: int = 0
    without_campaign: bool = False
    material: int = 0
    channel: int = 0
    posts: bool = False  # only posts of the offices' own activities
    own: bool = False  # the office's own, without the offices below it


def area(within: Organization, *, own: bool = False) -> Q:
    """The broadcasts of an area, by where each office stood on the day."""
    if own or within.level == Level.LAO:
        return Q(organization=within)
    if within.level == Level.PROVINCE:
        return Q(province_code=within.province_code)
    if within.level == Level.DISTRICT:
        return Q(district_code=within.district_code)
    return Q()


def broadcasts(viewer: Viewer, asked: BroadcastFilter) -> QuerySet[Broadcast]:
    """Live ones the viewer may see."""
    rows = Broadcast.objects.visible_to(viewer).live().filter(area(asked.within, own=asked.own))
    if asked.first:
        rows = rows.filter(on__gte=asked.first)
    if asked.last:
        rows = rows.filter(on__lte=asked.last)
    if asked.kind:
        rows = rows.filter(channel_kind=asked.kind)
    if asked.campaign:
        rows = rows.filter(campaign=asked.campaign)
    if asked.without_campaign:
        rows = rows.filter(campaign=None)
    if asked.channel:
        rows = rows.filter(channel=asked.channel)
    if asked.posts:
        rows = rows.filter(material=None)
    if asked.material:
        rows = rows.filter(material=asked.material)
    return rows


def listed(rows: QuerySet[Broadcast]) -> QuerySet[Broadcast]:
    """As a list shows them: newest first, with all its names."""
    return rows.select_related(
        "organization", "material", "activity", "channel", "campaign", "photo"
    ).order_by("-on", "-pk")
