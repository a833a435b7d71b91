"""A post offered to somebody of another line: it gives nothing until the person's side says yes."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.choices import OfferAnswer, Role
from jitasa.organizations.models.organization import Organization


class PostOfferQuerySet(models.QuerySet["PostOffer"]):
    def waiting(self, now: datetime) -> Self:
        """Offers that can still be answered."""
        return self.filter(answer=OfferAnswer.WAITING, expires_at__gt=now)


class PostOffer(models.Model):
    """Kept apart from ``Post``, so that no reader of posts can take an offer for a post.

    ``expires_at``: from then on it can no longer be answered. ``answered_by`` is the person, an
    administrator of the home office, or whoever withdrew it; nobody when it expired.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="post_offers")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("บทบาท"), max_length=16, choices=Role)
    title = models.CharField(_("ตำแหน่ง"), max_length=150, blank=True)
    from_date = models.DateField(_("ตั้งแต่วันที่"))
    to_date = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=OfferAnswer, default=OfferAnswer.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects: ClassVar[PostOfferQuerySet] = PostOfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="offer_role_known"),
            models.CheckConstraint(condition=Q(answer__in=OfferAnswer.values), name="offer_answer_known"),
            models.CheckConstraint(
                condition=Q(answer=OfferAnswer.WAITING, answered_at=None)
                | (~Q(answer=OfferAnswer.WAITING) & Q(answered_at__isnull=False)),
                name="offer_answered_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")), name="offer_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(answer=OfferAnswer.WAITING),
                name="offer_waits_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "answer"], name="offer_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.organization}"

    def waits(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.answer == OfferAnswer.WAITING and now < self.expires_at
