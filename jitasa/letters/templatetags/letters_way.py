"""Times between the steps of a letter's way, in words."""

from django import template
from django.utils.translation import gettext as _

from jitasa.letters.models import FollowCount

register = template.Library()


@register.filter
def mean(count: FollowCount, step: str) -> str:
    """The mean time from the step before, or a dash where nobody got so far."""
    done: int = getattr(count, step)
    seconds: int = getattr(count, f"{step}_seconds")
    return hours(seconds / done / 3600) if done else "–"


@register.filter
def hours(value: float | None) -> str:
    """Hours in the unit that says most: minutes, hours or days."""
    if value is None:
        return ""
    if value < 1:
        return _("%d นาที") % round(value * 60)
    if value < 48:
        return _("%d ชม.") % round(value)
    return _("%.1f วัน") % (value / 24)
