"""One office's month: its records with what they lack, and the months around it."""

from dataclasses import dataclass
from datetime import date, datetime

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.rules import missing
from jitasa.activities.selectors.rounds import rules_for
from jitasa.activities.selectors.values import Parts, values_of
from jitasa.compilation.models import Compilation
from jitasa.compilation.selectors.boards import figures_of
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.trends import months_to
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.served import served_since
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.choices import STATE_TONE, ReturnState
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.rules import return_state
from jitasa.rounds.selectors.returns import month_facts, owed_months, successor_names
from jitasa.rounds.selectors.rounds import rounds_listed, rounds_of
from jitasa.rounds.selectors.tallies import own_sums
from jitasa.thai.dates import month_of, today

OPEN = (Status.DRAFT, Status.AWAITING, Status.RETURNED)
TONES = {
    Status.DRAFT: "idle",
    Status.AWAITING: "warn",
    Status.SUBMITTED: "info",
    Status.RETURNED: "bad",
    Status.ACCEPTED: "ok",
    Status.WITHDRAWN: "idle",
}


@dataclass(frozen=True)
class Record:
    """One activity of the month; ``lacking`` is what must be filled before it can be sent."""

    activity: Activity
    tone: str
    lacking: list[str]
    is_open: bool


def records(office: Organization, month: date, *, viewer: Viewer) -> list[Record]:
    """The office's records of the month that the viewer may see, by day; withdrawn ones left out.

    The number of queries does not grow with the records.
    """
    rows = (
        Activity.objects.visible_to(viewer)
        .filter(organization=office, month=month)
        .exclude(status=Status.WITHDRAWN)
        .select_related("kind", "sub_kind", "host_activity")
        .prefetch_related("participations__group", "measures__measure", "photos__photo")
        .order_by("start_date", "pk")
    )
    month_rules = rules_for(month)
    found = []
    for row in rows:
        is_open = row.status in OPEN
        lacking = []
        if is_open:
            parts = Parts(list(row.participations.all()), list(row.measures.all()), list(row.photos.all()))
            lacking = [words for _field, words in missing(values_of(row, parts), month_rules)]
        found.append(Record(row, TONES[Status(row.status)], lacking, is_open))
    return found


@dataclass(frozen=True)
class Month:
    """How the office stood with one of the months."""

    month: date
    state: ReturnState
    tone: str
    live: int


def history(office: Organization, month: date, now: datetime) -> list[Month]:
    """Six months that end with ``month``, newest first."""
    wanted = months_to(month)
    rounds = rounds_of(wanted)
    stated = {row.month: row for row in MonthlyReturn.objects.filter(organization=office, month__in=wanted)}
    successors = successor_names([office])
    asked = owed_months(wanted, served_since([office.pk]).get(office.pk))
    found = []
    for each in reversed(wanted):
        sums = own_sums(office.pk, each)
        facts = month_facts(office, rounds[each], sums, stated.get(each), successors, asked)
        state = return_state(facts, today(now))
        found.append(Month(each, state, STATE_TONE[state], facts.live))
    return found


@dataclass(frozen=True)
class RoundLine:
    """One round of a scope: ``state`` is ``open``, ``due`` or ``compiled``; ``number`` the last compilation."""

    month: date
    due_on: date
    state: str
    words: str
    figures: Figures
    number: int


ROUND_WORDS = {"open": "เปิดรับ", "due": "พ้นกำหนด", "compiled": "รวบรวมแล้ว"}


def round_lines(office: Organization, *, now: datetime, count: int) -> list[RoundLine]:
    """This month's round and the stored ones before it, newest first, with their numbers."""
    this_month = month_of(today(now))
    stored = rounds_listed([this_month], until=this_month)[:count]
    numbers = dict(
        Compilation.objects.filter(organization=office, month__in=[row.month for row in stored])
        .order_by("number")
        .values_list("month", "number")
    )
    lines = []
    for row in stored:
        number = numbers.get(row.month, 0)
        state = "compiled" if number else ("due" if today(now) > row.due_on else "open")
        figures = figures_of(ReportScope(office, row.month), now=now)
        lines.append(RoundLine(row.month, row.due_on, state, ROUND_WORDS[state], figures, number))
    return lines
