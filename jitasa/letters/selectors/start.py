"""What an office's start page says of the letters that came: how many, and which first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from jitasa.letters.choices import Urgency
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.behind import LETTER_HEAVY
from jitasa.letters.selectors.inbox import LIVE, received
from jitasa.letters.selectors.signing import on_the_desk
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today

SOON = 7  # days before the day of answering from which it is "due soon"
Why = Literal["late", "soon", "urgent", "new"]


@dataclass(frozen=True)
class StartLine:
    """A letter that waits for the office, and the first reason why it stands here."""

    dispatch: Dispatch
    why: Why

    @property
    def is_unread(self) -> bool:
        return self.dispatch.opened_at is None


@dataclass(frozen=True)
class StartLetters:
    """Counts overlap (an urgent letter may be new, too); ``waiting`` counts each letter once.

    ``desk`` is how many may wait for the viewer herself (``signing.on_the_desk``).
    """

    new: int = 0
    urgent: int = 0
    soon: int = 0
    late: int = 0
    waiting: int = 0
    desk: int = 0
    lines: tuple[StartLine, ...] = ()


def start(viewer: Viewer, now: datetime, lines: int = 5) -> StartLetters:
    """The letters that wait for the viewer's own office, what presses most first: two queries at most.

    ``new`` not opened; ``urgent`` with a class of urgency and not registered; ``soon`` to be answered
    within seven days; ``late`` past that day. A letter called back waits for nothing.
    """
    office = viewer.organization
    if office is None or not viewer.roles:
        return StartLetters()
    return _counted(office, now, lines, on_the_desk(viewer))


def of_office(office: Organization, now: datetime, lines: int = 5) -> StartLetters:
    """The same for an office, whoever asks."""
    return _counted(office, now, lines, Letter.objects.none())


def _counted(office: Organization, now: datetime, lines: int, desk: QuerySet[Letter]) -> StartLetters:
    reasons = _reasons(today(now))
    waits = Q()
    for rows in reasons.values():
        waits |= rows
    columns: dict[str, Any] = {f"n_{why}": Count("pk", filter=rows) for why, rows in reasons.items()}
    # In the same statement, where only a sum over its rows may stand.
    columns["n_desk"] = Count("pk") * 0 + _count_of(desk)
    counted = (
        received(office).filter(LIVE).order_by().aggregate(n_waiting=Count("pk", filter=waits), **columns)
    )
    counts = {name.removeprefix("n_"): number for name, number in counted.items()}
    found = _lines(office, reasons, waits, lines) if counts["waiting"] and lines else ()
    return StartLetters(**counts, lines=found)


def _count_of(rows: QuerySet[Letter]) -> Coalesce:
    whole = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(whole, output_field=IntegerField()), 0)


def _reasons(day: date) -> dict[Why, Q]:
    """The reasons in the order in which they press."""
    return {
        "late": Q(answered_at=None, due_on__lt=day),
        "soon": Q(answered_at=None, due_on__gte=day, due_on__lte=day + timedelta(days=SOON)),
        "urgent": ~Q(letter__urgency=Urgency.NORMAL) & Q(registered_at=None),
        "new": Q(opened_at=None),
    }


def _lines(office: Organization, reasons: dict[Why, Q], waits: Q, most: int) -> tuple[StartLine, ...]:
    names = tuple(reasons)
    place = Case(
        *(When(rows, then=Value(at)) for at, rows in enumerate(reasons.values())),
        default=Value(len(names)),
        output_field=IntegerField(),
    )
    rows = received(office).filter(LIVE, waits).annotate(place=place).select_related("letter__organization")
    rows = rows.defer(*LETTER_HEAVY)
    chosen = rows.order_by("place", "due_on", "-delivered_at", "-id")[:most]
    return tuple(StartLine(row, names[row.place]) for row in chosen)
