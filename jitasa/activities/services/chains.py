"""The ends of several offices' audit chains, held without waiting for anybody."""

from collections.abc import Sequence

from django.db import connection

from jitasa.audit.services.record import Held, chain_key
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.services.tally import NotTogether

_FREE = """
SELECT c.key, c.length, c.head FROM organizations_organization o JOIN audit_chain c ON c.key = 'office:' || o.id
WHERE o.id IN ({places}) ORDER BY o.id FOR NO KEY UPDATE SKIP LOCKED
"""


def hold_chains(actors: Sequence[Viewer]) -> dict[str, Held]:
    """Lock the offices and the ends of their chains (PostgreSQL); by key.

    Nobody is waited for while several offices are held, so no ring of waiting can close.

    :raises NotTogether: one of them is not free, has no chain yet, or acts twice.
    """
    keys = {chain_key(actor) for actor in actors}
    offices = sorted({actor.office_id for actor in actors if actor.office_id is not None})
    if len(keys) < len(actors) or len(offices) < len(actors):
        raise NotTogether
    with connection.cursor() as cursor:
        cursor.execute(_FREE.format(places=", ".join(["%s"] * len(offices))), offices)
        held = {key: Held(length, head) for key, length, head in cursor.fetchall()}
    if len(held) < len(offices):
        raise NotTogether
    return held
