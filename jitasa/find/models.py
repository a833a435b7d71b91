"""Filters of a list kept under a name."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jitasa.find.lists import LISTS, LONGEST, SavedList
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The person's own of the office she works in now, and what others of that office share."""
        if viewer.organization is None or not viewer.roles:
            return self.none()
        own = Q(user=viewer.user_id) if viewer.user_id and not viewer.read_only else Q(pk__in=[])
        return self.filter(own | Q(shared=True), organization=viewer.organization)


class SavedView(models.Model):
    """``query`` holds only what the list understands (``lists.SavedList.understood``), never an address.

    A view belongs to a person at work in one office: in another office the same filter means other rows.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40)
    name = models.CharField(_("ชื่อมุมมอง"), max_length=60)
    query = models.CharField(max_length=LONGEST)
    shared = models.BooleanField(_("ให้ทุกคนในสำนักงานใช้ได้"), default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[SavedViewQuerySet] = SavedViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "organization", "list_name", "name"], name="saved_view_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_named"),
            models.CheckConstraint(condition=~Q(query=""), name="saved_view_narrows"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "list_name"], name="saved_view_by_list"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def of_list(self) -> SavedList | None:
        """The list it belongs to; none when a later version of the program has no such list."""
        return LISTS.get(self.list_name)

    @property
    def url(self) -> str:
        return self.of_list.address(self.query) if self.of_list else ""
