"""Campaigns and how far they got: sent, seen, downloaded, used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Campaign, Delivery
from jitasa.ui.searching import holding

COUNTS = {
    "sent": Count("pk"),
    "seen": Count("seen_at"),
    "downloaded": Count("downloaded_at"),
    "used": Count("used_at"),
}
CHIPS: dict[str, tuple[object, Q]] = {
    "": (_("ทุกแห่ง"), Q()),
    "unseen": (_("ยังไม่เปิดดู"), Q(seen_at=None)),
    "unused": (_("ดูแล้วยังไม่ใช้"), Q(seen_at__isnull=False, used_at=None)),
    "used": (_("ใช้แล้ว"), Q(used_at__isnull=False)),
}
# What the big numbers lead to besides.
FILTERS = {name: each for name, (_label, each) in CHIPS.items()} | {
    "seen": Q(seen_at__isnull=False),
    "downloaded": Q(downloaded_at__isnull=False),
}


@dataclass(frozen=True)
class ProvinceShare:
    """A province's part of a campaign."""

    office_id: int
    label: str
    figures: Mapping[str, int]


CAMPAIGN_FILTERS: dict[str, tuple[object, Callable[[QuerySet[Campaign], Viewer], QuerySet[Campaign]]]] = {
    "": (_("ทั้งหมด"), lambda rows, _viewer: rows),
    "came": (
        _("ส่งถึงหน่วยงานของท่าน"),
        lambda rows, viewer: rows.filter(deliveries__recipient=viewer.organization),
    ),
    "own": (_("หน่วยงานของท่านส่ง"), lambda rows, viewer: rows.filter(organization=viewer.organization)),
    "draft": (
        _("ร่าง"),
        lambda rows, viewer: rows.filter(organization=viewer.organization, status="draft"),
    ),
}


def campaigns(viewer: Viewer, *, chosen: str = "", text: str = "") -> QuerySet[Campaign]:
    """Those the viewer may see, newest first."""
    rows = CAMPAIGN_FILTERS.get(chosen, CAMPAIGN_FILTERS[""])[1](Campaign.objects.visible_to(viewer), viewer)
    if text:
        rows = rows.filter(holding(text, "search_text"))
    return rows.select_related("organization").order_by("-created_at", "-pk")


def counts_of(viewer: Viewer, rows: Sequence[Campaign]) -> dict[int, dict[str, int]]:
    """sent, seen, downloaded and used of each, among the deliveries the viewer may see. One query."""
    found = Delivery.objects.visible_to(viewer).filter(campaign__in=rows).order_by()
    return {row["campaign"]: _counts(row) for row in found.values("campaign").annotate(**COUNTS)}


def _counts(row: Mapping[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in COUNTS}


def deliveries(viewer: Viewer, campaign: Campaign, within: Organization | None) -> QuerySet[Delivery]:
    """Its deliveries the viewer may see, in the area of ``within`` if one is given."""
    rows = Delivery.objects.visible_to(viewer).filter(campaign=campaign)
    if within is None or within.level == Level.DEPARTMENT:
        return rows
    if within.level == Level.PROVINCE:
        return rows.filter(recipient__province_code=within.province_code)
    if within.level == Level.DISTRICT:
        return rows.filter(recipient__district_code=within.district_code)
    return rows.filter(recipient=within)


def total(rows: QuerySet[Delivery]) -> dict[str, int]:
    """sent, seen, downloaded, used, and the numbers of the chips. One query."""
    chips = {f"chip_{name}": Count("pk", filter=each) for name, (_label, each) in CHIPS.items() if name}
    return rows.order_by().aggregate(**COUNTS, **chips)


def by_province(rows: QuerySet[Delivery]) -> list[ProvinceShare]:
    """A line a province, the least used first; offices of the department itself have no province."""
    found = rows.order_by().values("recipient__province_code").annotate(**COUNTS)
    figures = {row["recipient__province_code"]: _counts(row) for row in found}
    offices = Organization.objects.open().filter(level=Level.PROVINCE, province_code__in=figures)
    places = [
        ProvinceShare(office.pk, office.short_name, figures[office.province_code])
        for office in offices.order_by("sort_key")
    ]
    return sorted(places, key=lambda place: place.figures["used"] / max(1, place.figures["sent"]))


def offices_of(rows: QuerySet[Delivery], chip: str = "") -> QuerySet[Delivery]:
    """A line an office, those that have done least first."""
    chosen = rows.filter(FILTERS.get(chip, Q()))
    return chosen.select_related("recipient", "addressed", "seen_by").order_by(
        "recipient__province_code", "recipient__district_code", "recipient__sort_key", "pk"
    )
