"""A month beside others: the quarter and the fiscal year to date, and the six months that end with it."""

from datetime import date

from jitasa.compilation.selectors.columns import COUNTS, TableColumn
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.trends import months_to
from jitasa.rounds.selectors.rounds import asked_months
from jitasa.rounds.selectors.tallies import ZERO, Sums, series
from jitasa.thai.dates import fiscal_quarter, fiscal_year, month_name, month_name_short, month_slug

Row = list[object]
_SHOWN = ("activities", "events", "people", "photos")
TREND_COLUMNS = (TableColumn("month", "เดือน"), *(c for c in COUNTS if c.key in ("events", "people")))
PERIOD_COLUMNS = (TableColumn("period", "ช่วงเวลา"), *(c for c in COUNTS if c.key in _SHOWN))


def fiscal_months(month: date) -> list[date]:
    """The months of the fiscal year (from October) up to ``month``."""
    return months_to(month, (month.month - 10) % 12 + 1)


def quarter_months(month: date) -> list[date]:
    """The months of the quarter up to ``month``."""
    return [each for each in fiscal_months(month) if fiscal_quarter(each) == fiscal_quarter(month)]


def trend_rows(scope: ReportScope, whole: Figures) -> list[Row]:
    """Month, events and people; nothing in place of the numbers of a month that had no round and no record."""
    months = months_to(scope.month)
    sums, asked = series(scope.office, months), asked_months(months)
    rows: list[Row] = [_point(month, sums[month], there=month in asked) for month in months]
    rows[-1] = [month_slug(scope.month), whole.events, whole.people]
    return rows


def _point(month: date, sums: Sums, *, there: bool) -> Row:
    there = there or sums.live > 0
    return [month_slug(month), sums.events if there else None, sums.people if there else None]


def period_rows(scope: ReportScope, whole: Figures) -> list[Row]:
    """The month, its quarter and its fiscal year, each up to the month. Three queries below the department, one for it."""
    months, quarter = fiscal_months(scope.month), quarter_months(scope.month)
    sums = series(scope.office, months)
    year, number = fiscal_year(scope.month), fiscal_quarter(scope.month)
    return [
        [f"เดือน{month_name(scope.month)}", *(getattr(whole, name) for name in _SHOWN)],
        [f"ไตรมาสที่ {number} ปีงบประมาณ {year} ({_span(quarter)})", *_sum(sums, quarter, whole)],
        [f"ปีงบประมาณ {year} ({_span(months)})", *_sum(sums, months, whole)],
    ]


def _span(months: list[date]) -> str:
    first, last = month_name_short(months[0]), month_name_short(months[-1])
    return first if first == last else f"{first} – {last}"


def _sum(sums: dict[date, Sums], months: list[date], whole: Figures) -> list[int]:
    """Earlier months by their tallies, the month itself as its own tables have it."""
    before = sum((sums[month] for month in months[:-1]), ZERO)
    found = {
        "activities": before.live,
        "events": before.events,
        "people": before.people,
        "photos": before.photos,
    }
    return [found[name] + getattr(whole, name) for name in _SHOWN]


__all__ = ["PERIOD_COLUMNS", "TREND_COLUMNS", "fiscal_months", "period_rows", "quarter_months", "trend_rows"]
