"""Files of letters, by the SHA-256 of what was sent: enclosures, scans, answers. Never executed, never inline HTML."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jitasa.organizations.models import Organization


class StoredFile(models.Model):
    """One file one office has sent; the bytes lie in the private store under their hash."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "sha256"], name="letter_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
