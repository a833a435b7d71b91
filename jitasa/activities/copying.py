"""Begin a record from an earlier one."""

from dataclasses import replace

from jitasa.activities.values import ActivityValues


def copied(values: ActivityValues) -> ActivityValues:
    """What usually stays from one time to the next; not the day, the people, the results, the photos."""
    return replace(
        values,
        start_date=None,
        day_confirmed=None,
        end_date=None,
        basis="none",
        occasion_id=None,
        host_activity=None,
        groups={},
        men=None,
        women=None,
        measures={},
        result="",
        problems="",
        suggestions="",
        publicity_link="",
        budget_amount=None,
        photos=(),
    )
