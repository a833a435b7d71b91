"""``{% load letters_page %}{% letter_sheet letter %}``: a letter's page as it prints, on the screen."""

from typing import Any

from django import template
from django.utils import timezone

from jitasa.letters.models import Letter
from jitasa.letters.pages.sheet import sheet_context
from jitasa.thai.dates import today

register = template.Library()


@register.inclusion_tag("letters/parts/sheet_pages.html", takes_context=True)
def letter_sheet(context: template.Context, letter: Letter) -> dict[str, Any]:
    """The pages with the receive stamps of the viewer's office copy, and the words for screen readers."""
    return sheet_context(letter, office=context["viewer"].organization, day=today(timezone.now()))
