"""Which local governments of a month are to be chased, and whom first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jitasa.compilation.rules import reminded_lately
from jitasa.compilation.selectors.boards import clock_for
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.places import Place, places
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.trends import SPAN, months_to
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.rounds.choices import ReturnState
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.selectors.rounds import asked_months, rounds_of
from jitasa.thai.dates import add_months, day_of, month_of


@dataclass(frozen=True)
class ChaseGroup:
    """Offices that lack the same thing. ``count`` reads a board's figures, ``holds`` one office's."""

    name: str
    label: Promise
    count: Callable[[Figures], int]

    def holds(self, place: Place) -> bool:
        return place.level == Level.LAO and self.count(place.figures) > 0


GROUPS = {
    group.name: group
    for group in (
        ChaseGroup("late", _("ล่าช้า"), lambda figures: figures.state_count(ReturnState.LATE)),
        ChaseGroup("missing", _("ยังไม่รายงาน"), lambda figures: figures.missing),
        ChaseGroup("unconfirmed", _("ยังไม่ยืนยัน"), lambda figures: figures.offices - figures.stated),
    )
}


@dataclass(frozen=True)
class Chased:
    """A local government to be reminded, and what says how urgent it is.

    ``late_months`` of the ``months`` before (at most six) it stated late or not at all.
    """

    office: Organization
    place: Place
    late_months: int
    months: int
    reminded_at: datetime | None
    reminders: int

    @property
    def has_begun(self) -> bool:
        """Whether anything of the month is recorded, a draft at least."""
        figures = self.place.figures
        return figures.activities + figures.drafts + figures.returned > 0

    @property
    def urgency(self) -> tuple[int, bool, int, str]:
        """Sorts whom to chase first to the front: most often late, nothing begun, most often reminded."""
        return (-self.late_months, self.has_begun, -self.reminders, self.place.code)


def chased(scope: ReportScope, group: ChaseGroup, now: datetime) -> list[Chased]:
    """The offices of the group that stand today, whom to chase first at the front. Five queries."""
    found = {each.office_id: each for each in places(scope, clock_for(scope.month, now)) if group.holds(each)}
    offices = list(Organization.objects.open().filter(pk__in=found))
    rows = MonthlyReturn.objects.filter(month=scope.month, organization_id__in=found)
    stated = {row.organization_id: row for row in rows}
    late = _late_months(offices, scope)
    lines = [
        Chased(
            office=office,
            place=found[office.pk],
            late_months=late[office.pk][0],
            months=late[office.pk][1],
            reminded_at=stated[office.pk].reminded_at if office.pk in stated else None,
            reminders=stated[office.pk].reminders if office.pk in stated else 0,
        )
        for office in offices
    ]
    return sorted(lines, key=lambda line: line.urgency)


def to_remind(lines: Sequence[Chased], now: datetime) -> list[Organization]:
    """Those of them that were not reminded within the last hour."""
    return [line.office for line in lines if not reminded_lately(line.reminded_at, now)]


def _late_months(offices: Sequence[Organization], scope: ReportScope) -> dict[int, tuple[int, int]]:
    """Office → how many of the six months before it was late or silent, of how many it was there for.

    A month before the first round was not asked for.
    """
    months = sorted(asked_months(months_to(add_months(scope.month, -1), SPAN)))
    due = {month: round_.due_on for month, round_ in rounds_of(months).items()}
    in_time = Q(confirmed_at__isnull=False, on_time=True) | Q(nil_at__isnull=False)
    rows = MonthlyReturn.objects.filter(in_time, month__in=months, organization__in=offices)
    good: dict[int, int] = {}
    for pk, month, on_time, nil_at in rows.values_list("organization_id", "month", "on_time", "nil_at"):
        if on_time or (nil_at and day_of(nil_at) <= due[month]):
            good[pk] = good.get(pk, 0) + 1
    asked = {each.pk: sum(month >= month_of(each.founded_on) for month in months) for each in offices}
    return {pk: (max(0, number - good.get(pk, 0)), number) for pk, number in asked.items()}


__all__ = ["GROUPS", "ChaseGroup", "Chased", "chased", "to_remind"]
