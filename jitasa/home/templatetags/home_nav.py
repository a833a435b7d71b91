"""What the navigation says beside its words."""

from django import template
from django.template.context import Context

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity

register = template.Library()
MOST_COUNTED = 100


@register.simple_tag(takes_context=True)
def waiting_for_review(context: Context) -> str:
    """How many sent records wait for this reviewer, ``99+`` above 99; empty when there is none.

    Counted once a request (the navigation stands twice in the frame) and never further than a
    hundred rows.
    """
    request = context.get("request")
    viewer = getattr(request, "viewer", None)
    if request is None or viewer is None or viewer.organization is None or viewer.is_lao:
        return ""
    found: int | None = getattr(request, "_waiting_for_review", None)
    if found is None:
        rows = Activity.objects.visible_to(viewer).filter(status=Status.SUBMITTED)
        found = rows.order_by().values("pk")[:MOST_COUNTED].count()
        request._waiting_for_review = found
    return "" if not found else str(found) if found < MOST_COUNTED else f"{MOST_COUNTED - 1}+"
