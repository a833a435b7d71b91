"""Which token is this, and which ones an office has."""

from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet

from jitasa.api.models import ApiToken
from jitasa.api.rules import roles_of
from jitasa.api.services.tokens import PREFIX, PURPOSE
from jitasa.compiled import Compiled
from jitasa.organizations import versions
from jitasa.organizations.viewer import Viewer

LONGEST_TOKEN = 100


def tokens_of(viewer: Viewer) -> QuerySet[ApiToken]:
    """The tokens of the viewer's own office, the newest first."""
    rows = ApiToken.objects.filter(organization=viewer.office_id).select_related("created_by")
    return rows.order_by(F("revoked_at").asc(nulls_first=True), "-id")


def token_of(text: str) -> ApiToken | None:
    """The row of a token as it was sent, ended or not, with its office: one statement; ``None`` for anything else."""
    if not text.startswith(PREFIX) or len(text) > LONGEST_TOKEN:
        return None
    macs = settings.KEYS["tokens"].macs(text, purpose=PURPOSE)
    found = _TOKEN.first(macs=macs)
    if found is not None:
        versions.learn(found)
    return found


def token_opens(authorization: str, now: datetime) -> bool:
    """Whether the header holds a token in force (asked by the front before a large body is read)."""
    kind, _space, text = authorization.partition(" ")
    found = token_of(text.strip()) if kind.lower() == "bearer" else None
    return found is not None and not found.ended(now)


_TOKEN = Compiled(
    lambda macs: (
        ApiToken.objects.filter(mac__in=macs)
        .select_related("organization")
        .annotate(**versions.annotations())
    ),
    macs=[str],
)


def viewer_of_token(token: ApiToken, address: str) -> Viewer:
    """The program as it acts: in its office, by its scopes, as nobody's person."""
    return Viewer(
        organization=token.organization, roles=roles_of(token.scopes), program=token.name, address=address
    )
