"""``{% load letters_day %}``: the letters about an important day."""

from django import template

from jitasa.letters.selectors.of_day import letters_of_day

register = template.Library()
register.simple_tag(letters_of_day)
