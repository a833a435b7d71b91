"""What can be said of one office's month, from the facts that the database has gathered."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from jitasa.rounds.choices import ReturnState
from jitasa.rounds.rules import MonthFacts, return_state
from jitasa.thai.dates import BANGKOK

_STATED = datetime(1970, 1, 1, tzinfo=UTC)  # only whether something was stated matters to the state


@dataclass(frozen=True)
class MonthClock:
    """What the state of a return depends on beside the facts: the month, its due day, and today."""

    month: date
    due_on: date
    today: date
    asked: bool = True  # false for a month before the first round: nobody is late with it
    moved_words: str = ""  # why the due day is not the one that was set

    @property
    def due_until(self) -> datetime:
        """The first instant that is too late: midnight after the due day in Thailand."""
        return datetime.combine(self.due_on + timedelta(days=1), time(), tzinfo=BANGKOK)


@dataclass(frozen=True)
class OfficeFacts:
    """``in_force`` at the month's end; ``expected``: also served by then, so it owes a return. ``is_on_time``: what it stated
    (complete, or nil) was stated by the due day.
    """

    in_force: bool
    expected: bool
    has_live: bool
    has_returned: bool
    has_drafts: bool
    is_nil: bool
    is_confirmed: bool
    is_on_time: bool

    @classmethod
    def from_number(cls, number: int) -> "OfficeFacts":
        """As ``sql.FACTS`` puts them: the first fact is the lowest bit."""
        return cls(*(bool(number >> bit & 1) for bit in range(len(fields(cls)))))

    @property
    def reported(self) -> bool:
        return self.has_live or self.is_nil

    @property
    def stated(self) -> bool:
        return self.is_confirmed or self.is_nil


def state_of(facts: OfficeFacts, clock: MonthClock) -> ReturnState:
    """The state by the one rule (``rounds.rules.return_state``), for a group of offices alike."""
    month_facts = MonthFacts(
        month=clock.month,
        due_on=clock.due_on,
        submitted=int(facts.has_live),
        returned=int(facts.has_returned),
        drafts=int(facts.has_drafts),
        nil_at=_STATED if facts.is_nil else None,
        confirmed_at=_STATED if facts.is_confirmed else None,
        on_time=facts.is_on_time if facts.is_confirmed else None,
        exists=facts.in_force,
        asked=clock.asked and facts.expected,
    )
    return return_state(month_facts, clock.today)
