"""The webhooks of an office, and the last messages of one."""

from collections.abc import Sequence

from django.db.models import Count, F, Q, QuerySet

from jitasa.organizations.viewer import Viewer
from jitasa.webhooks.choices import State
from jitasa.webhooks.models import Delivery, Webhook

SHOWN = 30


def webhooks_of(viewer: Viewer) -> QuerySet[Webhook]:
    """Those of the viewer's own office, the ones in use first."""
    rows = Webhook.objects.filter(organization=viewer.office_id).select_related("created_by", "organization")
    waiting = Count("deliveries", filter=Q(deliveries__state=State.WAITING))
    return rows.annotate(waiting=waiting).order_by(F("revoked_at").asc(nulls_first=True), "-id")


def last_deliveries(webhook: Webhook) -> Sequence[Delivery]:
    """The newest messages."""
    return list(webhook.deliveries.order_by("-pk")[:SHOWN])
