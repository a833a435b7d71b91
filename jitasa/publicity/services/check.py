"""How far campaigns got, against their deliveries and the broadcasts recorded (part of ``jitasa check``)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, OuterRef, Q, Subquery

from jitasa.checking import Check, Difference
from jitasa.distribution.services.check import sent_counts, set_sent_count
from jitasa.publicity.models import Broadcast, Campaign, Delivery

CHUNK = 2000


def differences() -> Iterator[Difference]:
    """Wrong counts of what was sent, and deliveries that are (not) used although they are not (are)."""
    yield from sent_counts(
        Campaign.objects.filter(send_total__gt=0), what="campaign", deliveries="deliveries"
    )
    live = Broadcast.objects.live().filter(
        Q(campaign=OuterRef("campaign")) | Q(created_at__gte=OuterRef("delivered_at")),
        organization=OuterRef("recipient"),
        material__campaigns=OuterRef("campaign"),
    )
    first = live.order_by().values("organization").annotate(first=Min("created_at")).values("first")
    rows = Delivery.objects.annotate(first=Subquery(first)).select_related("campaign", "recipient")
    same = Q(used_at=None, first=None) | Q(used_at__isnull=False, first__isnull=False)
    for row in rows.exclude(same).order_by("pk").iterator(CHUNK):
        where = f"{row.campaign} {row.recipient}"
        right = row.first  # type: ignore[attr-defined]  # annotated
        yield Difference("campaign.used", where, str(row.used_at), str(right), (row.pk, right))


def repair(difference: Difference, _now: datetime) -> None:
    if difference.what == "campaign.sent_count":
        set_sent_count(Campaign, difference)
        return
    pk, used_at = difference.key
    Delivery.objects.filter(pk=pk).update(used_at=used_at)


CHECK = Check("campaign.", differences, repair)
