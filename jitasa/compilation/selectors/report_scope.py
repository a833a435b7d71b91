"""What a board is asked for: an office, a month, and the registry of which day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.registry import remembered_state
from jitasa.thai.dates import last_day


@dataclass(frozen=True)
class ReportScope:
    """``as_now`` reads names, types and parents of today instead of those valid at the month's end.

    Then an office that has been merged away lends its numbers to its successor.
    """

    office: Organization
    month: date
    as_now: bool = False

    @property
    def month_end(self) -> date:
        return last_day(self.month)

    @property
    def level(self) -> str:
        return self.office.level

    @property
    def whole_country(self) -> bool:
        return self.office.level == Level.DEPARTMENT

    def path(self) -> str:
        """The office's line of command as at the period."""
        if self.as_now:
            return self.office.path
        state = remembered_state(self.office.pk, self.month_end)
        return state.path if state and state.path else self.office.path

    def parameters(self) -> dict[str, Any]:
        """Values for the statements of ``sql``."""
        values: dict[str, Any] = {"month": self.month, "month_end": self.month_end}
        if not self.whole_country:
            values |= {"path": f"{self.path()}%", "office": self.office.pk}
        return values
