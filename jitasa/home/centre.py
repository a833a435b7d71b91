"""The start page of a volunteer centre: how the month stands, the days to come, what the centre sent; no clerk's work."""

from datetime import datetime, timedelta
from typing import Any

from jitasa.home import summary as executive
from jitasa.home.letters import own_letters
from jitasa.letters.models import Letter
from jitasa.letters.selectors.outbox import outbox
from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_centre import centre_full_name
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Campaign
from jitasa.publicity.selectors.campaigns import counts_of
from jitasa.thai.dates import today

AHEAD = timedelta(days=60)
SHOWN = 5


def is_for(viewer: Viewer) -> bool:
    """Somebody who acts for the centre and holds no post among the office's clerks."""
    return viewer.only_steers


def page(viewer: Viewer, office: Organization, now: datetime) -> dict[str, Any]:
    """What the page shows: the executive's numbers of the month, and what the centre itself set and sent."""
    sent = list(
        Campaign.objects.filter(organization=office, by_centre=True).order_by("-created_at", "-pk")[:SHOWN]
    )
    counts = counts_of(viewer, sent)
    return executive.summary(office, now) | {
        "centre": centre_full_name(office),
        "to_sign": own_letters(viewer, now),
        "days": _days(viewer, now),
        "campaigns": [(each, counts.get(each.pk)) for each in sent],
        "letters": _letters(office),
    }


def _days(viewer: Viewer, now: datetime) -> list[Occasion]:
    """The days of the next two months that hold in the centre's area, whoever set them."""
    day = today(now)
    rows = Occasion.objects.visible_to(viewer).active().filter(date__range=(day, day + AHEAD))
    if viewer.is_department:  # the country's list; a province's own days are its own affair
        rows = rows.filter(organization=None)
    return list(rows.select_related("organization").order_by("date", "pk")[: 2 * SHOWN])


def _letters(office: Organization) -> list[Letter]:
    return list(outbox(office, chosen="", text="").filter(by_centre=True)[:SHOWN])
