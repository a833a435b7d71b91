"""Remind the offices that are behind: chunk by chunk, nobody twice within the time that is set."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from jitasa.distribution.models import DeliveryColumns
from jitasa.distribution.rules import REMIND_AGAIN_AFTER

Delivery = TypeVar("Delivery", bound=DeliveryColumns)
CHUNK = 200
AT_ONCE = 400  # more are reminded by the worker


def not_lately(now: datetime) -> Q:
    """Deliveries whose office was not reminded within ``REMIND_AGAIN_AFTER``."""
    return Q(reminded_at=None) | Q(reminded_at__lt=now - REMIND_AGAIN_AFTER)


def remind_rows(
    rows: QuerySet[Delivery], *, tell: Callable[[Sequence[Delivery]], object], now: datetime
) -> int:
    """Tell every office of ``rows`` (:func:`not_lately` among its conditions); return the number told.

    Each chunk is looked at again under its lock and is told in one transaction: interrupted, the next
    call goes on where this one stopped.
    """
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_remind(rows, pks[at : at + CHUNK], tell, now) for at in range(0, len(pks), CHUNK))


@transaction.atomic(savepoint=False)
def _remind(
    rows: QuerySet[Delivery],
    pks: Sequence[int],
    tell: Callable[[Sequence[Delivery]], object],
    now: datetime,
) -> int:
    locked = list(rows.filter(pk__in=pks).select_for_update(of=("self",), no_key=True).order_by("pk"))
    tell(locked)
    rows.model._default_manager.filter(pk__in=[row.pk for row in locked]).update(reminded_at=now)
    return len(locked)
