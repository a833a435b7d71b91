"""Who signs a letter: the person of the signer chosen in it, or one who stands for that signer today."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Letter, Signer
from jitasa.organizations.in_use import IN_USE
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.ui.reading import identifier


def signing_as(viewer: Viewer, letter: Letter, day: date) -> Signer | None:
    """As which signer the viewer signs the letter; ``None``: it is not for her to sign. One query."""
    chosen = identifier(str(letter.signer.get("id", "")))
    if chosen is None or viewer.user_id is None or not rules.may_issue(viewer, letter):
        return None
    rows = _signers(viewer).filter(Q(pk=chosen) | Q(stands_for=chosen))
    rows = rows.select_related("user__letter_signature").order_by("stands_for_id")
    found = [row for row in rows if rules.may_sign_as(viewer, row, day)]
    return next((row for row in found if row.stands_for_id is None), found[0] if found else None)


def _signers(viewer: Viewer) -> QuerySet[Signer]:
    """The viewer's own rows in the office; a delegation of a signer no longer in use is none."""
    rows = Signer.objects.active().filter(organization=viewer.office_id, user=viewer.user_id)
    return rows.exclude(stands_for__in=Signer.objects.exclude(IN_USE))


def has_signer(letter: Letter, day: date) -> bool:
    """Whether anybody can sign it on ``day``: a person with a post in the office, by herself or for the signer."""
    chosen = identifier(str(letter.signer.get("id", "")))
    here = Post.objects.valid_on(day).filter(organization=letter.organization_id).values("user_id")
    rows = Signer.objects.active().filter(organization=letter.organization_id, user__in=here)
    rows = rows.filter(Q(from_date=None) | Q(from_date__lte=day), Q(to_date=None) | Q(to_date__gte=day))
    return chosen is not None and rows.filter(Q(pk=chosen) | Q(stands_for=chosen)).exists()


def offices_without_signer(day: date) -> list[Organization]:
    """Open offices with a letterhead or signers where nobody with a post of ``day`` may sign, by code. One query."""
    posts = Post.objects.valid_on(day).filter(organization=OuterRef("organization"), user=OuterRef("user"))
    able = Signer.objects.active().filter(Exists(posts), organization=OuterRef("pk"), stands_for=None)
    writes = Q(letter_settings__isnull=False) | Q(signers__isnull=False)
    rows = Organization.objects.open().filter(writes).exclude(Exists(able))
    return list(rows.distinct().order_by("code"))


def on_the_desk(viewer: Viewer) -> QuerySet[Letter]:
    """What may wait for the viewer herself: letters laid before a signer of her office, her drafts sent back."""
    waits = Q(status=LetterStatus.AWAITING)
    if viewer.user_id is not None and rules.may_write(viewer):
        waits |= Q(status=LetterStatus.DRAFT, returned_at__isnull=False, asked_by=viewer.user_id)
    return Letter.objects.filter(waits, organization=viewer.office_id)


def awaiting(viewer: Viewer, day: date) -> list[Letter]:
    """What waits for the viewer's own signature, the oldest first. Two queries at most."""
    if viewer.user_id is None or viewer.office_id is None:
        return []
    mine = [row for row in _signers(viewer) if rules.may_sign_as(viewer, row, day)]
    ids = {str(each) for row in mine for each in (row.pk, row.stands_for_id) if each}
    if not ids:
        return []
    rows = Letter.objects.filter(organization=viewer.office_id, status=LetterStatus.AWAITING)
    return list(rows.filter(signer__id__in=sorted(ids)).select_related("organization").order_by("updated_at"))


def sent_back(viewer: Viewer) -> list[Letter]:
    """The viewer's own drafts that a signer sent back, the oldest first."""
    if viewer.user_id is None or not rules.may_write(viewer):
        return []
    rows = Letter.objects.filter(organization=viewer.office_id, status=LetterStatus.DRAFT)
    return list(
        rows.filter(returned_at__isnull=False, asked_by=viewer.user_id)
        .select_related("returned_by")
        .order_by("returned_at")
    )


def own_signers(office: Organization) -> QuerySet[Signer]:
    """Who signs for the office by a post of her own: what a draft offers."""
    return Signer.objects.active().filter(organization=office, stands_for=None).select_related("user")


def delegations_of(office: Organization, now: datetime) -> QuerySet[Signer]:
    """Who stands for whom, today or later; the one that begins first at the top."""
    rows = Signer.objects.active().filter(
        organization=office, stands_for__isnull=False, to_date__gte=today(now)
    )
    return rows.select_related("user", "stands_for").order_by("from_date", "id")
