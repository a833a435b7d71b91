"""A person's request to have her personal data erased (PDPA s. 33)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from jitasa.organizations.choices import ErasureState


class ErasureRequest(models.Model):
    """Asked by the person, carried out or refused by whoever manages the account, with a reason."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures")
    reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=ErasureState.values), name="erasure_state_known"),
            models.CheckConstraint(
                condition=Q(state=ErasureState.WAITING, answered_at=None)
                | (~Q(state=ErasureState.WAITING) & Q(answered_at__isnull=False)),
                name="erasure_answered_when_answered",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=ErasureState.WAITING), name="erasure_waits_once"
            ),
        ]
