"""Which office an account belongs to: its home office, a dated fact of its own."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jitasa.organizations.models.organization import Organization


class HomeQuerySet(models.QuerySet["Home"]):
    def of_today(self) -> Self:
        """The homes that have not ended: at most one per person."""
        return self.filter(to_date=None)


class Home(models.Model):
    """``user`` belongs to ``organization`` from ``from_date`` to the last day ``to_date`` (open while ``None``).

    The home office answers for the account: its administrators, and for them the administrators of the
    office it reports to, edit, reset and suspend it, whatever posts other offices have given the person.
    It is where the first post was given; it moves when the person does, by ``services.homes``.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="homes")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    objects: ClassVar[HomeQuerySet] = HomeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], condition=Q(to_date=None), name="home_one_open"),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")), name="home_ends_after_start"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "user"], name="home_by_office"),
        ]

    def holds_on(self, day: date) -> bool:
        """Whether this was the person's home on ``day``."""
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)
