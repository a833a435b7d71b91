"""What looked wrong about a record."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from jitasa.activities.models import Activity
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
