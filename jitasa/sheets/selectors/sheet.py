"""What stands in an office's sheet of a month: its records, and what its cells offer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.translation import override

from jitasa.activities.choices import Basis, BudgetSource, Part, Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.choices import Offer, host_office_choices
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.places import home_tambon, tambon_choices
from jitasa.activities.selectors.values import Parts
from jitasa.occasions.selectors import near
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors import geography
from jitasa.organizations.viewer import Viewer
from jitasa.sheets.selectors.own_photos import names_of_photos, told_apart
from jitasa.thai.dates import add_months

RECORDS_MOST = 400  # of a month; the rest of the sheet's rows are for new ones
WORDS_MOST = 60  # places and chairs offered
MONTHS_BACK = 12


@dataclass(frozen=True)
class SheetRecord:
    activity: Activity
    parts: Parts
    photo_names: tuple[str, ...]


def records_of_month(viewer: Viewer, month: date) -> list[SheetRecord]:
    """The office's own records of a month, withdrawn ones left out, by day; three statements."""
    rows = list(
        Activity.objects.visible_to(viewer)
        .filter(organization=viewer.office_id, month=month)
        .exclude(status=Status.WITHDRAWN)
        .select_related("organization", "kind", "sub_kind", "occasion", "host_organization", "host_activity")
        .order_by("start_date", "created_at", "id")[:RECORDS_MOST]
    )
    parts = parts_by_activity(rows) if rows else {}
    names = names_of_photos(viewer, [photo.photo_id for each in parts.values() for photo in each.photos])
    return [SheetRecord(row, parts[row.pk], _names_of(parts[row.pk], names)) for row in rows]


def _names_of(parts: Parts, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(told_apart((photo.photo.sha256 for photo in parts.photos), names).values())


def options_for(office: Organization, offer: Offer, month: date) -> dict[str, list[str]]:
    """The words offered in the cells, by the name that ``layout`` gives the list; all in Thai."""
    with override("th"):
        found: dict[str, Iterable[object]] = {
            "kinds": (row.label for row in offer.kinds),
            "sub_kinds": (row.label for row in offer.sub_kinds),
            "parts": Part.labels,
            "budgets": BudgetSource.labels,
            "tambons": _tambons(office),
            "occasions": [
                *(row.short_name for row in near(office, month)),
                *(row.short_name for row in near(office, add_months(month, 1))),
                Basis.CENTRE.label,
            ],
            "hosts": (
                label for _group, rows in host_office_choices(office, keep=None) for _code, label in rows
            ),
            "places": _used(office, month, "place"),
            "chairs": _used(office, month, "chair_position"),
        }
        return {name: list(dict.fromkeys(str(word) for word in words)) for name, words in found.items()}


def _tambons(office: Organization) -> Sequence[str]:
    """Its own first, then those of its district, then of its province."""
    home = geography.tambon(home_tambon(office))
    names = [label for _group, rows in tambon_choices(office) for _code, label in rows]
    return [home.name_th, *names] if home else names


def _used(office: Organization, month: date, name: str) -> Iterable[str]:
    """What the office wrote there in the last months, the newest first."""
    rows = Activity.objects.filter(organization=office, month__gte=add_months(month, -MONTHS_BACK))
    newest = rows.exclude(**{name: ""}).values(name).annotate(newest=Max("id")).order_by("-newest")
    found: Iterable[str] = newest.values_list(name, flat=True)[:WORDS_MOST]
    return found
