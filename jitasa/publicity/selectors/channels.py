"""Channels of an office, and of the offices below it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Broadcast, Channel
from jitasa.ui.searching import holding


def own_channels(office: Organization) -> list[Channel]:
    """All of one office, those in use first."""
    return sorted(Channel.objects.filter(organization=office), key=lambda each: each.retired_at is not None)


def channels_in(
    viewer: Viewer, *, office: Organization | None = None, kind: str = "", text: str = ""
) -> QuerySet[Channel]:
    """Those in use in the viewer's scope, in the branch of ``office`` if one is given."""
    rows = Channel.objects.visible_to(viewer).active().select_related("organization")
    if office is not None:
        rows = rows.filter(Q(organization__path__startswith=office.path) | Q(organization__lies_in=office))
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(holding(text, "search_text", "organization__search_text"))
    return rows.order_by("organization__province_code", "organization__sort_key", "kind", "sort_key", "pk")


def kinds_in(viewer: Viewer) -> list[Mapping[str, Any]]:
    """How many channels of each kind there are in the scope, of how many offices, with their reach."""
    rows = Channel.objects.visible_to(viewer).active().order_by().values("kind")
    found = rows.annotate(
        count=Count("pk"), offices=Count("organization", distinct=True), people=Sum("reach")
    )
    return [dict(row) for row in found.order_by("-count", "kind")]


def used(channels: list[Channel]) -> Mapping[int, int]:
    """How often each has been used. One query."""
    rows = Broadcast.objects.live().filter(channel__in=channels).order_by().values("channel")
    return dict(rows.annotate(n=Count("pk")).values_list("channel", "n"))
