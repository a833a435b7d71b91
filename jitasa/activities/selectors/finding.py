"""Records in the search over everything."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db import connection
from django.db.models import DateField, F, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse

from jitasa.activities.choices import TONES, Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.listing import RecordFilters, listed
from jitasa.organizations.choices import Level
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import month_of, today
from jitasa.thai.search import plain, words
from jitasa.ui.days import short_date
from jitasa.ui.finding import MOST, NOTHING, Found, Hit
from jitasa.ui.searching import holding

# In a large sight so much is looked through before the index of words is asked: of the country its newest records,
# of a province some 5,000 (at the country's 31,000 records a month).
NEWEST_OF_COUNTRY = 4000
LOOKED_THROUGH = timedelta(days=120)
SMALL = (Level.LAO, Level.DISTRICT)  # some thousands in ten years: all are looked through
# The newest first by no column that an index has in order (see :func:`_holding`).
DAY = Coalesce("start_date", Value(date.min), output_field=DateField())
NEWEST = (DAY.desc(), F("id").desc())
COLUMNS = ("uuid", "name", "number", "status", "start_date", "organization_name")
_NUMBER = re.compile(r"([0-9]{2})[-\s]([0-9]{4})[-\s]([0-9]{1,6})")
_NUMBER_OF_DIGITS = re.compile(r"([0-9]{2})([0-9]{4})([0-9]{6})")


def receipt_number(typed: str) -> str:
    """``81-6911-000012`` for ``๘๑-๖๙๑๑-๐๐๐๐๑๒``, ``81-6911-12`` and ``816911000012``; empty for other words."""
    text = plain(typed)
    match = _NUMBER.fullmatch(text) or _NUMBER_OF_DIGITS.fullmatch(text)
    return f"{match[1]}-{match[2]}-{match[3]:0>6}" if match else ""


def found_by(viewer: Viewer, text: str, now: datetime) -> Found:
    """The record with the receipt number typed, else those that hold every word, the newest first.

    One statement, and a second one where the newest records in a large sight do not give a hundred.
    """
    if not viewer.roles:
        return NOTHING
    number = receipt_number(text)
    found = list(_numbered(viewer, number)) if number else _holding(viewer, text, now)
    hits = tuple(_hit(row, viewer) for row in found)
    return Found(hits, len(hits), f"{reverse('activities:list')}?{urlencode({'q': number or text})}")


def _holding(viewer: Viewer, text: str, now: datetime) -> list[Activity]:
    """What ``listing.listed`` gives for the words, found in a time that does not depend on how common they are.

    A common word has a hundred records among the newest: looking at those in turn is quick, asking the index
    of words for it is not (millions of entries). A rare word is the other way round. PostgreSQL cannot know
    which it is, so it is told: the words first as an expression that no index answers, over the newest; then
    by the index, in an order that no index gives (docs/adr/0054).
    """
    held = _light(listed(viewer, RecordFilters(text=text)).select_related(None))
    if viewer.level in SMALL:
        return list(held)
    newest = listed(viewer, RecordFilters()).select_related(None)
    found = list(
        _of_newest(newest, text) if viewer.level == Level.DEPARTMENT else _of_days(newest, text, now)
    )
    return found if len(found) == MOST else list(held)


def _of_days(rows: QuerySet[Activity], text: str, now: datetime) -> QuerySet[Activity]:
    """Those of the last days that hold the words, found by their offices.

    The day is no index's here: PostgreSQL multiplies the shares of month and day, takes the country's records of these
    days for a few thousand and reads them all.
    """
    since = today(now) - LOOKED_THROUGH
    held = Concat("search_text", Value(""), output_field=TextField())
    rows = rows.filter(month__gte=month_of(since)).alias(day=DAY).filter(day__gte=since)
    return _light(rows.annotate(held=held).filter(holding(text, "held")))


def _of_newest(rows: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    """Those of the newest records that hold the words: a walk along the days that ends with the hundredth.

    Django cannot narrow what is cut off; the limit inside also keeps the database from looking further.
    """
    rows = rows.filter(start_date__isnull=False).order_by("-start_date", "-id")
    inner, values = rows.values_list("pk", "search_text")[:NEWEST_OF_COUNTRY].query.sql_with_params()
    wanted = words(text)
    held = " AND ".join(["held LIKE %s ESCAPE '\\'"] * len(wanted)) or "1 = 0"
    asked = f"WITH newest (pk, held) AS ({inner}) SELECT pk FROM newest WHERE {held} LIMIT {MOST}"  # noqa: S608 (a query of the mapper's)
    likes = [f"%{connection.ops.prep_for_like_query(word)}%" for word in wanted]
    return _light(Activity.objects.filter(pk__in=RawSQL(asked, (*values, *likes))))  # noqa: S611 (as above)


def _light(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.order_by(*NEWEST).only(*COLUMNS)[:MOST]


def _numbered(viewer: Viewer, number: str) -> QuerySet[Activity]:
    """Withdrawn ones too: somebody who has the number in hand wants to know what became of it."""
    return _light(Activity.objects.visible_to(viewer).filter(number=number))


def _hit(row: Activity, viewer: Viewer) -> Hit:
    facts = (
        short_date(row.start_date) if row.start_date else "",
        "" if viewer.is_lao else row.organization_name,
        row.number,
    )
    status = Status(row.status)
    return Hit(
        title=str(row),
        words=" · ".join(filter(None, facts)),
        url=reverse("activities:detail", args=[row.uuid]),
        state=(TONES[status], str(status.label)),
    )
