"""One use of a material, or of an activity's own post, on a channel: when, where to be seen, whom it reached."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jitasa.activities.models import Activity
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.models.campaign import Campaign
from jitasa.publicity.models.channel import Channel
from jitasa.publicity.models.material import Material


class BroadcastQuerySet(models.QuerySet["Broadcast"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(scope(viewer))

    def live(self) -> Self:
        """Those that count: not withdrawn."""
        return self.filter(withdrawn_at=None)


class Broadcast(models.Model):
    """``batch`` is made by the page before anything is sent: sent twice, it is recorded once.

    ``channel_kind``, ``province_code`` and ``district_code`` repeat what was true on the day, so that
    boards count the place an office stood in then and sum without joining. ``campaign`` is the one
    that brought the material to the office, if one did. Exactly one of ``material`` and ``activity``
    (an accepted record of the office, published as a post of its own) is there.
    """

    batch = models.UUIDField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="broadcasts")
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, null=True, blank=True, related_name="broadcasts"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="broadcasts"
    )
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="broadcasts")
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="broadcasts"
    )
    channel_kind = models.CharField(max_length=12, choices=ChannelKind)
    province_code = models.CharField(max_length=2, blank=True)
    district_code = models.CharField(max_length=4, blank=True)
    on = models.DateField(_("วันที่เผยแพร่"))
    reach = models.PositiveIntegerField(_("ผู้รับสื่อ (คน)"), default=0)
    link = models.CharField(_("ลิงก์"), max_length=300, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("หมายเหตุ"), max_length=250, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar[BroadcastQuerySet] = BroadcastQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(channel_kind__in=ChannelKind.values), name="broadcast_channel_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="broadcast_link_is_web",
            ),
            models.CheckConstraint(
                condition=Q(material__isnull=False, activity=None) | Q(material=None, activity__isnull=False),
                name="broadcast_of_one_thing",
            ),
            models.UniqueConstraint(fields=["batch", "channel"], name="broadcast_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Everything the boards of the country group and sum: answered from the index alone.
            models.Index(
                fields=[
                    "on",
                    "province_code",
                    "channel_kind",
                    "campaign",
                    "material",
                    "organization",
                    "reach",
                ],
                condition=Q(withdrawn_at=None),
                name="broadcast_by_day",
            ),
            models.Index(
                fields=["province_code", "district_code", "on"],
                condition=Q(withdrawn_at=None),
                name="broadcast_by_place",
            ),
            models.Index(fields=["organization", "-on"], name="broadcast_by_office"),
            models.Index(fields=["material", "organization"], name="broadcast_of_material"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.channel}"

    @property
    def subject(self) -> Material | Activity:
        """What was published: exactly one of the two is there."""
        found = self.material or self.activity
        assert found is not None
        return found
