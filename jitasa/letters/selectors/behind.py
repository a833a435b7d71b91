"""The dispatches of a whole chain, and who in it is behind."""

from typing import Literal

from django.db.models import Q, QuerySet

from jitasa.distribution.paths import in_branch
from jitasa.letters.choices import AnswerKind, LetterStatus
from jitasa.letters.models import Dispatch, Letter
from jitasa.organizations.models import Organization

Behind = Literal["unopened", "unregistered", "unanswered"]
BEHIND: dict[str, Q] = {
    "unopened": Q(opened_at=None),
    "unregistered": Q(registered_at=None),
    "unanswered": Q(answered_at=None)
    & ~Q(letter__answer_kind=AnswerKind.NONE)
    & (~Q(letter__answer_kind=AnswerKind.ACTIVITY) | Q(recipient__level="lao")),
}

# What a list of dispatches never shows: the text, and the choice of up to 7,850 recipients.
HEAVY = ("body", "addressees", "recipients", "pending", "search_text")
LETTER_HEAVY = tuple(f"letter__{name}" for name in HEAVY)


def chain(letter: Letter) -> QuerySet[Dispatch]:
    """Every dispatch of the letter's chain: its first letter, and the covering letters that stand."""
    rows = Dispatch.objects.filter(Q(letter=letter.chain_id) | Q(letter__root=letter.chain_id))
    return rows.exclude(letter__parent__isnull=False, letter__status=LetterStatus.RECALLED)


def under(node: Organization) -> Q:
    """To an office of the branch, the one at its top included, by the line of command at delivery."""
    return in_branch(node)
