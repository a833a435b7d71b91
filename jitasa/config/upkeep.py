"""Recurring chores, each safe to repeat after an interruption."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command

from jitasa.accounts.services.guessing import forget_guesses
from jitasa.accounts.services.sessions import forget_ended_sessions
from jitasa.accounts.services.tell import forget_notices
from jitasa.activities.services.flag import flag_pending
from jitasa.audit.access.retention import tend_access_log
from jitasa.audit.services.redact import forget_addresses
from jitasa.audit.services.send_heads import send_heads
from jitasa.letters.services.remind import escalate
from jitasa.letters.services.send import courier as letters
from jitasa.letters.services.tick import tick_activities
from jitasa.opendata.services.refresh import refresh_due
from jitasa.organizations.services.former import end_sessions_of_former
from jitasa.organizations.services.offers import expire_offers
from jitasa.photos.services.sweep import sweep
from jitasa.portal.services.erase_askers import erase_askers
from jitasa.publicity.services.send import courier as campaigns
from jitasa.publicity.services.shape import ask_again
from jitasa.rounds.services.rounds import open_rounds

log = logging.getLogger(__name__)


def upkeep(now: datetime) -> None:
    """Run every chore; one that fails is logged and does not keep the others from running."""
    chores: list[Callable[[], object]] = [
        lambda: open_rounds(now=now),
        lambda: sweep(now=now),
        lambda: flag_pending(now=now),
        letters.resume,
        lambda: tick_activities(now=now),
        lambda: escalate(now=now),
        lambda: ask_again(now=now),
        campaigns.resume,
        lambda: erase_askers(now=now),
        lambda: expire_offers(now=now),
        lambda: end_sessions_of_former(now=now),
        lambda: forget_guesses(now=now),
        lambda: forget_notices(now=now),
        lambda: forget_addresses(now=now),
        lambda: call_command("clearsessions"),
        lambda: forget_ended_sessions(now=now),
        lambda: call_command("prune_db_task_results", verbosity=0),
        lambda: refresh_due(now=now),
        lambda: send_heads(now=now),
        lambda: tend_access_log(now=now),
    ]
    for chore in chores:
        try:
            chore()
        except Exception:  # the worker must live on; the log says which chore failed and why
            log.exception("upkeep failed")
