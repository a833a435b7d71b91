"""Compilations: immutable, numbered snapshots of a round for one scope."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from jitasa.activities.models import ActivityRevision
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.ui.days import month_name


class CompilationQuerySet(models.QuerySet["Compilation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(scope(viewer))


class Compilation(models.Model):
    """A round as it stood when it was compiled for ``organization`` and everything below it.

    ``number`` is the revision within (month, organization). ``tables`` holds the numbers of the
    report, ``records`` the exact revision of each activity; ``content_hash`` is SHA-256 over both
    (``services.compile.content_hash``). ``photos`` are the pictures chosen for the report,
    ``differences`` what changed against the number before; ``activities`` and ``people`` repeat two
    totals for lists. Never changed after it is made.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="compilations")
    month = models.DateField()
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    content_hash = models.CharField(max_length=64)
    activities = models.PositiveIntegerField()
    people = models.PositiveBigIntegerField()
    tables = models.JSONField(encoder=DjangoJSONEncoder)
    photos = models.JSONField(default=list)
    differences = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    objects: ClassVar[CompilationQuerySet] = CompilationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization", "month", "number"], name="compilation_number_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="compilation_month_first_day"),
        ]

    def __str__(self) -> str:
        return gettext("%(month)s ฉบับที่ %(number)d") % {"month": month_name(self.month), "number": self.number}


class CompiledRecord(models.Model):
    """One activity in a compilation, at the revision, status and way of counting it had."""

    compilation = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="records")
    revision = models.ForeignKey(ActivityRevision, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10)
    counts_upwards = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["compilation", "revision"], name="compiled_record_once"),
        ]
