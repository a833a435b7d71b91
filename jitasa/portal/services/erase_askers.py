"""Erase what askers wrote about themselves. Upkeep calls it; running it twice does nothing more."""

from datetime import datetime

from django.db import transaction

from jitasa.audit.services.record import record
from jitasa.organizations.viewer import SYSTEM
from jitasa.portal import rules
from jitasa.portal.models import TakedownRequest


def erase_askers(*, now: datetime) -> int:
    """Contact and words of requests answered more than ``rules.ERASED_AFTER`` ago; how many requests.

    The register keeps number, picture, wish, reason and answer (PDPA 2562 asks for the record).
    """
    with transaction.atomic():
        due = TakedownRequest.objects.filter(answered_at__lt=now - rules.ERASED_AFTER, erased_at=None)
        count = due.update(words="", contact="", erased_at=now)
        if count:
            record(actor=SYSTEM, verb="takedown.erase", data={"requests": count}, now=now)
    return count
