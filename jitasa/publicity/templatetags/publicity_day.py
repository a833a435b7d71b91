"""``{% load publicity_day %}``: what publicity has for an important day."""

from django import template

from jitasa.publicity.selectors.of_day import materials_of_day

register = template.Library()
register.simple_tag(materials_of_day)
