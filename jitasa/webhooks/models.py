"""Addresses of other programs that are told what happens in an office, and the messages to them."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.models import Organization
from jitasa.webhooks.choices import TEST, Event, State


class Webhook(models.Model):
    """One address of one office. ``sealed`` is the secret that signs, encrypted; it is shown once.

    ``failing_since`` is the first of the failures in a row, ``retry_at`` when the next try is due;
    ``off_at``: the program has switched it off after long failure. ``busy_until``: a worker is sending.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(_("แจ้งระบบใด"), max_length=80)
    url = models.CharField(_("ที่อยู่ที่รับแจ้ง"), max_length=500)
    events = models.JSONField(_("แจ้งเมื่อ"), default=list)
    sealed = models.TextField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(url=""), name="webhook_has_name_and_url"),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="webhook_failures_since",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-id"], name="webhook_by_office"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def event_words(self) -> list[str]:
        """What it is told, as a person reads it."""
        return [str(Event(code).label) for code in self.events if code in Event.values]

    @property
    def ended(self) -> str:
        """``revoked``, ``off`` or, while it is told anything, nothing."""
        if self.revoked_at is not None:
            return "revoked"
        return "off" if self.off_at is not None else ""


class Delivery(models.Model):
    """One message to one address: ``body`` is what is sent, byte for byte, each time it is tried.

    ``answered``: the HTTP status of the last try, 0 when there was none; ``problem`` says why in words.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    uuid = models.UUIDField(unique=True)
    event = models.CharField(max_length=40)
    body = models.TextField()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    answered = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["webhook", "-id"], name="delivery_by_webhook"),
            models.Index(fields=["webhook", "id"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["created_at"], name="delivery_by_age"),
        ]

    @property
    def event_words(self) -> str:
        if self.event == TEST:
            return str(_("ทดลองส่ง"))
        return str(Event(self.event).label) if self.event in Event.values else self.event

    @property
    def at(self) -> datetime:
        return self.tried_at or self.created_at
