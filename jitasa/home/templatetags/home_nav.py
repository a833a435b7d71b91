"""What the navigation says beside its words."""

from django import template
from django.template.context import Context

from jitasa.home import menu
from jitasa.review.rules import may_open_review
from jitasa.review.selectors.inbox import waiting

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
    if request is None or viewer is None or not may_open_review(viewer):
        return ""
    found: int | None = getattr(request, "_waiting_for_review", None)
    if found is None:
        found = waiting(viewer).order_by().values("pk")[:MOST_COUNTED].count()
        request._waiting_for_review = found
    return "" if not found else str(found) if found < MOST_COUNTED else f"{MOST_COUNTED - 1}+"


@register.simple_tag(takes_context=True)
def bar_entries(context: Context) -> list[tuple[menu.MenuEntry, bool]]:
    """The entries of the bar that are the person's, each with whether the page is one of its own."""
    request = context.get("request")
    viewer = getattr(request, "viewer", None)
    if request is None or viewer is None:
        return []
    return [(entry, menu.is_here(entry, request)) for entry in menu.in_bar(viewer)]
