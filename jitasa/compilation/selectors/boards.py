"""The month board of an office: what its children have reported, to read and to chase from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from jitasa.compilation.selectors import trends
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.places import Place, groups, places, total
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.sql import SUM_NAMES
from jitasa.compilation.selectors.states import MonthClock
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.rounds.choices import ReturnState
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.rules import series_known
from jitasa.rounds.selectors.rounds import asked_months, round_for
from jitasa.thai.dates import add_months, today
from jitasa.ui.kept import Times, kept

CHILDREN = "children"
LAOS = "laos"
TREND_KEPT = Times(fresh=150, most=300)  # the country's earlier months for the small bars


@dataclass
class BoardRow:
    """One line of the table: a child office, or what belongs to none of them (``office_id`` 0)."""

    office_id: int
    code: str
    label: str
    figures: Figures
    level: str = ""
    place: Place | None = None
    district: str = ""
    trend: list[int | None] = field(default_factory=list)
    statement: MonthlyReturn | None = None

    @property
    def is_lao(self) -> bool:
        return self.level == Level.LAO

    @property
    def state(self) -> ReturnState | None:
        return self.place.state if self.place else None


@dataclass
class Board:
    """``rows`` add up to ``total``; ``before`` is the month before."""

    scope: ReportScope
    clock: MonthClock
    rows: list[BoardRow]
    total: Figures
    rows_are: str

    @property
    def month(self) -> date:
        return self.scope.month


def clock_for(month: date, now: datetime) -> MonthClock:
    asked = month in asked_months([month])
    round_ = round_for(month)
    return MonthClock(month, round_.due_on, today(now), asked, round_.moved_words)


def board(
    scope: ReportScope, *, now: datetime, rows_are: str = CHILDREN, sums: Sequence[str] = SUM_NAMES
) -> Board:
    """The board with one row per child office, or per LAO with ``rows_are=LAOS``.

    ``sums``: those that are told of child offices; the others stay nothing.
    """
    clock = clock_for(scope.month, now)
    if scope.level == Level.DISTRICT or rows_are == LAOS:
        found = places(scope, clock)
        rows = [_lao_row(place) for place in found]
        return Board(scope, clock, rows, total(place.figures for place in found), LAOS)
    key = "province" if scope.whole_country else "district"
    figures = groups(scope, key, clock, sums=sums)
    rows = _child_rows(scope, figures)
    return Board(scope, clock, rows, total(figures.values()), CHILDREN)


def figures_of(scope: ReportScope, *, now: datetime) -> Figures:
    """Only the sums of an office's month: for comparing with the month before."""
    return total(groups(scope, "province", clock_for(scope.month, now)).values())


def add_trends(board_: Board, rows: Sequence[BoardRow]) -> list[date]:
    """Put six months of events on the given rows (those of the page) and answer which months.

    The board's own month is always its own figure; the earlier ones of the whole country may be up to
    five minutes old. ``None``: the month had no round and no record.
    """
    months = trends.months_to(board_.month)
    asked = asked_months(months)
    if board_.rows_are == LAOS:
        per_office = trends.per_office([row.office_id for row in rows], months)
        for row in rows:
            row.trend = series_known(months, per_office.get(row.office_id, [0] * len(months)), asked)
        return months
    found = _trend_of_children(board_.scope, months)
    for row in rows:
        key = row.code if board_.scope.whole_country else row.office_id
        earlier = found.get(key, [0] * len(months))
        row.trend = series_known(months, [*earlier[:-1], row.figures.events], asked)
    return months


def add_statements(board_: Board, rows: Iterable[BoardRow]) -> None:
    """Put what the offices stated, and when they were last reminded, on the rows of the page."""
    by_office = {row.office_id: row for row in rows}
    for statement in MonthlyReturn.objects.filter(month=board_.month, organization_id__in=by_office):
        by_office[statement.organization_id].statement = statement


def _trend_of_children(scope: ReportScope, months: list[date]) -> dict[int | str, list[int]]:
    if not scope.whole_country:
        return trends.per_place(scope, "district", months)
    key = f"board-trend:{scope.month}:{scope.as_now}"
    return kept(key, TREND_KEPT, lambda: trends.per_place(scope, "province", months))


def _lao_row(place: Place) -> BoardRow:
    return BoardRow(
        office_id=place.office_id,
        code=place.code,
        label=place.short_name,
        figures=place.figures,
        level=place.level,
        place=place,
    )


def _child_rows(scope: ReportScope, figures: dict[int | str, Figures]) -> list[BoardRow]:
    """Provinces of the country or districts of a province, with those that nothing was found for."""
    left = dict(figures)
    rows = []
    for pk, code, label in child_offices(scope):
        key = code if scope.whole_country else pk
        level = Level.PROVINCE if scope.whole_country else Level.DISTRICT
        rows.append(BoardRow(pk, code, label, left.pop(key, Figures()), level=level))
    rest = total(left.values())
    if rest != Figures():
        rows.append(BoardRow(0, "", "", rest))
    return rows


def child_offices(scope: ReportScope) -> list[tuple[int, str, str]]:
    """(id, code, short name) of the provinces or districts as at the period, by code."""
    level = Level.PROVINCE if scope.whole_country else Level.DISTRICT
    if scope.as_now:
        offices = Organization.objects.open().filter(level=level)
        if not scope.whole_country:
            offices = offices.filter(path__startswith=scope.office.path)
        return list(offices.order_by("code").values_list("pk", "code", "short_name"))
    states = OrganizationState.objects.as_at(scope.month_end).filter(organization__level=level)
    if not scope.whole_country:
        states = states.filter(Q(path__startswith=scope.path()))
    return list(states.order_by("code").values_list("organization_id", "code", "short_name"))


def previous(scope: ReportScope) -> ReportScope:
    """The same office and registry a month earlier."""
    return ReportScope(scope.office, add_months(scope.month, -1), scope.as_now)


__all__ = [
    "CHILDREN",
    "LAOS",
    "Board",
    "BoardRow",
    "add_statements",
    "add_trends",
    "board",
    "child_offices",
    "clock_for",
    "figures_of",
    "previous",
]
