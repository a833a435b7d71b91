"""Template filters for a number with what it counts: ``63 คน`` or, in English, ``63 people``, ``1 photo``."""

from django import template
from django.utils.translation import ngettext

from jitasa.ui.numerals import figure

register = template.Library()


@register.filter
def people(count: int | None) -> str:
    return ngettext("%(n)s คน", "%(n)s คน", count or 0) % {"n": figure(count or 0)}


@register.filter
def photos(count: int | None) -> str:
    return ngettext("%(n)s ภาพ", "%(n)s ภาพ", count or 0) % {"n": figure(count or 0)}


@register.filter
def records(count: int | None) -> str:
    return ngettext("%(n)s รายการ", "%(n)s รายการ", count or 0) % {"n": figure(count or 0)}


@register.filter
def times(count: int | None) -> str:
    return ngettext("%(n)s ครั้ง", "%(n)s ครั้ง", count or 0) % {"n": figure(count or 0)}
