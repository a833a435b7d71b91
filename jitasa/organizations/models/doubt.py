"""What a registry file said of an office that cannot be right, until somebody has looked."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.models.organization import Organization

COLUMNS = {"latitude": _("พิกัด"), "type": _("ประเภท"), "name": _("ชื่อ")}


class RegistryDoubt(models.Model):
    """One fact that an import left out: ``column`` of the file, the value there, and why it was not taken.

    ``settled_at`` says since when nobody needs to look; the same value in a later file stays settled.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="doubts")
    column = models.CharField(_("คอลัมน์"), max_length=20)
    value = models.CharField(_("ค่าที่พบ"), max_length=200, blank=True)
    reason = models.CharField(_("เหตุผล"), max_length=300)
    noted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "column", "value"], name="registry_doubt_once"),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(settled_at__gte=F("noted_at")),
                name="registry_doubt_settled_later",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["noted_at"], condition=Q(settled_at=None), name="registry_doubts_open")
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.column}"

    @property
    def what(self) -> str:
        """The column in words."""
        return str(COLUMNS.get(self.column, self.column))
