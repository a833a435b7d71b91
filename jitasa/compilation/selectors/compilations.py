"""Compilations that were made."""

from datetime import date

from django.db.models import QuerySet

from jitasa.compilation.models import Compilation
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer


def latest(organization: Organization, month: date) -> Compilation | None:
    """The newest compilation of an office's month."""
    return _light().filter(organization=organization, month=month).order_by("-number").first()


def listed(viewer: Viewer, *, month: date | None = None) -> QuerySet[Compilation]:
    """What the viewer may see, newest first, without the heavy columns."""
    rows = _light().visible_to(viewer)  # type: ignore[attr-defined] # the model's own manager
    if month is not None:
        rows = rows.filter(month=month)
    return rows.select_related("organization", "made_by").order_by("-made_at", "-pk")  # type: ignore[no-any-return]


def _light() -> QuerySet[Compilation]:
    return Compilation.objects.defer("tables", "differences", "photos")
