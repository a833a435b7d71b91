"""Saved groups of recipients, and the columns that everything sent to many offices has in common.

The tables stand in the apps that send (a letter's in ``letters``, a campaign's in ``publicity``): a
delivery points at what was delivered by a real foreign key.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.models import Organization


class RecipientGroup(models.Model):
    """A saved choice of recipients."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="recipient_groups")
    name = models.CharField(_("ชื่อกลุ่ม"), max_length=150)
    members = models.ManyToManyField(
        Organization, related_name="+", db_table="letters_recipientgroup_members"
    )

    class Meta:
        db_table = "letters_recipientgroup"  # where the groups have stood since they were first saved
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "name"], name="recipient_group_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """What one office sends to many: a letter, a campaign.

    ``recipients`` is the choice as made (:class:`jitasa.distribution.values.Recipients`), ``pending``
    the ``[recipient id, addressed id]`` that have not been reached yet.
    """

    organization_id: int
    recipients = models.JSONField(default=dict, blank=True)
    pending = models.JSONField(default=list, blank=True, editable=False)
    send_total = models.PositiveIntegerField(default=0)
    sent_count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class DeliveryColumns(models.Model):
    """The arrival of something at one office.

    ``addressed`` is the office chosen when that office has meanwhile been merged into ``recipient``.
    """

    recipient = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    addressed = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivered_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class FollowedDelivery(DeliveryColumns):
    """A delivery that is counted up the line of command and escalated when nothing happens.

    ``path`` is the recipient's line of command at delivery: counts are kept under it, wherever the
    recipient is moved to later. ``escalate_at`` is when to look whether the office above must be told
    (``None``: never, or nothing is left to tell); ``escalated_at`` when it was told.
    """

    path = models.CharField(max_length=120, editable=False)
    escalate_at = models.DateTimeField(null=True, editable=False)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class BranchCount(models.Model):
    """Counts of one sending under one office of the tree: its own delivery and all below it.

    ``above`` is the office that ``organization`` answered to when it was first counted, so that the
    branches of an office add up to it after the tree has changed.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    above = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    delivered = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
