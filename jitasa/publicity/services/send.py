"""Send a campaign to its recipients (see :mod:`jitasa.distribution.services.send`)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from jitasa.distribution.services.send import Courier
from jitasa.distribution.values import Addressee
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models import Campaign, Delivery
from jitasa.thai.dates import short_date


class CampaignCourier(Courier[Campaign, Delivery]):
    """A stopped campaign goes no further; every office it comes to gets a notice."""

    chunk = 200

    def going(self) -> QuerySet[Campaign]:
        return Campaign.objects.filter(status=CampaignStatus.SENT).select_related("organization")

    def deliveries(self, thing: Campaign) -> QuerySet[Delivery]:
        return thing.deliveries.all()

    def delivery(self, thing: Campaign, to: Addressee, now: datetime) -> Delivery:
        return Delivery(
            campaign=thing, recipient_id=to.recipient_id, addressed_id=to.addressed_id, delivered_at=now
        )

    def arrived(self, thing: Campaign, rows: Sequence[tuple[Addressee, Delivery]]) -> None:
        offices = Organization.objects.in_bulk([to.recipient_id for to, _row in rows])
        by = f" ภายใน {short_date(thing.use_by)}" if thing.use_by else ""
        deliver(
            written(
                organization=offices[to.recipient_id],
                kind=NoticeKind.MATERIAL,
                title=f"สื่อใหม่ให้เผยแพร่{by}: {thing.title}",
                body=thing.message[:300],
                url=reverse("publicity:campaign", args=[thing.uuid]),
                sender=thing.organization,
                now=row.delivered_at,
            )
            for to, row in rows
        )

    def enqueue(self, thing_id: int) -> None:
        from jitasa.publicity.tasks import send as task

        task.enqueue(thing_id)


courier = CampaignCourier()
