"""A post: one person, one office, one role, for a time."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.choices import Role
from jitasa.organizations.models.organization import Organization
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Posts in the offices whose records the viewer may see."""
        return self.filter(scope(viewer))

    def valid_on(self, day: date) -> Self:
        """Posts that give their roles on ``day``."""
        return self.not_ended_by(day).filter(from_date__lte=day, rests_since=None)

    def not_ended_by(self, day: date) -> Self:
        """Posts valid on ``day`` or later: those of today and those that begin later."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day), revoked_at=None)


class Post(models.Model):
    """``to_date`` is the last day of the post, open while ``None``.

    ``revoked_at`` marks a post that was stopped at once, before the end of its last day (also one
    that had not begun): it gives nothing from that moment on, while its dates stay as history.
    ``rests_since`` marks a post that gives nothing until an administrator of its office says it goes on:
    somebody who could not have given it has had the account's password in hand (``services.resting``).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("บทบาท"), max_length=16, choices=Role)
    title = models.CharField(_("ตำแหน่ง"), max_length=150, blank=True)
    from_date = models.DateField(_("ตั้งแต่วันที่"))
    to_date = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, editable=False)
    rests_since = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")), name="post_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "organization", "role"], condition=Q(to_date=None), name="post_open_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "role"], name="post_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organization}"

    def ended_by(self, day: date) -> bool:
        """Whether the post gives nothing any more on ``day``."""
        return self.revoked_at is not None or (self.to_date is not None and self.to_date < day)
