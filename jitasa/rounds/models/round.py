"""A round (one month of reporting) with its rules, and each office's return for it."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.models import Organization
from jitasa.rounds.rules_due import moved_words
from jitasa.rounds.rules_heading import DEFAULT_HEADING, MOST


class Round(models.Model):
    """The rules of one month. The letters do not say them (docs/domain.md §3): the department does.

    ``nominal_due_on`` is the day that the department set; ``due_on``, by which everything is judged, is that day
    or the next working day (``rules_due``). ``required_fields`` names the fields of a record that must be filled before it is sent
    (``activities.rules.REQUIRABLE``).
    """

    month = models.DateField(_("เดือน"), unique=True, help_text=_("วันที่ 1 ของเดือน"))
    nominal_due_on = models.DateField(_("ครบกำหนดตามที่ตั้ง"))
    due_on = models.DateField(_("ครบกำหนด"))
    required_fields = models.JSONField(_("ช่องที่ต้องกรอก"), default=list)
    photos_least = models.PositiveSmallIntegerField(
        _("ภาพอย่างน้อย"), default=2, validators=[MaxValueValidator(20)]
    )
    photos_most = models.PositiveSmallIntegerField(
        _("ภาพไม่เกิน"), default=10, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    nil_allowed = models.BooleanField(_("แจ้งว่าไม่มีกิจกรรมได้"), default=True)
    report_heading = models.CharField(_("หัวรายงานหนึ่งหน้า"), max_length=MOST, default=DEFAULT_HEADING)
    note = models.TextField(_("หมายเหตุถึงหน่วยงาน"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-month"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(month__day=1), name="round_month_first_day"),
            models.CheckConstraint(condition=Q(due_on__gt=F("month")), name="round_due_after_start"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("nominal_due_on")), name="round_due_not_before_nominal"
            ),
            models.CheckConstraint(
                condition=Q(photos_most__gte=F("photos_least")), name="round_photos_least_not_over_most"
            ),
        ]

    @property
    def moved_words(self) -> str:
        """Why the due day is later than the day that was set, in the reader's language; empty when it is not."""
        return moved_words(self.nominal_due_on, self.due_on)


class RoundRevision(models.Model):
    """The rules as they stood after each change."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    data = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "number"], name="round_revision_once"),
        ]


class MonthlyReturn(models.Model):
    """What one office states about one month; the activities themselves stand in the tallies.

    The row appears with the first statement (nil, or confirmed complete); an office without one has
    not stated anything. A confirmation is not undone by a later record: ``changed_at`` marks it.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="returns")
    month = models.DateField()
    nil_reason = models.CharField(_("สาเหตุที่ไม่มีกิจกรรม"), max_length=300, blank=True)
    nil_at = models.DateTimeField(null=True)
    nil_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    on_time = models.BooleanField(null=True)
    late_reason = models.CharField(_("สาเหตุที่ล่าช้า"), max_length=300, blank=True)
    changed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "month"], name="return_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="return_month_first_day"),
            models.CheckConstraint(
                condition=Q(nil_at=None) | ~Q(nil_reason=""), name="return_nil_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, on_time=None)
                | Q(confirmed_at__isnull=False, on_time__isnull=False),
                name="return_confirmed_is_judged",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["month"], name="return_by_month")]
