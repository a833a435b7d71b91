"""How far a sending got, against what is left of it and what has arrived (part of ``jitasa check``)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from jitasa.checking import Difference
from jitasa.distribution.models import Sending

CHUNK = 200


def sent_counts(rows: QuerySet[Any], *, what: str, deliveries: str) -> Iterator[Difference]:
    """Sendings whose ``sent_count`` is not the total less what is pending, or less than what has arrived.

    :param rows: sendings that were begun. :param deliveries: the name of their relation to deliveries.
    """
    begun = rows.annotate(arrived=Count(deliveries)).order_by("pk")
    doubtful = begun.filter(~Q(pending=[]) | ~Q(sent_count=F("send_total")) | Q(arrived__gt=F("sent_count")))
    for row in doubtful.iterator(CHUNK):
        right = row.send_total - len(row.pending)
        if row.sent_count != right:
            yield Difference(f"{what}.sent_count", str(row), str(row.sent_count), str(right), (row.pk, right))
        elif row.arrived > right:
            words = f"ส่งแล้ว {row.arrived}"
            yield Difference(
                f"{what}.delivered", str(row), str(row.sent_count), words, (row.pk,), repairable=False
            )


def set_sent_count(model: type[Sending], difference: Difference) -> None:
    """Repair what :func:`sent_counts` found."""
    pk, right = difference.key
    model._default_manager.filter(pk=pk).update(sent_count=right)
