"""Letters of the offices that were merged into an office: its papers from before."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.inbox import found
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import merged_into


def has_before(office: Organization) -> bool:
    """Whether any office was merged into this one."""
    return merged_into(office).exists()


def letters_before(office: Organization, *, text: str) -> QuerySet[Letter]:
    """What they sent and received, the newest first; ``came`` tells which of the two."""
    old = merged_into(office).values("pk")
    received = Dispatch.objects.filter(letter=OuterRef("pk"), recipient__in=old)
    issued = Q(organization__in=old, status__in=[LetterStatus.ISSUED, LetterStatus.RECALLED])
    rows = Letter.objects.annotate(came=Exists(received)).filter(issued | Q(came=True))
    if text.strip():
        rows = rows.filter(found("", text))
    return rows.select_related("organization").order_by("-issued_at", "-id")
