"""One volunteer activity of one organization (docs/domain.md §3)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jitasa.activities.choices import LIVE, Basis, BudgetSource, Part, PointSource, Status
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo
from jitasa.rounds.models import Kind, Measure, ParticipantGroup, SubKind


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Records of the offices in the viewer's scope; drafts only to the office that writes them."""
        rows = self.filter(scope(viewer))
        if viewer.is_system or viewer.level == Level.LAO:
            return rows
        unsent = Q(status__in=[Status.DRAFT, Status.AWAITING]) | Q(status=Status.WITHDRAWN, number="")
        return rows.exclude(unsent & ~Q(organization=viewer.office_id))

    def live(self) -> Self:
        """Counted as reported: submitted or accepted."""
        return self.filter(status__in=LIVE)


class Activity(models.Model):
    """``uuid`` is made by the client (v7): the same one sent twice is one record.

    ``revision`` grows with every saved change; a save must name the revision it was based on.
    ``month`` is the first day of the month it is reported in, taken from ``start_date``. A draft may
    lack anything but its organization; the rules of the round decide what must be there when it is
    sent.
    """

    uuid = models.UUIDField(unique=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="activities", db_index=False
    )
    organization_code = models.CharField(max_length=12)
    organization_name = models.CharField(max_length=250)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    number = models.CharField(_("เลขที่รายงาน"), max_length=24, blank=True)
    month = models.DateField()

    name = models.CharField(_("ชื่อกิจกรรม"), max_length=250, blank=True)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("ประเภท"))
    sub_kind = models.ForeignKey(
        SubKind, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("ลักษณะงาน")
    )
    basis = models.CharField(_("เนื่องในโอกาส"), max_length=10, choices=Basis, default=Basis.NONE)
    occasion = models.ForeignKey(
        Occasion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("วันสำคัญ"),
    )
    part = models.CharField(_("บทบาท"), max_length=8, choices=Part, default=Part.HOST)
    host_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("หน่วยงานเจ้าภาพ"),
    )
    host_name = models.CharField(_("เจ้าภาพอื่น"), max_length=250, blank=True)
    host_activity = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="guest_activities"
    )

    start_date = models.DateField(_("วันที่เริ่ม"), null=True, blank=True)
    start_time = models.TimeField(_("เวลาเริ่ม"), null=True, blank=True)
    day_confirmed = models.DateField(null=True, blank=True, editable=False)
    end_date = models.DateField(_("วันที่สิ้นสุด"), null=True, blank=True)
    end_time = models.TimeField(_("เวลาสิ้นสุด"), null=True, blank=True)

    place = models.CharField(_("สถานที่"), max_length=250, blank=True)
    moo = models.PositiveSmallIntegerField(_("หมู่ที่"), null=True, blank=True)
    tambon_code = models.CharField(_("ตำบล"), max_length=6, blank=True)
    latitude = models.FloatField(_("ละติจูด"), null=True, blank=True)
    longitude = models.FloatField(_("ลองจิจูด"), null=True, blank=True)
    point_source = models.CharField(max_length=6, choices=PointSource, blank=True)

    chair_position = models.CharField(_("ตำแหน่งของประธานในพิธี"), max_length=200, blank=True)
    chair_name = models.CharField(_("ชื่อประธาน"), max_length=150, blank=True)
    participants = models.PositiveIntegerField(_("ผู้เข้าร่วมรวม"), default=0)
    men = models.PositiveIntegerField(_("ชาย"), null=True, blank=True)
    women = models.PositiveIntegerField(_("หญิง"), null=True, blank=True)

    result = models.TextField(_("ผลการดำเนินงาน"), blank=True)
    budget_source = models.CharField(
        _("งบประมาณ"), max_length=10, choices=BudgetSource, default=BudgetSource.NONE
    )
    budget_project = models.CharField(_("ชื่อโครงการ/ข้อบัญญัติ"), max_length=250, blank=True)
    budget_amount = models.DecimalField(
        _("จำนวนเงิน (บาท)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    publicity = models.JSONField(_("ช่องทางประชาสัมพันธ์"), default=list, blank=True)
    publicity_link = models.URLField(_("ลิงก์เผยแพร่"), max_length=500, blank=True)
    problems = models.TextField(_("ปัญหาอุปสรรค"), blank=True)
    suggestions = models.TextField(_("ข้อเสนอแนะ"), blank=True)

    photo_count = models.PositiveSmallIntegerField(default=0)
    flag_count = models.PositiveSmallIntegerField(default=0)
    awaits_look = models.BooleanField(default=False)  # sent, and the machine has not yet looked for flags
    counts_upwards = models.BooleanField(default=True)
    invites = models.BooleanField(default=False)  # other offices were asked to it: they may join a draft
    search_text = models.TextField(blank=True, editable=False)

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    objects: ClassVar[ActivityQuerySet] = ActivityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("กิจกรรม")
        verbose_name_plural = _("กิจกรรม")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="activity_number_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="activity_status_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="activity_month_first_day"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(start_date=None) | Q(end_date__gte=F("start_date")),
                name="activity_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=5, latitude__lte=21, longitude__gte=97, longitude__lte=106),
                name="activity_point_in_thailand",
            ),
            models.CheckConstraint(
                condition=Q(participants__lte=100_000), name="activity_participants_bounded"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.AWAITING, Status.WITHDRAWN]) | ~Q(number=""),
                name="activity_sent_has_number",
            ),
            models.CheckConstraint(
                condition=Q(host_activity=None) | ~Q(part=Part.HOST), name="activity_host_has_no_host"
            ),
            models.CheckConstraint(condition=~Q(host_activity=F("id")), name="activity_not_its_own_host"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "month", "status"], name="activity_by_office"),
            models.Index(fields=["status", "submitted_at"], name="activity_by_status"),
            models.Index(fields=["month", "status"], name="activity_by_month"),
            models.Index(fields=["-start_date", "-id"], name="activity_by_day"),
            # The mail boxes of those who review: what waits below a province, and what of it is flagged.
            models.Index(
                fields=["organization", "submitted_at", "id"],
                condition=Q(status=Status.SUBMITTED),
                name="activity_waiting",
            ),
            models.Index(
                fields=["organization", "submitted_at", "id"],
                condition=Q(status=Status.SUBMITTED, flag_count__gt=0),
                name="activity_waiting_flagged",
            ),
            models.Index(
                fields=["-reviewed_at", "-id"],
                condition=Q(status=Status.ACCEPTED),
                name="activity_newest_public",
            ),
            # The public site: points on a map, records of one tambon. Words inside text have an index of
            # PostgreSQL's own (migration 0002).
            models.Index(
                fields=["latitude", "longitude"],
                condition=Q(status=Status.ACCEPTED, latitude__isnull=False),
                name="activity_public_point",
            ),
            models.Index(
                fields=["tambon_code", "-start_date"],
                condition=Q(status=Status.ACCEPTED) & ~Q(tambon_code=""),
                name="activity_public_tambon",
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("กิจกรรมที่ยังไม่มีชื่อ")


class Participation(models.Model):
    """How many of one group came."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="participations", db_index=False
    )
    group = models.ForeignKey(ParticipantGroup, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "group"], name="participation_once"),
        ]


class MeasureValue(models.Model):
    """One counted result."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="measures", db_index=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "measure"], name="measure_value_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="measure_value_not_negative"),
        ]


class ActivityPhoto(models.Model):
    """A picture in a record, in order; the first one leads."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos", db_index=False)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()
    caption = models.CharField(_("คำบรรยาย"), max_length=200, blank=True)
    children_visible = models.BooleanField(_("ปรากฏใบหน้าเด็ก"), default=False)
    publish = models.BooleanField(_("เผยแพร่ต่อสาธารณะได้"), default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "photo"], name="activity_photo_once"),
            models.UniqueConstraint(fields=["activity", "position"], name="activity_photo_position_once"),
        ]
