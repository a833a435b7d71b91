"""Chapters and their parts in the search over everything."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.manual.book import chapters
from jitasa.thai.search import stored
from jitasa.ui.finding import Hit


def parts_holding(wanted: list[str]) -> list[Hit]:
    """The chapters whose title or summary holds every word, then the parts of chapters that do, in their order."""
    return [
        Hit(
            title,
            _("คู่มือ บทที่ %(number)s") % {"number": number} if not of else f"{_('คู่มือ')} · {of}",
            _address(slug, anchor),
        )
        for held, number, title, of, slug, anchor in _lines()
        if all(word in held for word in wanted)
    ]


def _address(slug: str, anchor: str) -> str:
    address = reverse("manual:chapter", args=[slug])
    return f"{address}#{anchor}" if anchor else address


@cache
def _lines() -> tuple[tuple[str, int, str, str, str, str], ...]:
    """(words to find, chapter's number, title, chapter's title for a part of it, slug, anchor)."""
    whole = [
        (stored(each.title, each.summary), each.number, each.title, "", each.slug, "") for each in chapters()
    ]
    parts = [
        (stored(part.text), each.number, part.text, each.title, each.slug, part.anchor)
        for each in chapters()
        for part in each.headings
    ]
    return (*whole, *parts)
