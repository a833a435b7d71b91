"""Requests of the public to take a picture down or to blur it: the register PDPA 2562 asks for."""

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


class Wish(models.TextChoices):
    REMOVE = "remove", _("นำภาพลงจากเว็บไซต์")
    BLUR = "blur", _("เบลอบางส่วนของภาพ")


class Reason(models.TextChoices):
    OWN_FACE = "own_face", _("เห็นหน้าฉันเอง")
    CHILD = "child", _("ปรากฏใบหน้าเด็ก")
    FAMILY = "family", _("เห็นคนในครอบครัว")
    PRIVATE = "private", _("เห็นข้อมูลส่วนตัว เช่น ทะเบียนรถ บ้านเลขที่")
    OTHER = "other", _("เหตุผลอื่น")


class State(models.TextChoices):
    """``received`` → ``removed``, ``blurred`` or ``refused``; what was done may be undone: ``restored``."""

    RECEIVED = "received", _("รอดำเนินการ")
    REMOVED = "removed", _("นำภาพลงแล้ว")
    BLURRED = "blurred", _("เบลอแล้ว")
    REFUSED = "refused", _("ไม่ดำเนินการ")
    RESTORED = "restored", _("นำภาพกลับมาแสดง")


class TakedownQuerySet(models.QuerySet["TakedownRequest"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Requests about records of the offices in the viewer's scope."""
        return self.filter(scope(viewer))


class TakedownRequest(models.Model):
    """One request, in the register of the office that owns the record: number per office and B.E. year.

    ``key`` is made by the form, so that a form sent twice is one request; the asker's private link is
    derived from it and only its hash is kept. ``areas`` are those the asker marked, ``blurs`` the rows
    of ``photos.Blur`` the answer made. ``words`` and ``contact`` are personal data: ``erased_at`` tells when they were erased (``rules.ERASED_AFTER``).
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    wish = models.CharField(_("สิ่งที่ขอ"), max_length=6, choices=Wish)
    reason = models.CharField(_("เหตุผล"), max_length=8, choices=Reason)
    areas = models.JSONField(default=list)
    words = models.TextField(_("รายละเอียด"), blank=True)
    contact = models.CharField(_("ติดต่อกลับ"), max_length=200, blank=True)
    received_at = models.DateTimeField()

    state = models.CharField(_("ผล"), max_length=8, choices=State, default=State.RECEIVED)
    answer = models.TextField(_("คำตอบ"), blank=True)
    blurs = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_for = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[TakedownQuerySet] = TakedownQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "year", "number"], name="takedown_number_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="takedown_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED, answered_at=None)
                | (~Q(state=State.RECEIVED) & Q(answered_at__isnull=False)),
                name="takedown_answered_at_a_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-received_at"], name="takedown_by_office"),
            models.Index(fields=["state", "-received_at"], name="takedown_by_state"),
            models.Index(fields=["photo", "state"], name="takedown_by_photo"),
        ]

    def __str__(self) -> str:
        return f"{self.register_number} {self.organization}"

    @property
    def register_number(self) -> str:
        """As in the office's register: ``3/2569``."""
        return f"{self.number}/{self.year}"

    @property
    def is_open(self) -> bool:
        return self.state == State.RECEIVED


class TakedownCounter(models.Model):
    """The last number given in an office's register of a year; its row is the lock."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "year"], name="takedown_counter_once"),
        ]
