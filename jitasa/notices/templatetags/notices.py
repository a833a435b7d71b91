"""The number beside the bell."""

from django import template
from django.template import Context
from django.utils import timezone

from jitasa.notices import selectors
from jitasa.notices.models import Notice
from jitasa.organizations.viewer import Viewer

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_count(context: Context) -> int:
    """Unread notices of the current office, for the person signed in."""
    viewer = context.get("viewer")
    # request.viewer is lazy: isinstance looks through it
    return selectors.unread_count(viewer, timezone.now()) if isinstance(viewer, Viewer) and viewer.user else 0


@register.filter
def after_kind(notice: Notice) -> str:
    """The title beside a tag that says the kind already: ``รับรายงานแล้ว: ปลูกป่า`` without its first words."""
    return notice.title.removeprefix(f"{notice.get_kind_display()}:").strip()
