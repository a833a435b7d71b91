"""Sheets too large for one request: their rows wait here while the worker checks and imports them (docs/adr/0130)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from jitasa.organizations.models import Organization
from jitasa.sheets.choices import WORKING, Fate, Stage
from jitasa.sheets.sheet_row import SheetRow


class SheetImport(models.Model):
    """One sheet of one office. ``send``, ``apart`` and ``days`` are what the person said beside the rows.

    ``photos`` are the hashes of the pictures that came with it, by name; ``problems`` say which could not be taken,
    ``unknown`` are titles nobody knows. ``to_do`` and ``done_count`` are rows of the present stage. ``language`` is
    the one that the errors are written in, ``stopped`` why it goes no further.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sheet_imports")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    language = models.CharField(max_length=8)
    name = models.CharField(_("ไฟล์"), max_length=200)
    send = models.BooleanField()
    apart = models.BooleanField(default=False)
    days = models.BooleanField(default=False)
    photos = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.CHECKING)
    row_count = models.PositiveIntegerField()
    to_do = models.PositiveIntegerField()
    done_count = models.PositiveIntegerField(default=0)
    stopped = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="sheet_import_stage"),
            models.CheckConstraint(
                condition=Q(done_count__lte=F("to_do")) & Q(to_do__lte=F("row_count")),
                name="sheet_import_counts",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.STOPPED) | Q(stopped=""), name="sheet_import_stopped_says_why"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-id"], name="sheet_import_by_office"),
            models.Index(fields=["moved_at"], condition=Q(stage__in=[*WORKING]), name="sheet_import_working"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.stage in WORKING

    @property
    def tone(self) -> str:
        """How its stage is coloured."""
        return {Stage.DONE: "ok", Stage.STOPPED: "bad", Stage.READY: "warn"}.get(Stage(self.stage), "idle")


class ImportRow(models.Model):
    """One row as it was read, and what would become of it (``fate``), or did (``taken``); no fate: not checked.

    Rows of one ``batch`` are written together: those of one day, so that what looks alike is found among them.
    ``uuid`` is the record's; ``errors`` by column, as :class:`jitasa.sheets.services.import_rows.RowFate` has them.
    """

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    batch = models.PositiveIntegerField()
    cells = models.JSONField()
    doubts = models.JSONField(default=list)
    hidden = models.BooleanField(default=False)
    fate = models.CharField(max_length=8, choices=Fate.choices, blank=True)
    taken = models.BooleanField(default=False)
    uuid = models.UUIDField(null=True)
    number = models.CharField(max_length=24, blank=True)
    message = models.TextField(blank=True)
    errors = models.JSONField(default=dict)
    asks_day = models.BooleanField(default=False)
    twins = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet_import", "line"], name="sheet_import_line_once"),
            models.CheckConstraint(condition=Q(fate__in=["", *Fate.values]), name="import_row_fate"),
            models.CheckConstraint(
                condition=Q(taken=False) | Q(fate__in=[Fate.SENT, Fate.KEPT]),
                name="import_row_taken_was_good",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sheet_import", "fate", "line"], name="import_row_by_fate"),
        ]

    def __str__(self) -> str:
        return f"{self.line}"

    def as_read(self) -> SheetRow:
        return SheetRow(self.line, self.cells, tuple(self.doubts), self.hidden)
