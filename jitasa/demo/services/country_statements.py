"""What the country's offices state of a month: confirmed in time or late, nothing held, or not a word."""

import random
from datetime import datetime, time, timedelta
from typing import Any

from jitasa.demo.stories import LATE_REASONS, NIL_REASONS
from jitasa.rounds.models import Round
from jitasa.thai.dates import BANGKOK, month_of, today

CONFIRMS, IN_TIME, STATES_NIL = (
    0.85,
    0.85,
    0.6,
)  # shares of the offices; a month that is not over: a third of them
COLUMNS = (
    "organization_id", "month", "nil_reason", "nil_at", "nil_by_id", "confirmed_at", "confirmed_by_id", "on_time",
    "late_reason", "changed_at", "reminded_at", "reminders",
)  # fmt: skip


class Statements:
    """The statements of one month, gathered office by office and written at once."""

    def __init__(self, round_: Round, now: datetime, rng: random.Random) -> None:
        self.month, self.rng, self.rows = round_.month, rng, list[tuple[Any, ...]]()
        due = datetime.combine(round_.due_on, time(10), BANGKOK)
        self.in_time, self.late = min(due, now), due + timedelta(days=3)
        self.may_be_late = self.late <= now
        self.share = 0.33 if round_.month == month_of(today(now)) else 1.0

    def of(self, office: int, clerk: int | None, *, sent: bool) -> None:
        """Draw what the office says. ``sent``: it has records that count."""
        rng = self.rng
        if rng.random() >= self.share * (CONFIRMS if sent else STATES_NIL):
            return
        if not sent:
            reason = rng.choice(NIL_REASONS)
            self.rows.append(
                (office, self.month, reason, self.in_time, clerk, None, None, None, "", None, None, 0)
            )
            return
        late = self.may_be_late and rng.random() >= IN_TIME
        reason, at = (rng.choice(LATE_REASONS), self.late) if late else ("", self.in_time)
        self.rows.append((office, self.month, "", None, None, at, clerk, not late, reason, None, None, 0))
