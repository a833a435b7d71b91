"""The whole country in bulk, for measuring: one SAO per tambon, a PAO per province, and their months.

Rows are written in bulk and not by the services, yet hold everything the services would have
written that a number, a board or a compilation reads; ``jitasa check`` finds no difference. Offices
made here are marked ``synthetic``. There are no picture files: at this scale they would only measure
the disk.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import astuple, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from django.db import transaction

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision, MeasureValue, Participation, ReceiptCounter
from jitasa.activities.selectors.values import Parts
from jitasa.activities.services.content import search_text
from jitasa.activities.services.revise import content_hash, snapshot
from jitasa.activities.services.tallying import contribution
from jitasa.activities.values import ActivityValues
from jitasa.demo.crowd import crowd, seeded_uuid
from jitasa.demo.stories import STORIES
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.geography import tambons
from jitasa.organizations.services.facts import StateFacts
from jitasa.organizations.services.install_geography import enter_offices
from jitasa.organizations.services.install_paos import install_paos
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.models import Tally
from jitasa.rounds.selectors.lists import current_groups, current_kinds, current_measures, current_sub_kinds
from jitasa.rounds.services.rounds import ensure_round
from jitasa.rounds.services.tally import Contribution, Key, Number
from jitasa.thai.dates import BANGKOK, add_months, be_year, last_day, month_of, today

CHUNK = 4000
PAGE = "demo"  # what writes, as an open page would be named
FOUNDED = date(2010, 1, 1)
STATUSES = (Status.ACCEPTED, Status.SUBMITTED, Status.RETURNED, Status.DRAFT)
COUNTS = tuple(field.name for field in fields(Contribution))[5:]


def seed_country(*, now: datetime, months: int, per_month: int, say: Callable[[str], object]) -> int:
    """Offices for the whole country and ``months`` × ``per_month`` records each; returns the number of records."""
    install_paos(actor=SYSTEM, now=now)
    say(f"→ อบต. สมมติ {enter_saos():,} แห่ง")
    offices = list(Organization.objects.open().laos().order_by("pk"))
    newest = month_of(today(now))
    made = 0
    for index in range(months):
        month = add_months(newest, index + 1 - months)
        ensure_round(month, now=now)
        made += CountryMonth(month, offices, per_month, now).write()
        say(f"  {month:%m}/{be_year(month)}: {made:,} กิจกรรม")
    return made


def enter_saos() -> int:
    """A synthetic SAO for every tambon of every district that has no SAO yet."""
    districts = Organization.objects.open().filter(type=OrganizationType.DISTRICT)
    taken = set(
        Organization.objects.filter(type=OrganizationType.SAO).values_list("district_code", flat=True)
    )
    facts = [
        StateFacts(OrganizationType.SAO, f"06{district.code}{number:02}", tambon.name_th, district, district)
        for district in districts.exclude(code__in=taken).order_by("code")
        for number, tambon in enumerate(tambons(district.code), start=2)
    ]
    with transaction.atomic():
        return len(enter_offices(facts, since=FOUNDED, synthetic=True))


class CountryMonth:
    """One month of the whole country."""

    def __init__(self, month: date, offices: list[Organization], per_month: int, now: datetime) -> None:
        self.month, self.offices, self.per_month, self.now = month, offices, per_month, now
        self.rng = random.Random(f"country:{month}")  # noqa: S311 (bulk data, not a secret)
        self.last_day = max(month, min(last_day(month), today(now) - timedelta(days=1)))
        self.kinds = {row.code: row for row in current_kinds()}
        self.sub_kinds = {row.code: row for row in current_sub_kinds()}
        self.groups = {row.code: row for row in current_groups()}
        self.measures = {row.code: row for row in current_measures()}
        self.numbers: dict[str, int] = defaultdict(int)
        for counter in ReceiptCounter.objects.filter(month=month):
            self.numbers[counter.province_code] = counter.last
        self.tallies: dict[Key, list[Number]] = {}

    def write(self) -> int:
        made = 0
        rows = self.rows()
        with transaction.atomic():
            while chunk := list(islice(rows, CHUNK)):
                self.write_chunk(chunk)
                made += len(chunk)
            self.write_sums()
        return made

    def rows(self) -> Iterator[tuple[Activity, ActivityValues]]:
        for office in self.offices:
            for _number in range(self.rng.choice((0, 1, 1, 1, 2)) * self.per_month // 2):
                yield self.row(office)

    def row(self, office: Organization) -> tuple[Activity, ActivityValues]:
        rng, story = self.rng, self.rng.choice(STORIES)
        day = self.month + timedelta(days=rng.randint(0, (self.last_day - self.month).days))
        at = min(datetime.combine(day + timedelta(days=1), time(10), BANGKOK), self.now).astimezone(UTC)
        groups = crowd(rng.randint(*story.people), rng)
        people = sum(groups.values())
        values = ActivityValues(
            name=f"{story.name} {office.short_name.split('.', 1)[-1]}",
            kind=story.kind,
            sub_kind=story.sub_kind,
            start_date=day,
            start_time=time(8, 30),
            end_date=day,
            end_time=time(10, 30),
            place=story.places[0],
            groups=groups,
            men=people // 2,
            women=people - people // 2,
            measures={code: Decimal(rng.randint(*span)) for code, span in story.measures.items()},
            result=story.result,
        )
        status = rng.choices(STATUSES, (80, 14, 3, 3))[0]
        activity = Activity(
            uuid=seeded_uuid(at, rng),
            organization=office,
            organization_code=office.code,
            organization_name=office.short_name,
            status=status,
            number="" if status == Status.DRAFT else self.next_number(office.province_code),
            month=self.month,
            name=values.name,
            kind=self.kinds[story.kind],
            sub_kind=self.sub_kinds[story.sub_kind],
            start_date=day,
            start_time=values.start_time,
            end_date=day,
            end_time=values.end_time,
            place=values.place,
            participants=people,
            men=values.men,
            women=values.women,
            result=values.result,
            created_at=at,
            updated_at=at,
            submitted_at=None if status == Status.DRAFT else at,
        )
        activity.search_text = search_text(activity)
        self.count(activity)
        return activity, values

    def next_number(self, province_code: str) -> str:
        self.numbers[province_code] += 1
        year = be_year(self.month) % 100
        return f"{province_code}-{year:02}{self.month.month:02}-{self.numbers[province_code]:06}"

    def count(self, activity: Activity) -> None:
        added = contribution(activity)
        if added is None:
            return
        numbers = list(astuple(added)[5:])
        held = self.tallies.setdefault(added.key, [0] * len(numbers))
        self.tallies[added.key] = [old + new for old, new in zip(held, numbers, strict=True)]

    def write_chunk(self, chunk: list[tuple[Activity, ActivityValues]]) -> None:
        Activity.objects.bulk_create([activity for activity, _values in chunk], batch_size=500)
        parts = [self.parts(activity, values) for activity, values in chunk]
        Participation.objects.bulk_create(
            (row for each in parts for row in each.participations), batch_size=2000
        )
        MeasureValue.objects.bulk_create((row for each in parts for row in each.measures), batch_size=2000)
        revisions = (
            _revision(activity, each) for (activity, _values), each in zip(chunk, parts, strict=True)
        )
        ActivityRevision.objects.bulk_create(revisions, batch_size=500)

    def parts(self, activity: Activity, values: ActivityValues) -> Parts:
        """The record's rows in the order of their lists, as they are read back."""
        return Parts(
            participations=[
                Participation(activity=activity, group=group, count=values.groups[code])
                for code, group in self.groups.items()
                if code in values.groups
            ],
            measures=[
                MeasureValue(activity=activity, measure=measure, quantity=values.measures[code])
                for code, measure in self.measures.items()
                if code in values.measures
            ],
            photos=[],
        )

    def write_sums(self) -> None:
        Tally.objects.bulk_create(
            (_tally(key, numbers) for key, numbers in self.tallies.items()),
            batch_size=1000,
        )
        ReceiptCounter.objects.filter(month=self.month).delete()
        ReceiptCounter.objects.bulk_create(
            ReceiptCounter(province_code=code, month=self.month, last=last)
            for code, last in self.numbers.items()
        )


def _tally(key: Key, numbers: list[Number]) -> Tally:
    month, organization_id, status, kind_code, occasion_id = key
    return Tally(
        month=month,
        organization_id=organization_id,
        status=status,
        kind_code=kind_code,
        occasion_id=occasion_id,
        **dict(zip(COUNTS, numbers, strict=True)),
    )


def _revision(activity: Activity, parts: Parts) -> ActivityRevision:
    """The snapshot the recording service would have kept, made by the same hand."""
    data = snapshot(activity, parts) | {"page": PAGE}
    return ActivityRevision(
        activity=activity,
        number=1,
        at=activity.created_at,
        status=activity.status,
        data=data,
        hash=content_hash(data),
    )
