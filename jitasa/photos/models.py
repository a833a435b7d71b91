"""Pictures, addressed by the SHA-256 of the bytes that were sent.

The original is kept private and never leaves; what people see are three re-encoded sizes without
EXIF, made by the worker. The same picture sent twice is one row.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.models import Organization


class PhotoState(models.TextChoices):
    PENDING = "pending", _("กำลังเตรียมภาพ")
    READY = "ready", _("พร้อมแสดง")
    BROKEN = "broken", _("เปิดภาพไม่ได้")


class Photo(models.Model):
    """One picture file.

    ``dhash`` is the 64-bit difference hash of the upright picture as a signed integer; its four
    16-bit bands are columns of their own, so that pictures within three bits are found by index.

    ``copies`` counts how often the published copies were made anew (blurred, unblurred): an address
    that names it is never shown another picture. ``tries`` counts how often the decoder itself fell
    over it (``services.prepare``). ``PENDING`` rows are the picture worker's queue (``services.pipeline``):
    ``asked_by`` takes turns with other offices, ``bulk`` waits for pictures somebody is looking at, and
    ``claimed_until`` is when a worker that has it, or failed at it, loses it again. ``withheld_at``: the public sees it no more, in
    whatever record these bytes stand or will stand (PDPA 2562; ``activities.services.hide_photo``).
    """

    sha256 = models.CharField(max_length=64, unique=True)
    bytes = models.PositiveBigIntegerField()
    format = models.CharField(max_length=8)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=PhotoState, default=PhotoState.PENDING, db_index=True)
    problem = models.CharField(max_length=200, blank=True)
    dhash = models.BigIntegerField(null=True)
    band0 = models.PositiveIntegerField(null=True, db_index=True)
    band1 = models.PositiveIntegerField(null=True, db_index=True)
    band2 = models.PositiveIntegerField(null=True, db_index=True)
    band3 = models.PositiveIntegerField(null=True, db_index=True)
    copies = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    bulk = models.BooleanField(default=False)
    claimed_until = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=PhotoState.values), name="photo_state_known"),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="photo_not_empty"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["bulk", "asked_by", "id"], condition=Q(state="pending"), name="photo_queue"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Upload(models.Model):
    """Who sent a picture for which office: the right to use it before it stands in a record."""

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="uploads", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["photo", "organization"], name="upload_once_per_office"),
        ]


class Blur(models.Model):
    """An area made unrecognisable in every published copy, as fractions of the upright picture.

    It holds until ``undone_at``. The original is not touched.
    """

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="blurs")
    left = models.FloatField()
    top = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, width__gt=0, height__gt=0)
                & Q(left__lt=1, top__lt=1, width__lte=1, height__lte=1),
                name="blur_inside_the_picture",
            ),
        ]
