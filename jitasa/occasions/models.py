"""Important days: one row per day and Buddhist-era year, national or added by a province.

Names and dates are data with history, never constants (docs/domain.md §4): a row carries the official
name valid in its own year. A name or date in use is never changed in place: the edit retires the
row and opens a new one with the same ``code``, so that records keep showing what they were written
with.
"""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.choices import Level
from jitasa.organizations.in_use import IN_USE, RetirableQuerySet
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_centre import MINISTRY, made_by
from jitasa.organizations.viewer import Viewer


class OccasionKind(models.TextChoices):
    ROYAL = "royal", _("สถาบันพระมหากษัตริย์")
    RELIGIOUS = "religious", _("ศาสนา")
    NATIONAL = "national", _("ชาติ")
    LOCAL = "local", _("ท้องถิ่น")


WIDEST_WINDOW = timedelta(days=60)


class OccasionQuerySet(RetirableQuerySet["Occasion"]):
    def for_office(self, office: Organization | None) -> Self:
        """National days, those of the province the office stands in, and those of its district's centre.

        A province, which has all districts, has the days of all their centres.
        """
        if office is None or not office.province_code:
            return self.filter(organization=None)
        near = Q(organization__province_code=office.province_code)
        if office.level != Level.PROVINCE:
            near &= Q(organization__level=Level.PROVINCE) | Q(
                organization__district_code=office.district_code
            )
        return self.filter(Q(organization=None) | near)

    def visible_to(self, viewer: Viewer) -> Self:
        """The department sees all; an office national days and those of its province."""
        if viewer.is_system or (viewer.is_department and viewer.roles):
            return self.all()
        if viewer.organization is None or not viewer.roles:
            return self.none()
        return self.for_office(viewer.organization)

    def around(self, day: date) -> Self:
        """Days near ``day``; whether it falls into each one's own window is ``rules.in_window``."""
        return self.filter(date__range=(day - WIDEST_WINDOW, day + WIDEST_WINDOW))


class Occasion(models.Model):
    """``organization`` is empty for a national day and the province or district for a day of its own.

    ``by_centre``: set by the volunteer centre of that level (the ministry's for a national day), under an order
    whose file lies in the store (``order_*``). Its own centre alone changes such a day.
    """

    code = models.SlugField(_("รหัส"), max_length=60, help_text=_("คงเดิมทุกปี เช่น chakri"))
    date = models.DateField(_("วันที่"))
    name = models.CharField(_("ชื่อทางการ"), max_length=250)
    short_name = models.CharField(_("ชื่อสั้น"), max_length=120)
    kind = models.CharField(_("ประเภท"), max_length=12, choices=OccasionKind)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("จังหวัดที่กำหนด")
    )
    window_before = models.PositiveSmallIntegerField(_("นับก่อนวันจริง (วัน)"), default=7)
    window_after = models.PositiveSmallIntegerField(_("นับหลังวันจริง (วัน)"), default=7)
    guidance = models.TextField(_("แนวทาง"), blank=True)
    by_centre = models.BooleanField(_("ศอ.จอส. เป็นผู้กำหนด"), default=False, editable=False)
    order_reference = models.CharField(_("คำสั่งหรือหนังสือที่กำหนด"), max_length=250, blank=True)
    order_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    order_name = models.CharField(max_length=200, blank=True, editable=False)
    order_media_type = models.CharField(max_length=100, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[OccasionQuerySet] = OccasionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["code", "date"],
                condition=Q(organization=None) & IN_USE,
                name="occasion_national_once",
            ),
            models.UniqueConstraint(
                fields=["code", "date", "organization"],
                condition=Q(organization__isnull=False) & IN_USE,
                name="occasion_local_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=OccasionKind.values), name="occasion_kind_known"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def set_by(self) -> str:
        """Who set the day, for a line of a list; empty for a day of the nation that the department lists."""
        if self.organization is not None:
            return made_by(self.organization, by_centre=self.by_centre)
        return MINISTRY if self.by_centre else ""


class OccasionYear(models.Model):
    """The national list of one Buddhist-era year as the department adopted it (docs/domain.md §4).

    A row per adoption, the newest ``number`` in force; none is ever changed. ``days`` holds
    ``{"id", "code"}`` of every national day in use then: rows keep their words and dates, so the ids
    say what was adopted.
    """

    year = models.PositiveSmallIntegerField(_("ปี"))
    number = models.PositiveSmallIntegerField(_("ครั้งที่"))
    reference = models.CharField(_("อ้างหนังสือหรือประกาศ"), max_length=250, blank=True)
    days = models.JSONField(_("วันในรายการ"))
    adopted_at = models.DateTimeField(_("ประกาศใช้เมื่อ"))
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ผู้ประกาศใช้"),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "number"], name="occasion_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"
