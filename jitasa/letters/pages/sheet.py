"""What ``letters/sheet.html`` shows: a letter's page on the screen, as it will print."""

from datetime import date
from typing import Any

from jitasa.letters.models import Letter
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import page_count
from jitasa.organizations.models import Organization


def sheet_context(letter: Letter, *, office: Organization | None, day: date) -> dict[str, Any]:
    """``page`` and ``page_numbers``, with the stamps of ``office``'s copy."""
    page = page_of(letter, day=day, office=office)
    return {"page": page, "page_numbers": range(1, page_count(page) + 1)}
