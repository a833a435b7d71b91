"""The yearly list of letters that may be destroyed, and the committee's word on each."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jitasa.letters.models.letter import Letter
from jitasa.organizations.models import Organization


class DestructionList(models.Model):
    """One office, one year. Nothing is destroyed before ``confirmed_at``."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    committee = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "year"], name="destruction_list_once"),
        ]


class DestructionItem(models.Model):
    """A letter on the list; ``destroy`` is the committee's decision."""

    list = models.ForeignKey(DestructionList, on_delete=models.CASCADE, related_name="items")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    destroy = models.BooleanField(null=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["list", "letter"], name="destruction_item_once"),
        ]
