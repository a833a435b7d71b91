"""Those a letter goes to outside the registry, and what an office writes on its own copy."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import OutsideWay
from jitasa.letters.models.letter import Letter
from jitasa.organizations.models import Organization


class OutsideRecipient(models.Model):
    """A person or an office by name: ปลัดกระทรวง, a ศอ.จอส., an agency. ``sent_at``: noted when it went."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="outside_recipients")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("ผู้รับ"), max_length=200)
    address = models.CharField(_("ที่อยู่หรืออีเมล"), max_length=300, blank=True)
    way = models.CharField(max_length=8, choices=OutsideWay, default=OutsideWay.PAPER)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "position"], name="outside_recipient_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Annotation(models.Model):
    """เกษียน: what somebody of an office wrote on the office's copy, with her name, position and the moment."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="annotations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("เกษียน"), max_length=1000)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["letter", "organization"], name="annotation_of_copy"),
        ]
