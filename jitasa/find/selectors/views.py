"""The kept filters a person has beside a list."""

from dataclasses import dataclass
from datetime import datetime

from jitasa.find.lists import LISTS
from jitasa.find.models import SavedView
from jitasa.find.rules import may_save_view
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.thai.sorting import by_dictionary


@dataclass(frozen=True)
class SavedViews:
    """``views`` in the order of the dictionary, own before shared; ``here`` is the one on the screen.

    ``query`` is what could be kept of the page's address; empty where nothing narrows it, or where it is kept.
    """

    views: list[SavedView]
    here: int | None = None
    query: str = ""


def saved_views(viewer: Viewer, list_name: str, query: dict[str, str]) -> SavedViews:
    """What stands beside the filters of a list under an address's query. One statement."""
    understood = LISTS[list_name].understood(query)
    rows = SavedView.objects.visible_to(viewer).filter(list_name=list_name)
    views = by_dictionary(rows, lambda row: row.name)
    views.sort(key=lambda row: row.user_id != viewer.user_id)
    here = next((row.pk for row in views if row.query == understood), None)
    new = understood if here is None and may_save_view(viewer) else ""
    return SavedViews(views, here, new)


def all_views(viewer: Viewer, now: datetime) -> list[tuple[str, list[SavedView]]]:
    """Everything the person may use, by list in the order of the lists. One statement."""
    rows = by_dictionary(SavedView.objects.visible_to(viewer).select_related("user"), lambda row: row.name)
    show_posts(((row.user, now) for row in rows), with_office=False, of=viewer.office_id)
    found = {name: [row for row in rows if row.list_name == name] for name in LISTS}
    return [(str(LISTS[name].label), views) for name, views in found.items() if views]
