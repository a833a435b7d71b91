"""Compilations: immutable, numbered snapshots of a round for one scope."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jitasa.activities.models import ActivityRevision
from jitasa.compilation.choices import WORKING, FileKind, FileProblem, FileState
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


class CompilationFile(models.Model):
    """A file that the worker makes of a compilation, and keeps (docs/adr/0145).

    ``part`` is the province of a file that there are several of. ``facts`` is what the content depends on beside
    the compilation (``selectors.files.facts_of``): with other facts it is made anew. ``done`` of ``to_do`` are rows,
    pictures or steps. ``maker`` is the run that may finish it: a later one takes it over. ``told`` are the offices
    that asked and have not been told. ``sha256`` names the content in the folder ``exports``.
    """

    compilation = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12, choices=FileKind)
    part = models.CharField(max_length=2, blank=True)
    state = models.CharField(_("สถานะ"), max_length=8, choices=FileState)
    facts = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    told = models.ManyToManyField(Organization, related_name="+")
    maker = models.CharField(max_length=32, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    to_do = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    bytes = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=8, choices=FileProblem, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["compilation", "kind", "part"], name="compilation_file_once"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="compilation_file_kind"),
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="compilation_file_state"),
            models.CheckConstraint(
                condition=(Q(state=FileState.READY) & ~Q(sha256=""))
                | (~Q(state=FileState.READY) & Q(sha256="")),
                name="compilation_file_ready_has_content",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["moved_at"], condition=Q(state__in=[*WORKING]), name="compilation_file_working"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.part}" if self.part else self.kind

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_long(self) -> bool:
        """Whether how far it is can be said in rows or pictures, and not only that it is being made."""
        return self.state == FileState.MAKING and self.to_do > 3

    @property
    def is_ready(self) -> bool:
        return self.state == FileState.READY
