"""An office, its dated states and its successors.

``OrganizationState`` rows are the truth; the same columns on ``Organization`` repeat the state of
today so that lists need no join. Only the services of this app write either.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.choices import Change, Level, OrganizationType
from jitasa.organizations.in_use import is_open
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer


class StateColumns(models.Model):
    """What may change about an office as time passes. Codes are text: leading zeros count."""

    code = models.CharField(_("รหัส"), max_length=12, db_index=True)
    type = models.CharField(_("ประเภท"), max_length=24, choices=OrganizationType)
    name = models.CharField(_("ชื่อเต็ม"), max_length=250)
    short_name = models.CharField(_("ชื่อย่อ"), max_length=250)
    province_code = models.CharField(_("รหัสจังหวัด"), max_length=2, blank=True, db_index=True)
    district_code = models.CharField(_("รหัสอำเภอ"), max_length=4, blank=True, db_index=True)
    # Derived: ids of the line of command from the department down to the office itself, "/1/82/960/".
    path = models.CharField(max_length=120, blank=True, db_index=True, editable=False)

    class Meta:
        abstract = True


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Reads of the registry as it is today."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Offices whose records the viewer may see."""
        return self.filter(scope(viewer, field=""))

    def open(self) -> Self:
        return self.filter(is_open())

    def laos(self) -> Self:
        return self.filter(level=Level.LAO)

    def below(self, office: "Organization") -> Self:
        """The offices that answer to ``office``, at any depth, itself excluded."""
        return self.filter(path__startswith=office.path).exclude(pk=office.pk)


class Organization(StateColumns):
    """An office in the tree. Its identity outlives its name, type, code and parents."""

    level = models.CharField(_("ระดับ"), max_length=12, choices=Level)
    reports_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reporting",
        verbose_name=_("รายงานต่อ"),
    )
    lies_in = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lying",
        verbose_name=_("ตั้งอยู่ใน"),
    )
    latitude = models.FloatField(_("ละติจูด"), null=True, blank=True)
    longitude = models.FloatField(_("ลองจิจูด"), null=True, blank=True)
    area_km2 = models.DecimalField(_("พื้นที่ (ตร.กม.)"), max_digits=10, decimal_places=3, null=True, blank=True)
    website = models.URLField(_("เว็บไซต์"), max_length=300, blank=True)
    approval_required = models.BooleanField(_("ต้องให้ผู้อนุมัติเห็นชอบก่อนส่ง"), default=False)
    founded_on = models.DateField(_("เริ่มมีผล"))
    closed_on = models.DateField(_("สิ้นสุดเมื่อ"), null=True, blank=True)
    synthetic = models.BooleanField(_("ข้อมูลสมมติ"), default=False)
    search_text = models.CharField(max_length=600, blank=True, editable=False)
    sort_key = models.CharField(max_length=300, blank=True, db_index=True, editable=False)

    objects: ClassVar[OrganizationQuerySet] = OrganizationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], condition=is_open(), name="organization_code_once"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="organization_level_known"),
            models.CheckConstraint(
                condition=Q(type__in=OrganizationType.values), name="organization_type_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=5, latitude__lte=21, longitude__gte=97, longitude__lte=106),
                name="organization_point_in_thailand",
            ),
            models.CheckConstraint(
                condition=is_open() | Q(closed_on__gt=F("founded_on")),
                name="organization_closed_after_founded",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_lao(self) -> bool:
        return self.level == Level.LAO

    def is_above(self, other: "Organization") -> bool:
        """Whether ``other`` answers to this office, at any depth (itself excluded)."""
        return bool(self.path) and other.pk != self.pk and other.path.startswith(self.path)

    @property
    def central_email(self) -> str:
        """The office's central e-mail address (docs/domain.md §2), or an empty string."""
        return f"saraban_{self.code}@dla.go.th" if self.is_lao and len(self.code) == 8 else ""


class OrganizationStateQuerySet(models.QuerySet["OrganizationState"]):
    def as_at(self, day: date) -> Self:
        """The states valid on ``day``: at most one per organization."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class OrganizationState(StateColumns):
    """What an office was from ``valid_from`` until the day before ``valid_to`` (open while ``None``)."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="states")
    reports_to = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    lies_in = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    change = models.CharField(max_length=12, choices=Change)
    reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[OrganizationStateQuerySet] = OrganizationStateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["organization_id", "valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "valid_from"], name="state_starts_once"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(valid_to=None), name="state_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="state_ends_after_start"
            ),
        ]


class Succession(models.Model):
    """``predecessor`` was merged into ``successor`` on a day; its past stays under its own name."""

    predecessor = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="succession")
    successor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="predecessions")
    effective_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_self"),
        ]
