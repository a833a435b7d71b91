"""The library as an office sees it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Broadcast, Delivery, Download, Material
from jitasa.ui.searching import holding


@dataclass(frozen=True)
class MaterialFilter:
    label: object
    rows: Callable[[QuerySet[Material], Viewer, date], QuerySet[Material]]


MATERIAL_FILTERS: dict[str, MaterialFilter] = {
    "": MaterialFilter(_("ใช้ได้วันนี้"), lambda rows, _viewer, day: rows.in_use(day)),  # type: ignore[attr-defined]  # our queryset
    "ahead": MaterialFilter(
        _("ยังไม่ถึงวันใช้"), lambda rows, _viewer, day: rows.filter(use_from__gt=day, withdrawn_at=None)
    ),
    "over": MaterialFilter(
        _("หมดเวลาหรือถอนแล้ว"),
        lambda rows, _viewer, day: rows.filter(Q(use_to__lt=day) | Q(withdrawn_at__isnull=False)),
    ),
    "own": MaterialFilter(
        _("ของหน่วยงานท่าน"), lambda rows, viewer, _day: rows.filter(organization=viewer.organization)
    ),
    "public": MaterialFilter(
        _("ประชาชนดาวน์โหลดได้"),
        lambda rows, _viewer, day: rows.in_use(day).filter(is_public=True),  # type: ignore[attr-defined]  # our queryset
    ),
}


def library(
    viewer: Viewer, *, day: date, chosen: str = "", kind: str = "", occasion: int = 0, text: str = ""
) -> QuerySet[Material]:
    """Materials the viewer may see, newest first, with publisher, occasion and files."""
    rows = MATERIAL_FILTERS.get(chosen, MATERIAL_FILTERS[""]).rows(
        Material.objects.visible_to(viewer), viewer, day
    )
    if kind:
        rows = rows.filter(kind=kind)
    if occasion:
        rows = rows.filter(occasion=occasion)
    rows = rows.filter(holding(text[:200], "search_text"))
    return rows.select_related("organization", "occasion").prefetch_related("files")


def figures_of(viewer: Viewer, materials: Sequence[Material]) -> Mapping[int, tuple[int, int]]:
    """(times used, people reached) of each in the viewer's scope. One query."""
    rows = Broadcast.objects.visible_to(viewer).live().filter(material__in=materials).order_by()
    found = rows.values("material").annotate(times=Count("pk"), people=Sum("reach"))
    return {row["material"]: (row["times"], row["people"] or 0) for row in found}


def downloads_of(viewer: Viewer, material: Material) -> dict[str, int]:
    """How often it was fetched: by offices in the viewer's scope, how many of them, and by the public."""
    rows = Download.objects.filter(file__material=material)
    offices = Organization.objects.visible_to(viewer).values("pk")
    found = rows.aggregate(
        times=Sum("count", filter=Q(organization__in=offices)),
        offices=Count("organization", filter=Q(organization__in=offices), distinct=True),
        public=Sum("count", filter=Q(organization=None)),
    )
    return {name: value or 0 for name, value in found.items()}


def waiting_for(office: Organization, day: date) -> QuerySet[Delivery]:
    """What campaigns brought to an office and it has not used, while there is still time."""
    rows = Delivery.objects.filter(recipient=office, used_at=None, campaign__status="sent")
    usable = Material.objects.not_over(day).values("pk")
    brought = Material.campaigns.through.objects.filter(campaign=OuterRef("campaign"), material__in=usable)
    fresh = rows.filter(Exists(brought))
    return fresh.select_related("campaign__organization", "addressed").order_by("-delivered_at", "-pk")
