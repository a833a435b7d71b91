"""Important days in the search over everything."""

from datetime import date, datetime

from django.urls import reverse

from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Topic
from jitasa.organizations.versions import remembered
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import long_date as thai_date
from jitasa.thai.dates import month_name, month_of, month_slug, today
from jitasa.thai.search import stored, words
from jitasa.ui.days import long_date
from jitasa.ui.finding import MOST, NOTHING, Found, Hit

Line = tuple[str, int, date, str, str]  # words to find, id, day, official name, who set it


def days_found(viewer: Viewer, text: str, now: datetime) -> Found:
    """Days in use by name or date (``5 ธันวาคม``), the nearest to today first; some dozens a year, remembered."""
    wanted = words(text)
    if not wanted or viewer.organization is None or not viewer.roles:
        return NOTHING
    day = today(now)
    rows = [line for line in _lines(viewer) if all(word in line[0] for word in wanted)]
    rows.sort(key=lambda line: (abs(line[2] - day), line[2], line[1]))
    return Found(tuple(_hit(line) for line in rows[:MOST]), min(len(rows), MOST))


def _lines(viewer: Viewer) -> tuple[Line, ...]:
    """What may be found, with its words; remembered for requests until a day is changed."""
    seen = "all" if viewer.is_department else viewer.organization and viewer.organization.province_code
    return remembered(Topic.OCCASIONS, ("found", seen), lambda: tuple(map(_line, _rows(viewer))))


def _rows(viewer: Viewer) -> list[tuple[int, date, str, str, str | None]]:
    rows = Occasion.objects.visible_to(viewer).active().order_by("date", "id")
    return list(rows.values_list("pk", "date", "name", "short_name", "organization__short_name"))


def _line(row: tuple[int, date, str, str, str | None]) -> Line:
    pk, day, name, short_name, office = row
    held = stored(name, short_name, office or "", thai_date(day), month_name(month_of(day)), day.isoformat())
    return held, pk, day, name, office or ""


def _hit(line: Line) -> Hit:
    _held, pk, day, name, office = line
    return Hit(
        title=name,
        words=" · ".join(filter(None, (long_date(day), office))),
        url=f"{reverse('occasions:calendar')}?month={month_slug(month_of(day))}#day-{pk}",
    )
