"""Recurring chores, each safe to repeat after an interruption."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command

from jitasa.accounts.services.guessing import forget_guesses
from jitasa.accounts.services.sessions import forget_ended_sessions
from jitasa.accounts.services.tell import forget_notices
from jitasa.audit.access.retention import tend_access_log
from jitasa.audit.services.redact import forget_addresses
from jitasa.audit.services.send_heads import send_heads
from jitasa.compilation.services.keep_files import ask_for_lost_files, forget_files
from jitasa.config.jobs import take_up_lost
from jitasa.files.cache import prune_cache
from jitasa.home.services.morning_mail import begin_morning_mail
from jitasa.letters.services.remind import escalate
from jitasa.letters.services.send import courier as letters
from jitasa.letters.services.tick import tick_activities
from jitasa.opendata.services.refresh import refresh_due
from jitasa.organizations.services.former import end_sessions_of_former
from jitasa.organizations.services.offers import expire_offers
from jitasa.photos.pieces import sweep_pieces
from jitasa.photos.services.sweep import sweep
from jitasa.portal.services.erase_askers import erase_askers
from jitasa.publicity.services.send import courier as campaigns
from jitasa.publicity.services.shape import ask_again
from jitasa.queues import EVERY
from jitasa.review.services.flag import flag_pending
from jitasa.rounds.services.country_sums import count_different_anew, count_grown_anew
from jitasa.rounds.services.rounds import open_rounds
from jitasa.sheets.services.go_on import ask_again as go_on_with_sheets
from jitasa.sheets.services.large_import import forget_imports
from jitasa.ui.limits import forget_asked
from jitasa.webhooks.services.send import forget_deliveries, wake_webhooks

log = logging.getLogger(__name__)
FAILED_JOBS_DAYS = 90  # on the operator's page; done ones go after 14


def upkeep(now: datetime, *, believed: Callable[[], bool] = lambda: True) -> int:
    """Run every chore; one that fails is logged and does not keep the others from running.

    ``believed`` is asked before each: whether the clock is still that of the last sign of life.
    Returns how many failed.
    """
    failed = 0
    for chore in chores(now):
        if not believed():
            log.error("upkeep ends: the clock jumped meanwhile")
            break
        try:
            chore()
        except Exception:  # the scheduler must live on; the log says which chore failed and why
            failed += 1
            log.exception("upkeep failed")
    return failed


def chores(now: datetime) -> list[Callable[[], object]]:
    """What is looked after every minute; each finds out itself whether it has anything to do."""
    return [
        take_up_lost,
        lambda: open_rounds(now=now),
        count_grown_anew,
        lambda: count_different_anew(now=now),
        lambda: sweep(now=now),
        lambda: sweep_pieces(now=now),
        lambda: flag_pending(now=now),
        letters.resume,
        lambda: tick_activities(now=now),
        lambda: escalate(now=now),
        lambda: ask_again(now=now),
        campaigns.resume,
        lambda: erase_askers(now=now),
        lambda: wake_webhooks(now=now),
        lambda: go_on_with_sheets(now=now),
        lambda: forget_imports(now=now),
        lambda: ask_for_lost_files(now=now),
        lambda: forget_files(now=now),
        lambda: forget_deliveries(now=now),
        lambda: expire_offers(now=now),
        lambda: end_sessions_of_former(now=now),
        lambda: forget_guesses(now=now),
        lambda: forget_asked(now=now),
        lambda: forget_notices(now=now),
        lambda: forget_addresses(now=now),
        lambda: call_command("clearsessions"),
        lambda: forget_ended_sessions(now=now),
        lambda: call_command(
            "prune_db_task_results", queue_name=EVERY, failed_min_age_days=FAILED_JOBS_DAYS, verbosity=0
        ),
        prune_cache,
        lambda: refresh_due(now=now),
        lambda: send_heads(now=now),
        lambda: begin_morning_mail(now=now),
        lambda: tend_access_log(now=now),
    ]
