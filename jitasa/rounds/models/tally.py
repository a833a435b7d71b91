"""Running numbers per organization × month × status × kind × occasion, and of the whole country per month.

Changed in the transaction of the record itself (``rounds.services.tally``) and recomputed from the
records by ``jitasa check``, which must find no difference.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jitasa.organizations.models import Organization
from jitasa.rounds.counted import COUNTED


class TallyStatus(models.TextChoices):
    """Statuses that are counted; the same words as an activity's."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Counts(models.Model):
    """The numbers that are kept of records, once for every table that keeps them."""

    activities = models.IntegerField(default=0)
    events = models.IntegerField(default=0)
    participants = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    men = models.BigIntegerField(default=0)
    women = models.BigIntegerField(default=0)
    photos = models.IntegerField(default=0)
    budget = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    COUNTS: ClassVar[tuple[str, ...]] = COUNTED

    class Meta:
        abstract = True


class Tally(Counts):
    """``activities`` and ``participants`` are the office's own; ``events``, ``people``, ``men`` and ``women`` count upwards.

    A record linked to the host's record of the same event adds nothing to ``events``, ``people``, ``men`` and
    ``women``, so that an event is counted once in the district, the province and the country.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="tallies", db_index=False
    )
    month = models.DateField()
    status = models.CharField(max_length=10, choices=TallyStatus)
    kind_code = models.CharField(max_length=40, blank=True)
    occasion_id = models.BigIntegerField(
        default=0
    )  # 0: none, -1: set by the centre; part of the key, so never null

    class Meta:
        verbose_name_plural = "tallies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["month", "organization", "status", "kind_code", "occasion_id"], name="tally_once"
            ),
            models.CheckConstraint(condition=Q(status__in=TallyStatus.values), name="tally_status_known"),
            models.CheckConstraint(
                condition=Q(
                    activities__gte=0, events__gte=0, participants__gte=0, people__gte=0, photos__gte=0
                ),
                name="tally_not_negative",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "month"], name="tally_by_office"),
            models.Index(fields=["occasion_id"], condition=~Q(occasion_id=0), name="tally_by_occasion"),
        ]


class CountrySum(Counts):
    """A part of what a month of the whole country amounts to: all rows of a month together are its numbers.

    Each change of tallies adds a row and waits for nobody; a month of many rows is counted anew
    (``rounds.services.country_sums``, docs/adr/0162). What is taken away is a row of negative numbers.
    """

    month = models.DateField(db_index=True)
    status = models.CharField(max_length=10, choices=TallyStatus)
    kind_code = models.CharField(max_length=40, blank=True)
