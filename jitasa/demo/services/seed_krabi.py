"""Krabi over six months, made with the product's own services, so that every number holds."""

import hashlib
import io
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from jitasa.activities.choices import Basis, BudgetSource, Part, PointSource
from jitasa.activities.models import Activity
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.demo.crowd import crowd, seeded_uuid
from jitasa.demo.pictures import Shot, draw
from jitasa.demo.plan import APPROVING, Fate, OfficeMonth, Planned, plan
from jitasa.demo.services.people import officers
from jitasa.demo.stories import CHAIRS, LATE_REASONS, NIL_REASONS, PROBLEMS, RETURN_WORDS, Story
from jitasa.occasions.selectors import offered_for
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.geography import tambons
from jitasa.organizations.viewer import Viewer
from jitasa.photos import store
from jitasa.photos.services.receive import receive
from jitasa.review.services.accept import accept
from jitasa.review.services.flag import look_now
from jitasa.review.services.return_record import return_record
from jitasa.rounds.selectors.returns import return_of
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.services.returns import confirm, state_nil
from jitasa.thai.dates import BANGKOK, day_of, last_day

TRAINING_BUDGET: dict[str, Any] = {
    "budget_source": BudgetSource.ORDINANCE,
    "budget_project": "โครงการพัฒนาศักยภาพจิตอาสาภัยพิบัติ",
    "budget_amount": Decimal(20_000),
}


@dataclass(frozen=True)
class Drawn:
    """A picture as the phone would have sent it."""

    name: str
    content: bytes


class Seeder:
    """Plays the plan; ``say`` hears one line per month. What stands already is left alone."""

    def __init__(self, *, now: datetime, months: int, say: Callable[[str], object]) -> None:
        self.now, self.say = now, say
        laos = Organization.objects.open().laos().filter(province_code="81").select_related("reports_to")
        self.offices = {office.code: office for office in laos}
        self.actors = officers([*self.offices, "81", "8101"])
        self.told = plan(sorted(self.offices), today=day_of(now), months=months)
        self.newest = self.told[-1].month
        self.hosts: dict[tuple[date, str], Activity] = {}
        self.lent_photo = ""

    def play_newest(self) -> None:
        self.ask_for_approval(APPROVING)
        self.play(self.newest)

    def play_older(self) -> int:
        """The months before, newest first; returns the number of all records."""
        for month in sorted({each.month for each in self.told} - {self.newest}, reverse=True):
            self.play(month)
        return Activity.objects.count()

    def play(self, month: date) -> None:
        offices = [each for each in self.told if each.month == month]
        for record in _hosts_first(offices):
            self.record(record)
        for office in offices:
            self.state(office)
        count = sum(len(each.records) for each in offices)
        self.say(f"  {month:%m}/{month.year + 543}: {count} กิจกรรม")

    def ask_for_approval(self, code: str) -> None:
        """This office's head approves before anything is sent."""
        office = self.actors[code].organization
        if office is not None and not office.approval_required:
            office.approval_required = True
            office.save(update_fields=["approval_required"])

    def record(self, planned: Planned) -> None:
        """One record with all that became of it, or none of it."""
        at, rng = self.typed_at(planned), random.Random(planned.seed)  # noqa: S311 (a story, not a secret)
        photos = self.drawn(planned, rng)
        uuid = seeded_uuid(at, random.Random(f"uuid:{planned.seed}"))  # noqa: S311
        activity = Activity.objects.filter(uuid=uuid).first()
        with transaction.atomic():
            made = activity or self.make(planned, rng, at, uuid, photos)
        if not planned.guest_of and planned.fate in (Fate.ACCEPTED, Fate.SUBMITTED):
            self.hosts.setdefault((planned.month, planned.office), made)
        if photos and planned.office != "06810304":
            self.lent_photo = hashlib.sha256(photos[0].content).hexdigest()

    def make(
        self, planned: Planned, rng: random.Random, at: datetime, uuid: UUID, drawn: list[Drawn]
    ) -> Activity:
        actor = self.writer(planned)
        photos = self.photos(planned, actor, drawn, at)
        values = self.values(planned, actor, rng, photos)
        activity = save_draft(actor=actor, uuid=uuid, base_revision=None, values=values, now=at, page="demo")
        if planned.fate != Fate.DRAFT:
            activity = submit(actor=actor, activity=activity, now=at + timedelta(minutes=3))
            look_now(activity, at + timedelta(minutes=5))  # as the worker does, before anybody reviews it
        self.fate(planned, activity, rng, at)
        return activity

    def writer(self, planned: Planned) -> Viewer:
        """The office's clerk; where the head approves, the months before were recorded by one who may send."""
        actor = self.actors[planned.office]
        if planned.office == APPROVING and planned.month != self.newest:
            return replace(actor, roles=actor.roles | {Role.APPROVER})
        return actor

    def fate(self, planned: Planned, activity: Activity, rng: random.Random, at: datetime) -> None:
        reviewer = self.actors["81"]
        later = min(at + timedelta(days=1, hours=rng.randint(1, 30)), self.now)
        if planned.fate == Fate.ACCEPTED:
            accept(actor=reviewer, activity=activity, now=later)
        elif planned.fate == Fate.RETURNED:
            fields, words = rng.choice(RETURN_WORDS)
            return_record(actor=reviewer, activity=activity, reason=words, fields=fields, now=later)
        elif planned.fate == Fate.WITHDRAWN:
            actor = self.actors[planned.office]
            withdraw(actor=actor, activity=activity, reason="บันทึกซ้ำกับรายการก่อนหน้า", now=later)

    def typed_at(self, planned: Planned) -> datetime:
        """The record is written the day after the event, in office hours."""
        rng = random.Random(planned.seed + 1)  # noqa: S311
        clock = time(rng.randint(9, 15), rng.randint(0, 59))
        typed = datetime.combine(planned.day + timedelta(days=1), clock, BANGKOK)
        return min(typed, self.now - timedelta(minutes=rng.randint(20, 600)))

    def drawn(self, planned: Planned, rng: random.Random) -> list[Drawn]:
        """The record's pictures, made before the database is kept waiting."""
        point = _near(self.offices[planned.office], rng)
        taken = [
            datetime.combine(planned.day, time(8, 30), BANGKOK)
            + timedelta(minutes=25 * n + rng.randint(0, 20))
            for n in range(planned.photos)
        ]
        return [
            Drawn(
                f"IMG_{when:%Y%m%d_%H%M}.jpg",
                draw(Shot(planned.story.scene, planned.seed + number, when, point)),
            )
            for number, when in enumerate(taken)
        ]

    def photos(self, planned: Planned, actor: Viewer, drawn: list[Drawn], at: datetime) -> list[PhotoValue]:
        if actor.organization is None:
            return []
        values = []
        for number, each in enumerate(drawn):
            photo = receive(
                actor=actor,
                organization=actor.organization,
                file=File(io.BytesIO(each.content)),
                name=each.name,
                now=at,
            )
            caption = planned.story.captions[number % 3]
            children = planned.story.scene == "hall" and number == 1
            values.append(PhotoValue(sha256=photo.sha256, caption=caption, children_visible=children))
        if planned.borrowed_photo and self.lent_photo:
            values[0] = PhotoValue(sha256=self.borrow(actor, at), caption=planned.story.captions[0])
        return values

    def borrow(self, actor: Viewer, at: datetime) -> str:
        """The same file another office has used already, sent again by this one."""
        office = actor.organization
        if office is None:
            return self.lent_photo
        with store.original(self.lent_photo).open("rb") as file:
            return receive(
                actor=actor, organization=office, file=File(file), name="line-1.jpg", now=at
            ).sha256

    def values(
        self, planned: Planned, actor: Viewer, rng: random.Random, photos: list[PhotoValue]
    ) -> ActivityValues:
        office, story = actor.organization, planned.story
        if office is None:
            raise LookupError(planned.office)
        people = rng.randint(*story.people)
        point = _near(office, rng)
        host = self.hosts.get((planned.month, planned.guest_of))
        occasions = offered_for(office, planned.day)
        groups = crowd(people, rng)
        men = round(sum(groups.values()) * rng.uniform(0.35, 0.55))
        start = time(8, 30)
        values = ActivityValues(
            name=host.name if host else _name(story, office),
            kind=story.kind,
            sub_kind=story.sub_kind,
            basis=Basis.OCCASION if occasions else Basis.NONE,
            occasion_id=occasions[0].pk if occasions else None,
            part=Part.GUEST if host else Part.HOST,
            host_organization_id=host.organization_id if host else None,
            host_activity=host.uuid if host else None,
            start_date=planned.day,
            day_confirmed=planned.day,
            start_time=start,
            end_date=planned.day,
            end_time=time(rng.choice((10, 11)), rng.choice((0, 30))),
            place=rng.choice(story.places),
            moo=rng.randint(1, 9),
            tambon_code=_tambon(office),
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            point_source=PointSource.PHOTO if point else "",
            chair_position=rng.choice(CHAIRS.get(office.type, CHAIRS["sao"])),
            groups=groups,
            men=men,
            women=sum(groups.values()) - men,
            measures={code: Decimal(rng.randint(*span)) for code, span in story.measures.items()},
            result=story.result,
            publicity=tuple(rng.sample(("facebook", "line", "loudspeaker", "website"), 2)),
            problems=rng.choice(PROBLEMS),
            photos=tuple(photos),
        )
        return replace(values, **TRAINING_BUDGET) if story.kind == "training" else values

    def state(self, office: OfficeMonth) -> None:
        actor = self.actors[office.office]
        place = actor.organization
        if place is None or not office.statement or return_of(place, office.month) is not None:
            return
        rng = random.Random(f"{office.office}:{office.month}")  # noqa: S311
        due = round_for(office.month).due_on
        on_time = datetime.combine(
            min(last_day(office.month) + timedelta(days=2), due), time(10, rng.randint(0, 59)), BANGKOK
        )
        when = min(on_time, self.now - timedelta(minutes=rng.randint(5, 300)))
        if office.statement == "nil":
            state_nil(
                actor=actor, organization=place, month=office.month, reason=rng.choice(NIL_REASONS), now=when
            )
        elif office.statement == "late":
            late = min(datetime.combine(due + timedelta(days=rng.randint(1, 9)), time(11), BANGKOK), self.now)
            confirm(
                actor=actor,
                organization=place,
                month=office.month,
                late_reason=rng.choice(LATE_REASONS),
                now=late,
            )
        else:
            confirm(actor=actor, organization=place, month=office.month, now=when)


def _hosts_first(offices: Iterable[OfficeMonth]) -> list[Planned]:
    records = [record for office in offices for record in office.records]
    return sorted(records, key=lambda record: (bool(record.guest_of), record.borrowed_photo))


def _name(story: Story, office: Organization) -> str:
    return f"{story.name} {office.short_name.split('.', 1)[-1]}"


def _near(office: Organization, rng: random.Random) -> tuple[float, float] | None:
    if office.latitude is None or office.longitude is None:
        return None
    return (
        round(office.latitude + rng.uniform(-0.008, 0.008), 5),
        round(office.longitude + rng.uniform(-0.008, 0.008), 5),
    )


def _tambon(office: Organization) -> str:
    """The tambon that bears the office's name, else the first of its district."""
    choices = tambons(office.district_code)
    own = [each for each in choices if office.short_name.endswith(f".{each.name_th}")]
    return (own or choices)[0].code
