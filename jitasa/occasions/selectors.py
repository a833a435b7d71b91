"""Reads of the important days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from jitasa.audit.models import Entry
from jitasa.occasions.models import WIDEST_WINDOW, Occasion, OccasionKind, OccasionQuerySet, OccasionYear
from jitasa.occasions.rules import in_window
from jitasa.organizations.choices import Level
from jitasa.organizations.in_use import IN_USE
from jitasa.organizations.models import Organization, Topic
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.versions import remembered
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import BE_OFFSET, last_day
from jitasa.ui.days import long_date


def near(organization: Organization | None, day: date) -> list[Occasion]:
    """Days in use around ``day`` that an office may choose, by date; remembered for requests."""
    return [row for row in _in_use(organization) if abs(row.date - day) <= WIDEST_WINDOW]


def choosable(organization: Organization | None, occasion_id: int) -> Occasion | None:
    """The day with this id, if it is in use and the office may choose it; remembered for requests."""
    return next((row for row in _in_use(organization) if row.pk == occasion_id), None)


def _in_use(organization: Organization | None) -> tuple[Occasion, ...]:
    """Every day in use that offices of a district (or of a province itself) may choose, by date: some dozens a year."""
    rows = Occasion.objects.active().for_office(organization).order_by("date", "id")
    return remembered(Topic.OCCASIONS, _area(organization), lambda: tuple(rows))


def _area(organization: Organization | None) -> str:
    if organization is None:
        return ""
    if organization.level == Level.PROVINCE:
        return organization.province_code
    return f"{organization.province_code}/{organization.district_code}"


def offered_for(organization: Organization | None, day: date) -> list[Occasion]:
    """Days an activity of ``organization`` on ``day`` may belong to, the nearest first. One query."""
    fitting = [occasion for occasion in near(organization, day) if in_window(occasion, day)]
    return sorted(fitting, key=lambda occasion: (abs(occasion.date - day), occasion.date, occasion.pk))


def of_month(viewer: Viewer, month: date) -> QuerySet[Occasion]:
    """The days of a month (its first day) in use, in order of date."""
    rows = Occasion.objects.visible_to(viewer).active().select_related("organization")
    return rows.filter(date__range=(month, last_day(month)))


def of_year(viewer: Viewer, year: int) -> QuerySet[Occasion]:
    """The days of a Buddhist-era year in use, in order of date."""
    rows = Occasion.objects.visible_to(viewer).active().select_related("organization")
    return rows.filter(date__year=year - BE_OFFSET)


def retired_of_year(viewer: Viewer, year: int) -> list[Occasion]:
    """Days of a year taken out of use, without those that an edit replaced."""
    in_use = {(row.code, row.organization_id) for row in of_year(viewer, year)}
    rows = (
        Occasion.objects.visible_to(viewer)
        .filter(~IN_USE, date__year=year - BE_OFFSET)
        .select_related("organization")
    )
    last = {(row.code, row.organization_id): row for row in rows.order_by("retired_at", "id")}
    return [row for key, row in last.items() if key not in in_use]


def years(viewer: Viewer) -> list[int]:
    """Buddhist-era years that have days, oldest first."""
    rows = Occasion.objects.visible_to(viewer).active().order_by()
    found = rows.annotate(year=ExtractYear("date")).values_list("year", flat=True).distinct()
    return sorted(year + BE_OFFSET for year in found)


@dataclass(frozen=True)
class Adoption:
    """The list of a year in force, and how many national days were changed after it."""

    made: OccasionYear
    changed: int


def adoption(year: int) -> Adoption | None:
    """The adoption of Buddhist-era ``year`` in force, ``None`` before the first. At most two queries."""
    made = OccasionYear.objects.filter(year=year).select_related("adopted_by").order_by("-number").first()
    if made is None:
        return None
    show_posts([(made.adopted_by, made.adopted_at)])
    rows = Occasion.objects.active().filter(organization=None, date__year=year - BE_OFFSET)
    now = set(rows.order_by().values_list("pk", "code"))
    then = {(day["id"], day["code"]) for day in made.days}
    return Adoption(made, len({code for _pk, code in now ^ then}))


def adopted_years() -> set[int]:
    """Buddhist-era years whose list the department has put in force."""
    return set(OccasionYear.objects.order_by().values_list("year", flat=True).distinct())


def rows_of(occasion: Occasion) -> OccasionQuerySet:
    """A day in its year under all the names and dates it has had, the oldest first.

    Activities stay linked to the row they were written with, so sums of a day go over all of these.
    """
    same = Occasion.objects.filter(code=occasion.code, organization=occasion.organization_id)
    return same.filter(date__year=occasion.date.year).order_by("pk")


def earlier_rows(occasion: Occasion) -> list[Occasion]:
    """The rows that an edit of this day replaced, the oldest first."""
    return [row for row in rows_of(occasion) if row.retired_at is not None and row.pk < occasion.pk]


def successor(occasion: Occasion) -> Occasion | None:
    """The row in use of a day whose own row was replaced."""
    return rows_of(occasion).active().exclude(pk=occasion.pk).last()


@dataclass(frozen=True)
class HistoryEntry:
    """One audited act on a day: who, when, and what it was before and after."""

    entry: Entry
    changes: list[tuple[str, str, str]]  # (column, before, after)


def history(occasion: Occasion) -> Sequence[HistoryEntry]:
    """All acts on a day and on the rows it replaced, the newest first."""
    rows = Occasion.objects.filter(code=occasion.code, organization=occasion.organization_id)
    entries = Entry.objects.filter(
        subject_type=Occasion._meta.label_lower,
        subject_id__in=[str(pk) for pk in rows.values_list("pk", flat=True)],
    ).order_by("-at", "-id")
    chain = _chain(occasion.pk, list(entries))
    return [HistoryEntry(entry, _changes(entry)) for entry in entries if entry.subject_id in chain]


def _chain(pk: int, entries: Sequence[Entry]) -> set[str]:
    """The id of a row and of those it replaced, directly or through others."""
    replaced = {
        entry.subject_id: str(entry.data.get("replaces", "")) for entry in entries if "replaces" in entry.data
    }
    chain, current = set(), str(pk)
    while current and current not in chain:
        chain.add(current)
        current = replaced.get(current, "")
    return chain


def _changes(entry: Entry) -> list[tuple[str, str, str]]:
    before, after = entry.data.get("before") or {}, entry.data.get("after") or {}
    labels = {field.name: str(field.verbose_name) for field in Occasion._meta.fields}
    return [
        (labels.get(name, name), _words(name, before[name]), _words(name, value))
        for name, value in after.items()
        if name in before and before[name] != value
    ]


def _words(column: str, value: object) -> str:
    """A stored value as a person reads it."""
    if column == "date":
        return long_date(date.fromisoformat(str(value)))
    if column == "kind":
        return str(dict(OccasionKind.choices).get(str(value), value))
    return str(value) or "–"
