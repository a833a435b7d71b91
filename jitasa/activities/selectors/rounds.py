"""The rules of the month a record belongs to."""

from datetime import date

from jitasa.activities.rules import RoundRules
from jitasa.rounds.selectors.rounds import round_for


def rules_for(month: date) -> RoundRules:
    """What the department asks for in that month."""
    found = round_for(month)
    return RoundRules(
        required=tuple(found.required_fields),
        photos_least=found.photos_least,
        photos_most=found.photos_most,
    )
