"""A letter on its way to one office: sent, opened, registered with a stamp, passed on, answered."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.models import BranchCount, FollowedDelivery
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models.letter import Letter
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope_and_before
from jitasa.organizations.viewer import Viewer


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Letters that came to an office in the viewer's scope, and what the viewer's office sent."""
        if viewer.organization is None or not viewer.roles:
            return self if viewer.is_system else self.none()
        here = scope_and_before(viewer, "recipient")
        return self.filter(here | Q(letter__organization=viewer.office_id))


class Dispatch(FollowedDelivery):
    """The sending of one letter to one office; the row is unique, so nothing is ever sent twice."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    registered_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[DispatchQuerySet] = DispatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "dispatches"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "recipient"], name="dispatch_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["recipient", "-delivered_at"], name="dispatch_inbox"),
            models.Index(fields=["letter", "opened_at"], name="dispatch_unopened"),
            models.Index(fields=["due_on"], condition=Q(answered_at=None), name="dispatch_unanswered"),
            models.Index(
                fields=["escalate_at", "letter"],
                condition=Q(escalate_at__isnull=False),
                name="dispatch_to_escalate",
            ),
        ]


class Receipt(models.Model):
    """ลงรับ: an office's own number in its receive register, with date and time; what the stamp shows.

    A letter bears one stamp per register that took it in. ``unit`` is empty for the office's own
    register; a unit that keeps one of its own (สำนักงานท้องถิ่นจังหวัด in the governor's office) has its
    name there, and its numbers run by themselves. ``number_text`` is what was typed for a letter
    registered on paper before (``009419``); otherwise the register's number.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="receipts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    dispatch = models.OneToOneField(
        Dispatch, on_delete=models.PROTECT, null=True, blank=True, related_name="receipt"
    )
    unit = models.CharField(_("หน่วยรับของสำนักงาน"), max_length=150, blank=True)
    office_name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    number_text = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("การปฏิบัติ"), max_length=250, blank=True)
    note = models.CharField(_("หมายเหตุ"), max_length=250, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["letter", "organization", "unit"], name="receipt_once_per_office"
            ),
            models.UniqueConstraint(
                fields=["organization", "unit", "year", "number"], name="receipt_number_once"
            ),
        ]


class Reading(models.Model):
    """Who in the office has read it."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dispatch", "user"], name="letter_read_once"),
        ]


class Answer(models.Model):
    """An office's answer to what the letter asked."""

    dispatch = models.OneToOneField(Dispatch, on_delete=models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=12, choices=AnswerKind)
    text = models.TextField(blank=True)
    rows = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class FollowCount(BranchCount):
    """Counts of one letter's whole chain under one office, kept as things happen.

    ``letter`` is the first letter of the chain; the numbers cover the dispatches whose stored path
    leads through ``organization``. ``asked`` are those that are to answer.
    ``…_seconds`` add up the time since the step before, for the mean time between steps.
    """

    COUNTS: ClassVar[tuple[str, ...]] = (
        "delivered", "opened", "registered", "passed_on", "answered", "asked", "lao_delivered", "lao_opened",
        "opened_seconds", "registered_seconds", "passed_on_seconds", "answered_seconds",
    )  # fmt: skip

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="follow_counts")
    opened = models.PositiveIntegerField(default=0)
    registered = models.PositiveIntegerField(default=0)
    passed_on = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    lao_delivered = models.PositiveIntegerField(default=0)
    lao_opened = models.PositiveIntegerField(default=0)
    opened_seconds = models.BigIntegerField(default=0)
    registered_seconds = models.BigIntegerField(default=0)
    passed_on_seconds = models.BigIntegerField(default=0)
    answered_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "organization"], name="follow_count_once"),
        ]
