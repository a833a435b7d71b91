"""What was sent in the morning: one mail for a person and day."""

from typing import ClassVar

from django.conf import settings
from django.db import models


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
