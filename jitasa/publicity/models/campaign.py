"""A campaign sends materials to offices; a delivery is its coming to one of them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.models import DeliveryColumns, Sending
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_centre import made_by
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models.material import Material


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of the viewer's office, sent ones of offices below, and those that came to an office in scope."""
        if viewer.is_system:
            return self
        if viewer.organization is None or not viewer.roles:
            return self.none()
        came = Delivery.objects.filter(scope(viewer, "recipient"), campaign=OuterRef("pk"))
        below = scope(viewer) & ~Q(status=CampaignStatus.DRAFT)
        return self.filter(Q(organization=viewer.organization) | below | Exists(came))


class Campaign(Sending):
    """Materials sent to many offices, with a message and a day to use them by."""

    uuid = models.UUIDField(unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("ชื่อรอบเผยแพร่"), max_length=250)
    message = models.TextField(_("ข้อความถึงหน่วยงาน"), blank=True)
    use_by = models.DateField(_("ขอให้เผยแพร่ภายในวันที่"), null=True, blank=True)
    materials = models.ManyToManyField(Material, related_name="campaigns")
    status = models.CharField(max_length=8, choices=CampaignStatus, default=CampaignStatus.DRAFT)
    by_centre = models.BooleanField(
        default=False, editable=False
    )  # of the volunteer centre beside the office
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.CharField(max_length=400, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    objects: ClassVar[CampaignQuerySet] = CampaignQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=CampaignStatus.values), name="campaign_status_known"
            ),
            models.CheckConstraint(
                condition=Q(sent_count__lte=F("send_total")), name="campaign_sent_not_over_total"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-created_at"], name="campaign_by_office"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def made_by(self) -> str:
        """The centre or the office it comes from, for a line of a list."""
        return made_by(self.organization, by_centre=self.by_centre)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What came to an office in the viewer's scope, and what the viewer's office sent."""
        if viewer.is_system or (viewer.is_department and viewer.roles):
            return self
        if viewer.organization is None or not viewer.roles:
            return self.none()
        return self.filter(scope(viewer, "recipient") | Q(campaign__organization=viewer.organization))


class Delivery(DeliveryColumns):
    """One campaign at one office: unique, so nothing is ever sent twice.

    ``downloaded_at`` and ``used_at`` are the first time; a withdrawn broadcast takes ``used_at`` back.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="deliveries")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    downloaded_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "recipient"], name="delivery_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["recipient", "-delivered_at"],
                condition=Q(used_at=None),
                name="delivery_unused",
            ),
        ]
