"""One month of the whole country in bulk: every row that the services would have kept of its records.

Records with their parts, steps, revisions and flags, tallies, statements of the offices and receipt numbers;
``jitasa check`` finds no difference. Audit entries and notices are left out: they say what people did, and nobody
did it (docs/adr/0118).
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import models, transaction

from jitasa.activities.choices import LIVE, Status
from jitasa.activities.models import (
    Activity,
    ActivityPhoto,
    ActivityRevision,
    MeasureValue,
    Participation,
    ReceiptCounter,
    Step,
)
from jitasa.demo import country_event as made
from jitasa.demo.country_told import Place, Told, place_of, stories
from jitasa.demo.services import country_statements
from jitasa.inserting import insert_prepared, prepared, reserved
from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo
from jitasa.review.choices import FlagKind
from jitasa.review.models import Flag
from jitasa.rounds.counted import NO_OCCASION
from jitasa.rounds.models import MonthlyReturn, Round, Tally
from jitasa.rounds.selectors.lists import current_groups, current_measures
from jitasa.rounds.services.country_sums import count_anew
from jitasa.thai.dates import BANGKOK, be_year, last_day, long_date, today

CHUNK = 1000  # records of a batch: some ten megabytes
PICTURED, ON_AN_OCCASION = 0.05, 0.2  # shares of the records
Rows = Mapping[type[models.Model], list[tuple[Any, ...]]]
# Tables with their columns and the rows as the driver takes them.
Batch = Sequence[tuple[type[models.Model], Sequence[str], Sequence[tuple[Any, ...]]]]
COLUMNS = tuple(each.attname for each in Activity._meta.concrete_fields)
ROW_COLUMNS: Mapping[type[models.Model], tuple[str, ...]] = {
    Activity: COLUMNS,
    Participation: ("activity_id", "group_id", "count"),
    MeasureValue: ("activity_id", "measure_id", "quantity"),
    ActivityPhoto: ("activity_id", "photo_id", "position", "caption", "children_visible", "publish"),
    ActivityRevision: ("activity_id", "number", "at", "by_id", "status", "data", "hash", "line"),
    Step: ("activity_id", "act", "at", "revision", "by_id", "organization_id", "reason", "fields"),
    Flag: ("activity_id", "kind", "other_id", "evidence", "found_at"),
}
TALLY_KEY = ("month", "organization_id", "status", "kind_code", "occasion_id")
NUMBERS = ("province_code", "month", "last")


@dataclass(frozen=True)
class Country:
    """What all months have in common: offices, who writes, where, and the words of each story at each office."""

    offices: Sequence[Organization]
    clerks: Mapping[int, int] = field(default_factory=dict)  # office → who works there
    reviewers: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)  # province → office, person
    points: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    pictures: Sequence[Photo] = ()
    told: Sequence[Told] = field(default_factory=stories)
    places: dict[tuple[int, int], Place] = field(default_factory=dict)

    def place(self, office: Organization, index: int) -> Place:
        key = (office.pk, index)
        if key not in self.places:
            point = self.points.get(office.pk) if (office.pk + index) % 2 else None
            self.places[key] = place_of(office, self.told[index], index, point)
        return self.places[key]

    def pictures_of(self, office: Organization) -> Sequence[Photo]:
        """The two pictures that an office has."""
        first = office.pk * 2 % len(self.pictures) if self.pictures else 0
        return self.pictures[first : first + 2]


class CountryMonth:
    """``batches`` makes the rows of the month, ``write_batches`` writes them."""

    def __init__(self, round_: Round, country: Country, per_month: int, now: datetime) -> None:
        self.month, self.country, self.per_month, self.now = round_.month, country, per_month, now
        self.rng = random.Random(f"country:{self.month}")  # noqa: S311 (bulk data, not a secret)
        self.statements = country_statements.Statements(round_, now, self.rng)
        end = max(self.month, min(last_day(self.month), today(now) - timedelta(days=1)))
        days = [self.month + timedelta(days=n) for n in range((end - self.month).days + 1)]
        self.days, self.words_of = days, {day: long_date(day) for day in days}
        self.occasions = list(Occasion.objects.active().filter(organization=None, date__range=(days[0], end)))
        self.lists = made.lists_of(current_groups(), current_measures(), country.reviewers)
        self.year = f"{be_year(self.month) % 100:02}{self.month.month:02}"
        self.numbers: dict[str, int] = defaultdict(int)
        for counter in ReceiptCounter.objects.filter(month=self.month):
            self.numbers[counter.province_code] = counter.last
        self.tallies: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def write(self) -> int:
        return write_batches(self.month, self.batches(lambda count: reserved(Activity, count)))

    def batches(self, keys: Callable[[int], Iterable[int]]) -> Iterator[Batch]:
        """All rows of the month; ``keys`` gives as many for its records as it is asked for."""
        events = self.events()
        while chunk := list(islice(events, CHUNK)):
            yield self.batch(chunk, keys(len(chunk)))
        yield self.sums()

    def events(self) -> Iterator[made.Event]:
        for office in self.country.offices:
            count = self.rng.choice((0, 1, 1, 1, 2)) * self.per_month // 2
            events = [self.event(office) for _number in range(count)]
            sent = any(each.status in LIVE for each in events)
            if sent or not events:
                self.statements.of(office.pk, self.country.clerks.get(office.pk), sent=sent)
            yield from events

    def event(self, office: Organization) -> made.Event:
        rng, index = self.rng, self.rng.randrange(len(self.country.told))
        occasion = rng.choice(self.occasions) if self.occasions and rng.random() < ON_AN_OCCASION else None
        day = occasion.date if occasion else rng.choice(self.days)
        morning = datetime.combine(day + timedelta(days=1), time(8), BANGKOK)
        status = rng.choices(made.STATUSES, made.SHARES)[0]
        return made.drawn(
            rng,
            office,
            self.country.clerks.get(office.pk),
            self.country.told[index],
            self.country.place(office, index),
            occasion=occasion,
            day=day,
            at=min(morning + timedelta(seconds=rng.randint(0, 36_000)), self.now),
            now=self.now,
            number="" if status == Status.DRAFT else self.next_number(office.province_code),
            status=status,
            pictures=self.country.pictures_of(office) if rng.random() < PICTURED else (),
        )

    def next_number(self, province_code: str) -> str:
        self.numbers[province_code] += 1
        return f"{province_code}-{self.year}-{self.numbers[province_code]:06}"

    def batch(self, chunk: Sequence[made.Event], keys: Iterable[int]) -> Batch:
        rows: Rows = {model: [] for model in ROW_COLUMNS}
        for key, event in zip(keys, chunk, strict=True):
            columns = made.columns_of(event, key, self.month, self.lists)
            rows[Activity].append(tuple([columns[name] for name in COLUMNS]))
            rows[Participation] += made.people_rows(event, key, self.lists)
            rows[MeasureValue] += made.measure_rows(event, key, self.lists)
            rows[ActivityPhoto] += made.photo_rows(event, key)
            words = self.words_of[event.day]
            rows[ActivityRevision] += made.revision_rows(event, key, columns, words, self.lists)
            rows[Step] += made.step_rows(event, key, self.lists)
            if event.flagged:
                found = (key, FlagKind.HEAD_COUNT.value, None, made.evidence(event.people), event.at)
                rows[Flag].append(found)
            self.count(event, columns)
        return [(model, names, prepared(model, names, rows[model])) for model, names in ROW_COLUMNS.items()]

    def count(self, event: made.Event, columns: Mapping[str, Any]) -> None:
        """The record's part of the tallies: every one counts for its event."""
        occasion = columns["occasion_id"] or NO_OCCASION
        key = (self.month, event.office.pk, event.status.value, event.told.story.kind, occasion)
        people, men, women = columns["participants"], columns["men"], columns["women"]
        added = (1, 1, people, people, men, women, len(event.pictures), Decimal(0))
        held = self.tallies.get(key)
        self.tallies[key] = (
            tuple([old + new for old, new in zip(held, added, strict=True)]) if held else added
        )

    def sums(self) -> Batch:
        tables: Rows = {
            MonthlyReturn: self.statements.rows,
            Tally: [(*key, *counts) for key, counts in self.tallies.items()],
            ReceiptCounter: [(code, self.month, number) for code, number in self.numbers.items()],
        }
        columns = (country_statements.COLUMNS, (*TALLY_KEY, *Tally.COUNTS), NUMBERS)
        return [
            (model, names, prepared(model, names, rows))
            for (model, rows), names in zip(tables.items(), columns, strict=True)
        ]


def write_batches(month: date, batches: Iterable[Batch]) -> int:
    """Write a month in one transaction; the number of its records."""
    count = 0
    with transaction.atomic():
        ReceiptCounter.objects.filter(month=month).delete()  # the new ones go on from them
        for batch in batches:
            for model, names, rows in batch:
                insert_prepared(model, names, rows)
                count += len(rows) if model is Activity else 0
        count_anew([month])
    return count
