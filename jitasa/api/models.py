"""Tokens with which another program of an office uses the API."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jitasa.api.choices import Scope
from jitasa.organizations.models import Organization


class ApiToken(models.Model):
    """One program of one office. ``mac`` is the keyed hash of the token; the token itself is shown once.

    ``first`` are the letters it begins with, so that people can tell which one a program holds.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("ใช้กับระบบใด"), max_length=80)
    scopes = models.JSONField(_("การดำเนินการ"), default=list)
    mac = models.CharField(max_length=64, unique=True)
    first = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("ใช้ได้ถึง"))
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_token_expires"),
            models.CheckConstraint(condition=~Q(name=""), name="api_token_has_name"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-id"], name="api_token_by_office"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_words(self) -> list[str]:
        """What it may do, as a person reads it."""
        return [str(Scope(code).label) for code in self.scopes if code in Scope.values]

    def ended(self, now: datetime) -> str:
        """``revoked``, ``expired`` or, while it opens something, nothing."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= now else ""
