"""The materials made for an important day, as an officer may see them."""

from datetime import date

from jitasa.occasions.models import Occasion
from jitasa.occasions.selectors import rows_of
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Material

MOST = 12


def materials_of_day(viewer: Viewer, occasion: Occasion, day: date) -> list[Material]:
    """Not withdrawn and not past their dates of use on ``day``, newest first, under every name the day has had. One query."""
    rows = Material.objects.visible_to(viewer).not_over(day)
    return list(rows.filter(occasion__in=rows_of(occasion)).select_related("organization")[:MOST])
