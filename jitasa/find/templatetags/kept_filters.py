"""The kept filters beside a list."""

from django import template
from django.template.context import Context

from jitasa.find.selectors.views import SavedViews
from jitasa.find.selectors.views import saved_views as views_of

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_views(context: Context, list_name: str) -> SavedViews | None:
    """What stands beside the filters of ``list_name`` on this page; nothing for a guest."""
    request = context.get("request")
    viewer = getattr(request, "viewer", None)
    if request is None or viewer is None or viewer.user is None:
        return None
    return views_of(viewer, list_name, request.GET.dict())
