"""What came in through OpenRosa: one row an instance, so that the same again is the same."""

from typing import ClassVar

from django.db import models

from jitasa.organizations.models import Organization


class Submission(models.Model):
    """One filled form of one office.

    ``instance`` is the client's UUID of it, ``activity`` that of the record it became: the same, but for an edit
    of a form sent before. ``names`` holds the SHA-256 of its pictures by file name, as they came; ``revision`` is
    that of the record as it was made from this form; ``done_at`` is empty while files are still to come.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    instance = models.UUIDField()
    activity = models.UUIDField()
    xml_sha256 = models.CharField(max_length=64)
    names = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(null=True)
    received_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "instance"], name="submission_once"),
        ]
