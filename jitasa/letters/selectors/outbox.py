"""What an office writes and has sent, with how far it got."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import LetterStatus, Origin
from jitasa.letters.models import Dispatch, FollowCount, Letter
from jitasa.letters.selectors.behind import HEAVY
from jitasa.letters.selectors.inbox import found
from jitasa.organizations.models import Organization

OUTBOX_FILTERS = {
    "": (_("ทั้งหมด"), Q()),
    "draft": (_("ร่าง"), Q(status=LetterStatus.DRAFT)),
    "awaiting": (_("รอลงนาม"), Q(status=LetterStatus.AWAITING)),
    "issued": (_("ออกเลขแล้ว"), Q(status=LetterStatus.ISSUED)),
    "recalled": (_("เรียกคืน"), Q(status=LetterStatus.RECALLED)),
}


def outbox(office: Organization, *, chosen: str, text: str) -> QuerySet[Letter]:
    """The office's own letters, the last touched first."""
    rows = Letter.objects.filter(organization=office, origin=Origin.OWN)
    rows = rows.filter(OUTBOX_FILTERS.get(chosen, OUTBOX_FILTERS[""])[1])
    if text.strip():
        rows = rows.filter(found("", text))
    heavy = (*HEAVY, *(f"parent__{name}" for name in HEAVY))
    return rows.select_related("parent").defer(*heavy).order_by("-updated_at", "-id")


def follow_counts(letters: Iterable[Letter]) -> dict[int, FollowCount]:
    """Letter id → the counts of its branch: under the office that sent it. One query."""
    wanted = {letter.pk: (letter.chain_id, letter.organization_id) for letter in letters}
    rows = FollowCount.objects.filter(
        letter__in={chain for chain, _office in wanted.values()},
        organization__in={office for _chain, office in wanted.values()},
    )
    there = {(row.letter_id, row.organization_id): row for row in rows}
    return {pk: there[key] for pk, key in wanted.items() if key in there}


def way_to(letter: Letter, office: Organization | None) -> Dispatch | None:
    """How the letter came to the office itself."""
    if office is None:
        return None
    rows = letter.dispatches.select_related("letter", "recipient", "addressed", "assigned_to", "opened_by")
    return rows.filter(recipient=office).first()
