"""Tell the office above of deliveries that nothing happened to. Looks only at what is due, by an index."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from jitasa.distribution.models import FollowedDelivery

Delivery = TypeVar("Delivery", bound=FollowedDelivery)
THINGS = 20  # at most so many letters in one transaction
ROWS = 500


def escalate(
    rows: QuerySet[Delivery],
    *,
    of: str,
    when: Callable[[Delivery], datetime | None],
    tell: Callable[[Sequence[Delivery]], object],
    now: datetime,
) -> int:
    """Tell of every delivery that is due; return the number told of.

    With nothing due it is one statement, however many deliveries there are.

    :param rows: deliveries with all that ``when`` and ``tell`` read.
    :param of: the field that names what was delivered (``letter``); a thing is told of in one transaction.
    :param when: when a delivery is to be told of, from its present state (``rules.next_escalation``).
    :param tell: tells the offices above; called once in each transaction.
    """
    told = 0
    due = rows.model._default_manager.filter(escalate_at__lte=now).order_by("escalate_at")
    while longest_due := list(due.values_list(of, flat=True)[:ROWS]):
        things = list(dict.fromkeys(longest_due))[:THINGS]
        told += _escalate(rows.filter(**{f"{of}__in": things}, escalate_at__lte=now), when, tell, now)
    return told


@transaction.atomic
def _escalate(
    rows: QuerySet[Delivery],
    when: Callable[[Delivery], datetime | None],
    tell: Callable[[Sequence[Delivery]], object],
    now: datetime,
) -> int:
    due = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    late = [row for row in due if (at := when(row)) is not None and at <= now]
    tell(late)
    for row in late:
        row.escalated_at = now
    groups: dict[tuple[datetime | None, datetime | None], list[int]] = {}
    for row in due:
        groups.setdefault((row.escalated_at, when(row)), []).append(row.pk)
    for (told_at, next_at), pks in groups.items():
        rows.model._default_manager.filter(pk__in=pks).update(escalated_at=told_at, escalate_at=next_at)
    return len(late)
