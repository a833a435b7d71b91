"""Sixteen people doing random things to the same few records: no deadlock, and every number right after.

On PostgreSQL, with threads and connections of their own. ``JITASA_CROWD_ACTS`` says how many acts each
does (the default keeps the usual run short), ``JITASA_RANDOM_SEED`` which.
"""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.link_host import link_host
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import DAY, Everything, full_values, make_lists, make_photo
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.audit.selectors.verify import verdicts
from jitasa.compilation.services.check import differences
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.review.services.accept import accept, undo_acceptance
from jitasa.review.services.accept_many import Choice, accept_many
from jitasa.review.services.flag import flag_pending
from jitasa.review.services.return_record import return_record
from jitasa.rounds.services import returns
from tests.cast import NOW, Cast, make_cast, viewer

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
CLIENTS = 16
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def on_postgresql(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other")


class Person:
    """One of the crowd: an officer of an office one moment, a reviewer the next."""

    def __init__(self, cast: Cast, number: int, photos: dict[int, str]) -> None:
        self.cast, self.photos = cast, photos
        self.random = Random(f"{os.environ.get('JITASA_RANDOM_SEED', '2569')}-{number}")
        self.offices = [cast.aonang, cast.kokklang, cast.saithai]
        self.done: Counter[str] = Counter()
        self.wrong: list[BaseException] = []

    def run(self, count: int) -> "Person":
        acts: list[Callable[[], Any]] = [
            *[self.send_new] * 4,
            *[self.save] * 2,
            *[self.submit] * 3,
            *[self.send_as_guest] * 3,
            *[self.link] * 6,
            *[self.accept] * 3,
            self.accept_several,
            self.undo,
            *[self.give_back] * 2,
            *[self.reopen] * 3,
            *[self.withdraw] * 2,
            self.nil,
            self.no_longer_nil,
            *[self.look] * 2,
        ]
        try:
            for _ in range(count):
                self._try(self.random.choice(acts))
        finally:
            connections.close_all()
        return self

    def _try(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except Refusal:
            self.done["refused"] += 1
        except Exception as problem:
            self.wrong.append(problem)
        else:
            self.done[act.__name__] += 1

    def clerk(self, office: Organization) -> Viewer:
        return viewer(self.cast.people["anong"], office, Role.OFFICER, Role.APPROVER)

    def above(self) -> Viewer:
        return self.random.choice([self.cast.ek, self.cast.fah])

    def one(self, *statuses: Status) -> Activity:
        rows = Activity.objects.filter(status__in=statuses or Status.values).select_related("organization")
        found = list(rows.order_by("-pk")[:12])
        if not found:
            raise Refusal("nothing there yet")
        return self.random.choice(found)

    def values(self, office: Organization) -> ActivityValues:
        values = full_values(office, pictures=0, groups={"people": self.random.randint(1, 90)})
        return replace(
            values,
            start_date=DAY - timedelta(days=self.random.randint(0, 3)),
            photos=(PhotoValue(sha256=self.photos[office.pk]), PhotoValue(sha256=self.photos[-office.pk])),
        )

    def send_new(self, uuid: UUID | None = None) -> None:
        office = self.random.choice(self.offices)
        record_and_submit(
            actor=self.clerk(office),
            uuid=uuid or uuid4(),
            base_revision=None,
            values=self.values(office),
            now=NOW,
            confirmed=Everything(),
        )

    def save(self) -> None:
        row = self.one(Status.DRAFT, Status.RETURNED)
        values = replace(values_of(row), groups={"people": self.random.randint(1, 90)})
        save_draft(
            actor=self.clerk(row.organization),
            uuid=row.uuid,
            base_revision=row.revision,
            values=values,
            now=NOW,
        )

    def submit(self) -> None:
        row = self.one(Status.DRAFT, Status.RETURNED)
        submit(actor=self.clerk(row.organization), activity=row, now=NOW, confirmed=Everything())

    def send_as_guest(self) -> None:
        """A new record of an event that another office has reported."""
        host = self.one(Status.SUBMITTED, Status.ACCEPTED)
        office = self.random.choice([each for each in self.offices if each.pk != host.organization_id])
        values = replace(
            self.values(office),
            part="guest",
            host_organization_id=host.organization_id,
            host_activity=host.uuid,
        )
        record_and_submit(
            actor=self.clerk(office),
            uuid=uuid4(),
            base_revision=None,
            values=values,
            now=NOW,
            confirmed=Everything(),
        )

    def link(self) -> None:
        host = self.one(Status.SUBMITTED, Status.ACCEPTED)
        row = self.one(Status.DRAFT, Status.RETURNED) if self.random.random() < 0.5 else self.one()
        if row.part == "host":
            values = replace(
                values_of(row),
                part="guest",
                host_organization_id=host.organization_id,
                host_activity=host.uuid,
            )
            actor = self.clerk(row.organization)
            save_draft(actor=actor, uuid=row.uuid, base_revision=row.revision, values=values, now=NOW)
            return
        chosen = host if self.random.random() < 0.8 else None
        link_host(actor=self.cast.ek, activity=row, host=chosen, now=NOW)

    def accept(self) -> None:
        accept(actor=self.above(), activity=self.one(Status.SUBMITTED), now=NOW)

    def accept_several(self) -> None:
        rows = {row.pk: row.revision for row in (self.one(Status.SUBMITTED) for _n in range(5))}
        accept_many(actor=self.above(), choices=[Choice(*each) for each in rows.items()], now=NOW)

    def undo(self) -> None:
        undo_acceptance(actor=self.above(), activity=self.one(Status.ACCEPTED), now=NOW)

    def give_back(self) -> None:
        row = self.one(Status.SUBMITTED, Status.ACCEPTED)
        return_record(actor=self.above(), activity=row, reason="ภาพไม่ชัด", now=NOW)

    def reopen(self) -> None:
        row = self.one(Status.SUBMITTED, Status.ACCEPTED)
        reopen(actor=self.clerk(row.organization), activity=row, reason="แก้", now=NOW)

    def withdraw(self) -> None:
        row = self.one()
        withdraw(actor=self.clerk(row.organization), activity=row, reason="บันทึกซ้ำ", now=NOW)

    def nil(self) -> None:
        office = self.random.choice(self.offices)
        returns.state_nil(actor=self.clerk(office), organization=office, month=MONTH, reason="ฝนตก", now=NOW)

    def no_longer_nil(self) -> None:
        office = self.random.choice(self.offices)
        returns.take_back_nil(actor=self.clerk(office), organization=office, month=MONTH, now=NOW)

    def look(self) -> None:
        flag_pending(NOW, limit=3)


def test_a_crowd_leaves_every_number_right() -> None:
    cast = make_cast()
    make_lists()
    photos = {}
    for office in (cast.aonang, cast.kokklang, cast.saithai):
        photos[office.pk] = make_photo(office, f"{office.pk}a").sha256
        photos[-office.pk] = make_photo(office, f"{office.pk}b").sha256
    people = [Person(cast, number, photos) for number in range(CLIENTS)]
    count = int(os.environ.get("JITASA_CROWD_ACTS", "25"))
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda person: person.run(count), people))
    done = sum((person.done for person in people), Counter[str]())
    print(f"\n{CLIENTS} people, {count} acts each: {dict(done)}")  # noqa: T201 (says what was tried)
    assert [repr(each) for person in people for each in person.wrong] == []
    assert list(differences()) == []
    assert sum(number for name, number in done.items() if name != "refused") > CLIENTS * count / 3
    assert done["link"] + done["send_as_guest"] > CLIENTS  # hosts and guests met
    _numbers_have_no_gap()
    assert [each for each in verdicts() if each.broken_number is not None] == []


def _numbers_have_no_gap() -> None:
    numbers = sorted(Activity.objects.exclude(number="").values_list("number", flat=True))
    assert numbers == [f"81-6911-{n:06}" for n in range(1, len(numbers) + 1)]
