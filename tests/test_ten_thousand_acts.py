"""Property test: after thousands of random acts through the real services the check finds no difference.

``JITASA_RANDOM_ACTS`` says how many (the default keeps the usual test run short; a release is tried with
10000), ``JITASA_RANDOM_SEED`` which. Both are printed.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services.approve import approve, send_back
from jitasa.activities.services.link_host import link_host
from jitasa.activities.services.reopen import reopen
from jitasa.activities.services.save_draft import save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import Everything, full_values, make_lists, make_photo
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.compilation.selectors import boards
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.check import differences
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.remind import remind
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import OrganizationType, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.services.merge import merge
from jitasa.organizations.viewer import SYSTEM, Viewer
from jitasa.problems import Refusal
from jitasa.review.services.accept import accept, undo_acceptance
from jitasa.review.services.accept_many import Choice, accept_many
from jitasa.review.services.flag import flag_pending
from jitasa.review.services.return_record import return_record
from jitasa.rounds.models import Tally
from jitasa.rounds.rules import confirm_obstacles
from jitasa.rounds.selectors.returns import facts_of
from jitasa.rounds.services import returns
from tests.cast import NOW, Cast, make_organization, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.long]
DEFAULT_ACTS = 1000  # 10,000 take about five minutes of one core
MONTHS = [date(2026, month, 1) for month in (8, 9, 10, 11)]
KINDS = ["development"] * 6 + ["disaster"] * 3 + [""]


class Country:
    """Offices with clerks who do things at random; refusals are part of life and change nothing."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.random, self.now = cast, Random(seed), NOW
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.laos = [cast.pao, cast.town, cast.aonang, cast.saithai, cast.kokklang]
        for number in range(9):
            district = (cast.mueang, cast.lanta)[number % 2]
            code = f"06{district.code}{number + 40}"
            self.laos.append(
                make_organization(
                    code, OrganizationType.SAO, f"อบต.ที่ {number}", reports_to=district, lies_in=district
                )
            )
        for office in self.laos[::3]:
            office.approval_required = True
            office.save(update_fields=["approval_required"])
        self.photos = {
            office.pk: [make_photo(office, f"{office.pk}-{n}").sha256 for n in range(5)]
            for office in self.laos
        }
        self.occasions = [
            Occasion.objects.create(
                code=f"day{n}",
                date=date(2026, 10, 10 + n),
                name=f"วันที่ {n}",
                short_name=f"วันที่ {n}",
                kind="royal",
            )
            for n in range(3)
        ]
        self.acts: list[tuple[int, Callable[[], Any]]] = [
            (20, self.create),
            (16, self.change),
            (28, self.send),
            (8, self.approve),
            (3, self.send_back),
            (12, self.accept),
            (8, self.look),
            (4, self.accept_several),
            (2, self.undo_acceptance),
            (6, self.give_back),
            (5, self.reopen),
            (5, self.withdraw),
            (12, self.link),
            (3, self.nil),
            (1, self.take_back_nil),
            (4, self.confirm),
            (1, self.unconfirm),
            (1, self.remind),
            (1, self.compile),
            (0.08, self.merge),  # type: ignore[list-item]
        ]

    # --- choosing ---------------------------------------------------------------------------------
    def clerk(self, office: Organization) -> Viewer:
        person = self.random.choice(["anong", "boonmee"])
        return viewer(self.cast.people[person], office, Role.OFFICER, Role.APPROVER)

    def above(self) -> Viewer:
        return self.random.choice([self.cast.dao, self.cast.ek, self.cast.ek, self.cast.fah])

    def office(self) -> Organization:
        return self.random.choice(self.laos)

    def record(self, *statuses: Status) -> Activity | None:
        rows = Activity.objects.filter(status__in=statuses) if statuses else Activity.objects.all()
        highest = rows.order_by("-pk").values_list("pk", flat=True).first()
        if highest is None:
            return None
        return rows.filter(pk__gte=self.random.randint(1, highest)).order_by("pk").first()

    def own(self, *statuses: Status) -> tuple[Viewer, Activity] | None:
        found = self.record(*statuses)
        if found is None or found.organization_id not in {office.pk for office in self.laos}:
            return None
        return self.clerk(found.organization), found

    def values(self, office: Organization, before: ActivityValues | None = None) -> ActivityValues:
        pick = self.random
        day = pick.choice(MONTHS) + timedelta(days=pick.randint(0, 21))
        base = before or full_values(office, pictures=0)
        changes: dict[str, Any] = {
            "kind": pick.choice(KINDS),
            "sub_kind": "",
            "start_date": day,
            "tambon_code": base.tambon_code if pick.random() < 0.95 else "",
            "groups": {
                code: pick.randint(0, 90) for code in ("v904", "people", "staff") if pick.random() < 0.7
            },
            "budget_source": "donated",
            "budget_amount": pick.choice([None, *[0, 1500, 2500] * 4]),
            "photos": tuple(
                PhotoValue(sha256=sha)
                for sha in pick.sample(self.photos[office.pk], min(pick.randint(1, 5), 4))
            ),
        }
        if pick.random() < 0.4:
            changes |= {"basis": "occasion", "occasion_id": pick.choice(self.occasions).pk}
        if pick.random() < 0.3:
            people = sum(changes["groups"].values())
            men = pick.randint(0, people)
            changes |= {"men": men, "women": people - men}
        kept = {name: value for name, value in changes.items() if before is None or pick.random() < 0.5}
        values = replace(base, **kept)
        if values.men is not None and values.men + (values.women or 0) != values.participants:
            values = replace(values, men=None, women=None)
        return values

    # --- acts -------------------------------------------------------------------------------------
    def create(self) -> None:
        office = self.office()
        save_draft(
            actor=self.clerk(office),
            uuid=uuid4(),
            base_revision=None,
            values=self.values(office),
            now=self.now,
        )

    def change(self) -> None:
        found = self.own(Status.DRAFT, Status.RETURNED, Status.AWAITING)
        if found:
            actor, row = found
            values = self.values(row.organization, values_of(row))
            save_draft(actor=actor, uuid=row.uuid, base_revision=row.revision, values=values, now=self.now)

    def send(self) -> None:
        found = self.own(Status.DRAFT, Status.RETURNED)
        if found:
            submit(actor=found[0], activity=found[1], now=self.now, confirmed=Everything())

    def approve(self) -> None:
        found = self.own(Status.AWAITING)
        if found:
            approve(actor=found[0], activity=found[1], now=self.now)

    def send_back(self) -> None:
        found = self.own(Status.AWAITING)
        if found:
            send_back(actor=found[0], activity=found[1], reason="แก้ชื่อ", now=self.now)

    def accept(self) -> None:
        row = self.record(Status.SUBMITTED)
        if row:
            accept(actor=self.above(), activity=row, now=self.now)

    def look(self) -> None:
        """The worker looks for flags."""
        flag_pending(self.now, limit=20)

    def accept_several(self) -> None:
        rows = {row.pk: row for _n in range(4) if (row := self.record(Status.SUBMITTED))}
        choices = [Choice(activity_id=row.pk, revision=row.revision) for row in rows.values()]
        if choices:
            accept_many(actor=self.cast.ek, choices=choices, now=self.now)

    def undo_acceptance(self) -> None:
        row = self.record(Status.ACCEPTED)
        if row:
            undo_acceptance(actor=self.above(), activity=row, now=self.now)

    def give_back(self) -> None:
        row = self.record(Status.SUBMITTED, Status.ACCEPTED)
        if row:
            return_record(actor=self.above(), activity=row, reason="ภาพไม่ชัด", now=self.now)

    def reopen(self) -> None:
        found = self.own(Status.SUBMITTED, Status.ACCEPTED)
        if found:
            reopen(actor=found[0], activity=found[1], reason="แก้จำนวน", now=self.now)

    def withdraw(self) -> None:
        found = self.own()
        if found:
            withdraw(actor=found[0], activity=found[1], reason="บันทึกซ้ำ", now=self.now)

    def link(self) -> None:
        found, host = self.own(), self.record(Status.SUBMITTED, Status.ACCEPTED)
        if found and host:
            actor, row = found
            if (
                self.random.random() < 0.7
                and row.part == "host"
                and row.status in (Status.DRAFT, Status.RETURNED)
            ):
                values = replace(
                    values_of(row),
                    part="guest",
                    host_organization_id=host.organization_id,
                    host_activity=host.uuid,
                )
                save_draft(
                    actor=actor, uuid=row.uuid, base_revision=row.revision, values=values, now=self.now
                )
                return
            chosen = host if self.random.random() < 0.8 else None
            link_host(actor=actor, activity=row, host=chosen, now=self.now)

    def _state(self, act: Callable[..., Any], **more: Any) -> None:
        office = self.office()
        month = self.random.choice(MONTHS)
        act(actor=self.clerk(office), organization=office, month=month, now=self.now, **more)

    def nil(self) -> None:
        self._state(returns.state_nil, reason="ฝนตกหนัก")

    def take_back_nil(self) -> None:
        self._state(returns.take_back_nil)

    def confirm(self) -> None:
        """Mostly a month that may be confirmed, so that later changes of it are tried too."""
        pairs = [(self.office(), self.random.choice(MONTHS)) for _n in range(12)]
        ready = [pair for pair in pairs if not confirm_obstacles(facts_of(*pair), MONTHS[-1])]
        office, month = (ready or pairs)[0]
        returns.confirm(
            actor=self.clerk(office), organization=office, month=month, late_reason="รอภาพ", now=self.now
        )

    def unconfirm(self) -> None:
        self._state(returns.unconfirm)

    def remind(self) -> None:
        offices = self.random.sample(self.laos, 3)
        remind(actor=self.cast.ek, organizations=offices, month=MONTHS[-1], force=True, now=self.now)

    def compile(self) -> None:
        office = self.random.choice([self.cast.department, self.cast.krabi, self.cast.mueang])
        compile_round(actor=SYSTEM, organization=office, month=self.random.choice(MONTHS), now=self.now)

    def merge(self) -> None:
        if len(self.laos) <= 6:
            return
        one, other = self.random.sample(self.laos, 2)
        day = self.random.choice(MONTHS) + timedelta(days=self.random.randint(1, 20))
        merge(actor=self.cast.fah, predecessors=[one], successor=other, effective_on=day, now=self.now)
        self.laos.remove(one)

    def live(self, count: int) -> None:
        weights = [weight for weight, _act in self.acts]
        for _ in range(count):
            self.now += timedelta(seconds=self.random.randint(1, 40))
            act = self.random.choices(self.acts, weights)[0][1]
            try:
                act()
            except Refusal as refusal:
                self.refused[f"{act.__name__} {refusal.code}"] += 1
            else:
                self.done[act.__name__] += 1


def test_random_acts_leave_no_difference(cast: Cast) -> None:
    count = int(os.environ.get("JITASA_RANDOM_ACTS", DEFAULT_ACTS))
    seed = int(os.environ.get("JITASA_RANDOM_SEED", "2569"))
    make_lists()
    country = Country(cast, seed)
    for part in range(5):
        country.live(count * (part + 1) // 5 - count * part // 5)
        assert list(differences()) == [], f"seed {seed}, after part {part + 1}"
    print(f"\n{count} acts, seed {seed}: {dict(country.done)}; refused {dict(country.refused)}")  # noqa: T201 (asked for)
    assert sum(country.done.values()) > count / 2
    _boards_agree(cast, country.now)
    _check_can_fail()


def _boards_agree(cast: Cast, now: datetime) -> None:
    """Country, province and districts add up to the same, as at the period and as now."""
    for month in MONTHS:
        whole = boards.board(ReportScope(cast.department, month), now=now).total
        province = boards.board(ReportScope(cast.krabi, month), now=now)
        today = boards.board(ReportScope(cast.krabi, month, as_now=True), now=now).total
        for name in ("activities", "events", "participants", "people", "photos"):
            wanted = getattr(whole, name)
            assert getattr(province.total, name) == wanted
            assert sum(getattr(row.figures, name) for row in province.rows) == wanted
            assert getattr(today, name) == wanted


def _check_can_fail() -> None:
    row = Tally.objects.filter(people__gt=0).earliest("pk")
    Tally.objects.filter(pk=row.pk).update(people=row.people + 1)
    assert [(each.what, each.stored) for each in differences()] == [("tally", f"people={row.people + 1}")]
