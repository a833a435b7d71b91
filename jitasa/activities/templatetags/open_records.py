"""What an office that is about to end leaves unfinished, for the registry's preview."""

from collections.abc import Sequence

from django import template
from django.db.models import Count, Q

from jitasa.activities.choices import EDITABLE, Status
from jitasa.activities.models import Activity
from jitasa.organizations.models import Organization

register = template.Library()


@register.simple_tag
def open_records(offices: Sequence[Organization]) -> dict[str, int]:
    """Records of the offices that nobody could send or correct afterwards: ``unsent`` and ``returned``.

    Empty when there are none. One query.
    """
    rows = Activity.objects.filter(organization__in=offices, status__in=EDITABLE)
    counts = rows.aggregate(
        returned=Count("pk", filter=Q(status=Status.RETURNED)),
        unsent=Count("pk", filter=~Q(status=Status.RETURNED)),
    )
    return counts if any(counts.values()) else {}
