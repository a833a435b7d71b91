"""A place where an office publishes: a page, a group, loudspeakers, a board by the road."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.in_use import IN_USE, RetirableQuerySet
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.choices import ChannelKind


class ChannelQuerySet(RetirableQuerySet["Channel"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(scope(viewer))


class Channel(models.Model):
    """``reach`` is how many people it usually reaches, as its office estimates.

    The kind never changes once made: broadcasts are counted by it. Retired channels keep their past.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(_("ประเภท"), max_length=12, choices=ChannelKind)
    name = models.CharField(_("ชื่อช่องทาง"), max_length=150)
    link = models.CharField(_("ลิงก์"), max_length=300, blank=True)
    reach = models.PositiveIntegerField(_("ผู้รับโดยประมาณ (คน)"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField()
    search_text = models.TextField(blank=True, editable=False)
    sort_key = models.CharField(max_length=400, blank=True, editable=False)

    objects: ClassVar[ChannelQuerySet] = ChannelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "sort_key", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=ChannelKind.values), name="channel_kind_known"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="channel_link_is_web",
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "name"],
                condition=IN_USE,
                name="channel_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
