"""What stands in an office's sheet of a month: its records, and what its cells offer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid5

from django.db.models import Max
from django.utils.translation import override

from jitasa.activities.choices import Basis, BudgetSource, Part, Status
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.selectors.choices import Offer, host_office_choices
from jitasa.activities.selectors.invitations import first_values, waiting_for, words_of
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.places import home_tambon, tambon_choices
from jitasa.activities.selectors.values import Parts
from jitasa.occasions.selectors import near
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors import geography
from jitasa.organizations.viewer import Viewer
from jitasa.sheets.selectors.own_photos import names_of_photos, told_apart
from jitasa.thai.dates import add_months, month_of

BEGUN = (
    "name", "basis", "part", "start_date", "start_time", "end_date", "end_time", "place", "moo", "tambon_code",
    "latitude", "longitude", "chair_position",
)  # fmt: skip
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


def events_of_month(office: Organization, month: date) -> list[SheetRecord]:
    """Rows of events that other offices ask this one to: not recorded, begun as the host has them."""
    return [
        SheetRecord(_begun(each, office), Parts(), ())
        for each in waiting_for(office.pk)
        if each.activity.start_date is not None and month_of(each.activity.start_date) == month
    ]


def _begun(invitation: Invitation, office: Organization) -> Activity:
    """A record that is not saved. Its UUID is the same in every file, so that it is one record however often it is sent."""
    event, values = invitation.activity, first_values(invitation)
    row = Activity(
        uuid=uuid5(invitation.uuid, office.code),
        organization=office,
        kind=event.kind,
        sub_kind=event.sub_kind,
        occasion=event.occasion if values.occasion_id else None,
        host_organization=event.organization,
        host_activity=event,
    )
    for name in BEGUN:
        setattr(row, name, getattr(values, name))
    return row


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
            "joint": map(words_of, waiting_for(office.pk)),
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
