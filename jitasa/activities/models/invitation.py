"""An office is asked to take part in another's event (docs/adr/0078)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jitasa.activities.choices import EDITABLE, LIVE, Invited, Part, Status
from jitasa.activities.models.activity import Activity
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of the host and of the office that is asked; offices above the host's see those of sent records."""
        if viewer.is_system:
            return self.all()
        if viewer.level == Level.LAO:
            return self.filter(scope(viewer) | scope(viewer, "activity__organization"))
        return self.filter(scope(viewer, "activity__organization"), activity__status__in=LIVE)

    def standing(self) -> Self:
        """Neither declined nor taken back, for an event that still is one."""
        states = [*LIVE, *EDITABLE]
        return self.filter(
            state__in=[Invited.OPEN, Invited.ACCEPTED], activity__status__in=states, activity__part=Part.HOST
        )

    def unrecorded(self) -> Self:
        """Without a record of the invited office."""
        own = Activity.objects.filter(
            host_activity=OuterRef("activity"), organization=OuterRef("organization")
        ).exclude(status=Status.WITHDRAWN)
        return self.filter(~Exists(own))


class Invitation(models.Model):
    """One office asked to one event, whatever was answered.

    Written only while the host's record is locked. The office's own record is not named here: it is the one of
    that office whose ``host_activity`` is the event.
    """

    uuid = models.UUIDField(unique=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="invitations", db_index=False
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=Invited, default=Invited.OPEN)
    reason = models.CharField(_("เหตุผล"), max_length=500, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("คำเชิญร่วมงาน")
        verbose_name_plural = _("คำเชิญร่วมงาน")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "organization"], name="invitation_once"),
            models.CheckConstraint(condition=Q(state__in=Invited.values), name="invitation_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "state"], name="invitation_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.organization}"
