"""What the iCalendar feeds hold: national days, and those of an office's province."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse

from jitasa.occasions import ical, selectors
from jitasa.occasions.models import Occasion, OccasionQuerySet, OccasionYear
from jitasa.occasions.rules import window_of
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.thai.dates import be_year, long_date

FORM = 2  # of the text below: a feed reader that has an older form fetches again
DOCUMENT = "วันสำคัญของชาติ"  # feeds are documents: always Thai


@dataclass(frozen=True)
class Freshness:
    """What tells a feed reader that nothing changed. ``etag`` is quoted; ``changed_at`` may be none."""

    etag: str
    changed_at: datetime | None


def office_of(code: str) -> Organization | None:
    """The office that bears an official code, else the one that bore it last: addresses are kept for ever."""
    office = Organization.objects.filter(code=code).order_by("closed_on", "pk").first()
    if office is not None:
        return office
    state = OrganizationState.objects.filter(code=code).select_related("organization")
    last = state.order_by("-valid_from").first()
    return last.organization if last else None


def _rows(office: Organization | None, today: date) -> OccasionQuerySet:
    """From the year before this one to whatever is known, retired rows included."""
    return Occasion.objects.for_office(office).filter(date__gte=date(today.year - 1, 1, 1))


def freshness(office: Organization | None, today: date) -> Freshness:
    """Two queries, whatever the calendar holds."""
    rows = _rows(office, today).order_by()
    seen = rows.aggregate(n=Count("pk"), changed=Max("changed_at"), retired=Max("retired_at"))
    adopted = OccasionYear.objects.aggregate(last=Max("adopted_at"))["last"]
    facts = [FORM, settings.SITE_URL, today.year, office.pk if office else 0, office or "", *seen.values()]
    digest = hashlib.sha256(repr([*map(str, facts), str(adopted)]).encode()).hexdigest()[:32]
    times = [at for at in (seen["changed"], seen["retired"], adopted) if at is not None]
    return Freshness(f'"{digest}"', max(times, default=None))


def feed(office: Organization | None, today: date) -> bytes:
    """The calendar of an office, or with ``None`` the national one."""
    rows = list(_rows(office, today).select_related("organization").order_by("date", "pk"))
    replaced = Counter(_key(row) for row in rows if row.retired_at is not None)
    adopted = selectors.adopted_years()
    events = [
        _event(row, sequence=replaced[_key(row)], adopted=adopted, office=office)
        for row in rows
        if row.retired_at is None
    ]
    name = f"วันสำคัญ {office}" if office else DOCUMENT
    return ical.calendar(name, "วันสำคัญสำหรับจัดกิจกรรมจิตอาสา พร้อมช่วงวันที่จัดได้และแนวทาง", events)


def _key(row: Occasion) -> tuple[str, int | None, int]:
    return row.code, row.organization_id, be_year(row.date)


def uid_of(row: Occasion) -> UUID:
    """The same for a day in its year whatever it is called and whenever it is held."""
    return uuid5(
        NAMESPACE_URL, f"jitasa:occasion:{row.organization_id or 'th'}:{row.code}:{be_year(row.date)}"
    )


def _event(row: Occasion, *, sequence: int, adopted: set[int], office: Organization | None) -> ical.DayEvent:
    return ical.DayEvent(
        uid=uid_of(row),
        day=row.date,
        summary=row.name,
        description=_words(row),
        category=str(row.get_kind_display()),
        changed_at=row.changed_at,
        sequence=sequence,
        tentative=row.organization_id is None and be_year(row.date) not in adopted,
        url=f"{settings.SITE_URL}{reverse('occasions:edit', args=[row.pk])}" if office else "",
    )


def _words(row: Occasion) -> str:
    first, last = window_of(row)
    lines = [f"จัดกิจกรรมได้ตั้งแต่ {long_date(first)} ถึง {long_date(last)}"]
    if row.organization is not None:
        lines.append(f"กำหนดโดย {row.organization}")
    if row.guidance:
        lines.append(row.guidance)
    return "\n".join(lines)
