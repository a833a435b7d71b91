"""The number beside the bell; words of a notice in the reader's digits."""

from django import template
from django.template import Context
from django.utils import timezone

from jitasa.notices import selectors
from jitasa.notices.models import Notice
from jitasa.organizations.viewer import Viewer
from jitasa.ui.numerals import whole_in_own_digits

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
    return in_own_digits(notice.title.removeprefix(f"{notice.get_kind_display()}:").strip())


@register.filter
def in_own_digits(words: str) -> str:
    """Stored for everybody: a letter's number as it is printed, in Thai digits; shown in those the reader chose."""
    return whole_in_own_digits(words)
