"""Decisions about webhooks, from given facts."""

from datetime import datetime, timedelta

from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import Viewer
from jitasa.webhooks.models import Webhook

WEBHOOKS_MOST = 5  # of one office at a time
# After each failure in a row the next try waits so long; the last one again and again.
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360))
GIVEN_UP_AFTER = timedelta(days=3)  # of nothing but failures
KEPT_DAYS = 30  # messages, sent or not


def may_add_webhook(viewer: Viewer) -> bool:
    """An administrator, for the office she works in; never a program."""
    return viewer.user is not None and viewer.organization is not None and viewer.has(Role.ADMINISTRATOR)


def may_change_webhook(viewer: Viewer, webhook: Webhook) -> bool:
    """Try, switch on again, end: any administrator of the webhook's office."""
    return may_add_webhook(viewer) and viewer.office_id == webhook.organization_id


def next_try(failures: int, now: datetime) -> datetime:
    """When to try again after so many failures in a row."""
    return now + WAITS[min(failures, len(WAITS)) - 1]


def is_given_up(failing_since: datetime, now: datetime) -> bool:
    """Whether nothing has arrived for so long that the address is switched off."""
    return now - failing_since >= GIVEN_UP_AFTER
