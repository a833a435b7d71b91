"""What looked wrong about a record, and what is said about it."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from jitasa.activities.models import Activity
from jitasa.organizations.models import Organization
from jitasa.review.choices import FlagKind


class Flag(models.Model):
    """Something that looks wrong, with its evidence; ``other`` is the record it disagrees with."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=12, choices=FlagKind)
    other = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, related_name="+")
    evidence = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "activities_flag"  # it stood there first; a name in the database is no reason to copy rows
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "kind"], condition=Q(other=None), name="flag_once"),
            models.UniqueConstraint(
                fields=["activity", "kind", "other"],
                condition=Q(other__isnull=False),
                name="flag_once_per_other",
            ),
        ]


class Comment(models.Model):
    """What one side says to the other about a record; read by the record's office and those that review it.

    ``from_above``: said by a reviewer. ``organization`` is the office for which it was said, whatever it is
    called or has become since.
    """

    uuid = models.UUIDField(unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="comments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    from_above = models.BooleanField()
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["activity", "at"], name="comments_of_record"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"
