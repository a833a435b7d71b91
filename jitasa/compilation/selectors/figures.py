"""Numbers of a group of offices in one month, and how groups add up."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from jitasa.compilation.selectors.sql import SUM_NAMES
from jitasa.rounds.choices import ReturnState


@dataclass
class Figures:
    """``offices`` are those expected to report; the counts also hold what others recorded.

    ``activities`` and ``participants`` are the offices' own; ``events``, ``people``, ``men`` and ``women`` count
    each joint event once; ``accepted_events`` and ``accepted_people`` are those of them that were reviewed (``rounds.models.Tally``). All counts are of live records (submitted or accepted) unless
    the name says another status. ``confirmed`` said "complete", ``nil`` said "no activity";
    ``on_time`` are those of both that said so by the due day.
    """

    offices: int = 0
    reported: int = 0
    confirmed: int = 0
    nil: int = 0
    on_time: int = 0
    states: Counter[str] = field(default_factory=Counter)
    activities: int = 0
    events: int = 0
    participants: int = 0
    people: int = 0
    men: int = 0
    women: int = 0
    photos: int = 0
    budget: Decimal = Decimal(0)
    submitted: int = 0
    accepted: int = 0
    accepted_events: int = 0
    accepted_people: int = 0
    returned: int = 0
    drafts: int = 0

    def add(self, other: "Figures") -> None:
        """Add another group's numbers to this one."""
        mine, theirs = vars(self), vars(other)
        for name in ADDED:
            mine[name] += theirs[name]
        for state, count in other.states.items():
            self.states[state] += count

    @property
    def missing(self) -> int:
        """Expected offices that have neither a live record nor a nil statement."""
        return self.offices - self.reported

    @property
    def not_told_apart(self) -> int:
        """People whom no record counts as men or women."""
        return self.people - self.men - self.women

    @property
    def waiting_events(self) -> int:
        """Reported and not reviewed yet."""
        return self.events - self.accepted_events

    @property
    def stated(self) -> int:
        """Offices that have said their last word: complete, or nil."""
        return self.confirmed + self.nil

    @property
    def reported_percent(self) -> float:
        return percent(self.reported, self.offices)

    @property
    def stated_percent(self) -> float:
        return percent(self.stated, self.offices)

    @property
    def on_time_percent(self) -> float:
        return percent(self.on_time, self.offices)

    def state_count(self, state: ReturnState) -> int:
        return self.states[state.value]


ADDED = ("offices", "reported", "confirmed", "nil", "on_time", *SUM_NAMES)


def percent(part: float, whole: float) -> float:
    """``part`` of ``whole`` in hundredths, one decimal; 0 when there is nothing to divide by."""
    return round(100 * part / whole, 1) if whole else 0.0


def change(now: float, before: float) -> float | None:
    """By how many per cent ``now`` differs from ``before``; nothing when there was nothing before."""
    return round(100 * (now - before) / before, 1) if before else None
