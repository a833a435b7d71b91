"""``{% load publicity_day %}``: what publicity has for an important day."""

from django import template
from django.utils import timezone

from jitasa.occasions.models import Occasion
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Material
from jitasa.publicity.selectors import of_day
from jitasa.thai.dates import today

register = template.Library()


@register.simple_tag
def materials_of_day(viewer: Viewer, occasion: Occasion) -> list[Material]:
    """What may be used of it today."""
    return of_day.materials_of_day(viewer, occasion, today(timezone.now()))
