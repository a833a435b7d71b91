"""``{% load letters_page %}{% letter_sheet letter %}``: a letter's page as it prints, on the screen."""

from typing import Any

from django import template
from django.utils import timezone

from jitasa.letters.models import Letter
from jitasa.letters.pages.sheet import sheet_context
from jitasa.letters.selectors.before import has_before
from jitasa.thai.dates import today

register = template.Library()


@register.inclusion_tag("letters/parts/sheet_pages.html", takes_context=True)
def letter_sheet(context: template.Context, letter: Letter) -> dict[str, Any]:
    """The pages with the receive stamps of the viewer's office copy, and the words for screen readers."""
    return sheet_context(letter, office=context["viewer"].organization, day=today(timezone.now()))


@register.simple_tag(takes_context=True)
def offices_before(context: template.Context) -> bool:
    """Whether offices were merged into the viewer's own: its papers from before have a tab then."""
    office = context["viewer"].organization
    return office is not None and has_before(office)
