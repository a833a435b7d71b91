"""What was sent in the morning, one mail for a person and day; offices that put the first steps away."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jitasa.organizations.models import Organization


class MorningRun(models.Model):
    """That the mails of a day were begun; the row is what begins them once."""

    day = models.DateField(primary_key=True)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.day.isoformat()


class MorningMail(models.Model):
    """Taken before the mail is handed over, so that whatever happens then no second one follows (docs/adr/0055).

    ``failed``: the mail server refused it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="morning_mails")
    day = models.DateField()
    at = models.DateTimeField()
    failed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "day"], name="morning_mail_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["day"], name="morning_mail_by_day")]

    def __str__(self) -> str:
        return self.day.isoformat()


class FirstStepsDismissal(models.Model):
    """An office put its first steps away, for all its people; who did it is in the audit."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization"], name="first_steps_dismissed_once"),
        ]

    def __str__(self) -> str:
        return str(self.organization)
