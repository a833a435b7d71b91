"""What a new local government has still to do, and who is shown it. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jitasa.organizations.viewer import Viewer

NEW_FOR = timedelta(days=60)  # from the first post of anybody: two reporting rounds


class FirstStep(StrEnum):
    CONTACT = "contact"
    PLACE = "place"
    PEOPLE = "people"
    SECOND_FACTOR = "second_factor"
    RECORD = "record"


@dataclass(frozen=True)
class OfficeFacts:
    """What is so in the office. ``people`` work there today; ``factor_lacking`` has the ids and
    names of those who must have a second factor and have none.

    ``has_contact``: address and telephone of the letterhead; ``wants_approval``: records wait for an
    approver; ``factor_asked``: somebody's post asks for a second factor (``rules_second_factor``).
    """

    has_contact: bool
    has_place: bool
    people: int
    has_approver: bool
    wants_approval: bool
    factor_asked: bool
    factor_lacking: Mapping[int, str]
    sent: bool
    accepted: bool
    dismissed: bool


def may_see_first_steps(viewer: Viewer) -> bool:
    """The people who work in a local government; nobody above it and nobody who only reads."""
    return viewer.is_lao and viewer.can_write


def may_dismiss_first_steps(viewer: Viewer) -> bool:
    """Whoever is shown them may put them away, for the whole office."""
    return may_see_first_steps(viewer)


def is_new(served_since: date | None, day: date) -> bool:
    """Whether an office was set up recently: the first post of anybody there began at most 60 days ago."""
    return served_since is not None and day - served_since <= NEW_FOR


def steps_of(facts: OfficeFacts) -> dict[FirstStep, bool]:
    """Each step that the office needs, in order, and whether it is done: five at most."""
    enough = facts.people > 1 and (facts.has_approver or not facts.wants_approval)
    steps = {
        FirstStep.CONTACT: facts.has_contact,
        FirstStep.PLACE: facts.has_place,
        FirstStep.PEOPLE: enough,
        FirstStep.SECOND_FACTOR: not facts.factor_lacking,
        FirstStep.RECORD: facts.sent,
    }
    if not facts.factor_asked:
        del steps[FirstStep.SECOND_FACTOR]
    return steps


def are_over(facts: OfficeFacts, done: Iterable[bool]) -> bool:
    """Whether nothing is shown (any more): put away, a first record accepted, or all done."""
    return facts.dismissed or facts.accepted or all(done)
