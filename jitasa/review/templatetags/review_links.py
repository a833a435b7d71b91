"""What review adds to the pages of the apps below it."""

from django import template
from django.template.context import Context

from jitasa.activities.models import Activity
from jitasa.review.rules import may_look_at

register = template.Library()


@register.simple_tag(takes_context=True)
def opens_in_review(context: Context, activity: Activity) -> bool:
    """Whether the viewer finds this record among those to review. No query."""
    request = context.get("request")
    viewer = getattr(request, "viewer", None)
    return viewer is not None and may_look_at(viewer, activity)
