"""Versions of the published datasets, and what is known of each since the last state."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VersionQuerySet(models.QuerySet["Version"]):
    def kept(self) -> Self:
        """Versions whose files can still be had."""
        return self.filter(removed_at=None)


class Version(models.Model):
    """One edition of a dataset. Nothing in it ever changes but ``removed_at``, when its files go.

    ``pieces`` are the stored pieces in order, ``{"part", "rows", "files": {format: {"sha256", "bytes"}}}``;
    ``files`` tells of the whole file of each format, ``{format: {"sha256", "bytes"}}``.
    ``content`` is a hash over all pieces: the same content is never two versions in a row.
    """

    dataset = models.SlugField(_("ชุดข้อมูล"), max_length=40)
    number = models.PositiveIntegerField(_("รุ่นที่"))
    made_at = models.DateTimeField(_("จัดทำเมื่อ"))
    rows = models.PositiveIntegerField(_("จำนวนแถว"))
    columns = models.JSONField()
    pieces = models.JSONField()
    files = models.JSONField()
    content = models.CharField(max_length=64)
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["dataset", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "number"], name="opendata_version_once"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removed_reason=""), name="opendata_removed_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.number}"

    def facts(self) -> dict[str, Any]:
        """What a file says of itself."""
        return {"dataset": self.dataset, "version": self.number, "made_at": self.made_at.isoformat()}


class RefreshState(models.Model):
    """When a dataset was last compared with the data, and the pieces that stood then.

    ``claimed_at`` is the instant a process began to look: another one keeps away for a while.
    ``pieces`` are those of ``Version`` with ``mark``, the sign that their rows have not changed.
    """

    dataset = models.SlugField(max_length=40, primary_key=True)
    claimed_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    shape = models.CharField(max_length=64, blank=True)
    pieces = models.JSONField(default=list)

    class Meta:
        db_table = "opendata_look"
