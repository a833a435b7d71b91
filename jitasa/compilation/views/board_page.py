"""What the template of a board shows: rows in words, big numbers, tabs, links."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from jitasa.compilation.rules import reminded_lately
from jitasa.compilation.selectors import boards, breakdown, chasing, same_day, trends
from jitasa.compilation.selectors.boards import Board, BoardRow
from jitasa.compilation.selectors.chase import GROUPS
from jitasa.compilation.selectors.figures import Figures, change
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.same_day import Earlier
from jitasa.compilation.views.links import board_url, records_url
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.rounds.choices import STATE_TONE, ReturnState
from jitasa.rounds.rules import MonthFacts, state_reason
from jitasa.ui.days import month_name_short

PAGE = 100
TABS = ("offices", "kinds", "occasions", "trend", "map")


@dataclass(frozen=True)
class BoardQuery:
    """What the address asks of a board; nonsense asks nothing."""

    tab: str
    rows_are: str
    chip: chasing.Filter
    sort: str
    page: str
    as_now: bool

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "BoardQuery":
        tab, rows = query.get("tab", ""), query.get("rows", "")
        sort, chip = query.get("sort", "code"), chasing.BY_NAME.get(query.get("show", ""), chasing.FILTERS[0])
        return cls(
            tab=tab if tab in TABS else TABS[0],
            # A chip counts local governments: what it leaves is those, never the offices above them.
            rows_are=boards.LAOS if rows == boards.LAOS or chip.name != "all" else boards.CHILDREN,
            chip=chip,
            sort=sort if sort.removeprefix("-") in chasing.SORTS else "code",
            page=query.get("page", "1"),
            as_now=query.get("as") == "now",
        )


@dataclass(frozen=True)
class BoardLine:
    """One row in words, with the addresses of its numbers; ``offices`` waits for ``show=…``."""

    row: BoardRow
    label: str
    url: str
    tone: str
    state: str
    reason: str
    reminded_lately: bool
    offices: str
    records: str
    returned: str
    trend_words: str


def lines(board: Board, rows: Sequence[BoardRow], now: datetime) -> list[BoardLine]:
    """The rows of the page with states, reasons, trends and reminders: three queries for any number."""
    boards.add_trends(board, rows)
    boards.add_statements(board, rows)
    return [_line(board, row, now) for row in rows]


def _line(board: Board, row: BoardRow, now: datetime) -> BoardLine:
    month, scope = board.month, board.scope
    state, reason = _words(board, row)
    reminded_at = row.statement.reminded_at if row.statement else None
    url = board_url(month, row.office_id, as_now=scope.as_now) if row.office_id else ""
    return BoardLine(
        row=row,
        label=row.label or _("บันทึกที่ไม่อยู่ในหน่วยงานข้างต้น"),
        url=url,
        offices=f"{url}{'&' if '?' in url else '?'}rows=laos&" if url else "",
        tone=STATE_TONE[row.state] if row.state else "",
        state=state,
        reason=reason,
        reminded_lately=reminded_lately(reminded_at, now),
        records=records_url(month, row.office_id) if row.office_id else "",
        returned=records_url(month, row.office_id, status="returned") if row.office_id else "",
        trend_words=_trend_words(board, row),
    )


def _number_or_dash(value: int | None) -> str:
    return "–" if value is None else str(value)


def _sum_known(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; ``None`` for a month that nobody was asked for."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _trend_words(board: Board, row: BoardRow) -> str:
    words = _("กิจกรรม 6 เดือน: %(numbers)s") % {
        "numbers": ", ".join(_number_or_dash(each) for each in row.trend)
    }
    return words if not same_day.is_open(board.month, board.clock.today) else words + _(" (เดือนนี้ยังไม่ครบ)")


def _words(board: Board, row: BoardRow) -> tuple[str, str]:
    """State and reason of an LAO's row by the rules of ``rounds``; nothing for a row of many offices."""
    if row.state is None or row.place is None:
        return "", ""
    if not row.is_lao:
        return "", _("หน่วยงานระดับเหนือขึ้นไป ไม่อยู่ในจำนวนที่ต้องรายงาน")
    if row.state == ReturnState.MERGED and not row.place.facts.in_force:
        return str(row.state.label), _("สิ้นสุดไปก่อนสิ้นเดือน แสดงเพราะมีรายการในเดือนนี้")
    if row.state == ReturnState.MERGED and not row.place.facts.expected:
        return str(row.state.label), _("ยังไม่มีผู้ใช้ในเดือนนี้ แสดงเพราะมีรายการย้อนหลัง")
    figures, stated = row.figures, row.statement
    facts = MonthFacts(
        month=board.month,
        due_on=board.clock.due_on,
        drafts=figures.drafts,
        submitted=figures.submitted,
        returned=figures.returned,
        accepted=figures.accepted,
        nil_at=stated.nil_at if stated else None,
        nil_reason=stated.nil_reason if stated else "",
        confirmed_at=stated.confirmed_at if stated else None,
        on_time=stated.on_time if stated else None,
        changed_at=stated.changed_at if stated else None,
        asked=board.clock.asked and row.place.facts.expected,
    )
    return str(row.state.label), state_reason(facts, board.clock.today)


def page_of(board: Board, asked: BoardQuery) -> Page[BoardRow]:
    """The rows a chip keeps, sorted, one page of them."""
    return Paginator(chasing.arranged(board.rows, asked.chip, asked.sort), PAGE).get_page(asked.page)


def chips(board: Board, asked: BoardQuery) -> list[dict[str, Any]]:
    """The filters with how many offices each stands for."""
    return [
        {
            "name": item.name,
            "label": item.label,
            "count": chasing.counted(board, item),
            "on": item.name == asked.chip.name,
        }
        for item in chasing.FILTERS
    ]


def chases(board: Board) -> list[dict[str, Any]]:
    """The groups that somebody of the board is in: to be reminded all at once. Nobody owes a month before
    the first round."""
    if not board.clock.asked:
        return []
    return [
        {"name": group.name, "label": group.label, "count": count}
        for group in GROUPS.values()
        if (count := group.count(board.total))
    ]


def arrows(total: Figures, before: Earlier) -> dict[str, Any]:
    """Differences to the month before (``before.until``: as it had been reported by that day): offices as a
    number, counts in per cent.
    """
    earlier = before.figures
    found: dict[str, Any] = {
        "until": before.until,
        "month": before.month,
        "reported": total.reported - earlier.reported if earlier.offices else None,
        "reported_less": earlier.reported - total.reported,
    }
    for name in ("events", "people", "photos"):
        found[name] = change(getattr(total, name), getattr(earlier, name))
        found[f"{name}_less"] = abs(found[name] or 0)
    return found


def split_table(scope: ReportScope, tab: str) -> dict[str, Any]:
    """Rows of the tabs by kind and by occasion, each with the address of its records."""
    found = breakdown.by_kind(scope) if tab == "kinds" else breakdown.by_occasion(scope)
    word = "kind" if tab == "kinds" else "occasion"
    parts = [
        {"part": part, "url": records_url(scope.month, scope.office.pk, **{word: part.code})}
        for part in found
    ]
    return {"parts": parts, "bars": [(part.label, part.people) for part in found]}


def trend_table(board: Board, now: datetime) -> dict[str, Any]:
    """Every child office with its events in each of six months, and the whole beside it."""
    months = trends.months_to(board.month)
    shown = lines(board, board.rows, now)
    sums = [_sum_known(row.trend[n] for row in board.rows) for n in range(len(months))]
    names = [month_name_short(month) for month in months]
    columns = list(zip(names, sums, strict=True))
    cells = [(line, list(zip(names, line.row.trend, strict=True))) for line in shown]
    is_open = same_day.is_open(board.month, board.clock.today)
    return {"months": months, "columns": columns, "lines": cells, "is_open": is_open}


def map_of(board: Board, now: datetime) -> dict[str, Any]:
    """Values and links for the map: provinces of the country, or points of the offices below."""
    month, as_now = board.month, board.scope.as_now
    if board.scope.whole_country:
        rows = [row for row in board.rows if row.level == Level.PROVINCE]
        return {
            "shades": {row.code: row.figures.events for row in rows},
            "urls": {row.code: board_url(month, row.office_id, as_now=as_now) for row in rows},
        }
    found = boards.board(board.scope, now=now, rows_are=boards.LAOS)
    located = Organization.objects.filter(pk__in=[row.office_id for row in found.rows]).exclude(latitude=None)
    points = {pk: (lat, lng) for pk, lat, lng in located.values_list("pk", "latitude", "longitude")}
    return {
        "points": [
            (
                *points[row.office_id],
                f"{row.label}: {row.state.label if row.state else ''}",
                STATE_TONE[row.state] if row.state else "idle",
                board_url(month, row.office_id, as_now=as_now),
            )
            for row in found.rows
            if row.office_id in points
        ],
        "legend": legend_of({row.state for row in found.rows if row.state and row.office_id in points}),
        "without": sum(row.office_id not in points for row in found.rows),
        "province": board.scope.office.province_code,
    }


def legend_of(states: Collection[ReturnState]) -> list[tuple[str, str]]:
    """What each colour on the map means: the words of the states that stand there, by tone."""
    words: dict[str, list[str]] = {}
    for state, tone in STATE_TONE.items():
        if state in states:
            words.setdefault(tone, []).append(str(state.label))
    return [(tone, " · ".join(labels)) for tone, labels in words.items()]
