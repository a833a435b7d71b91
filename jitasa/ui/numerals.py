"""Which digits the reader of a screen wants: Arabic ones, or Thai ones by their own choice.

The choice holds for the request (``accounts.language.LanguageMiddleware``). Only what is shown to a
person asks here: addresses, files, documents and programs never do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from jitasa.thai.digits import to_arabic, to_thai

_thai: ContextVar[bool] = ContextVar("thai_numerals", default=False)


@contextmanager
def numerals(*, thai: bool) -> Iterator[None]:
    """Speak to a reader with this choice, and no longer than the block."""
    token = _thai.set(thai)
    try:
        yield
    finally:
        _thai.reset(token)


def shown(text: object) -> str:
    """The text with its digits as the reader wants them."""
    return to_thai(text) if _thai.get() else str(text)


def whole_in_own_digits(text: object) -> str:
    """The text with all its digits as the reader wants them, those that were written in Thai too."""
    return to_thai(text) if _thai.get() else to_arabic(str(text))


def figure(number: int) -> str:
    """A whole number with commas between the thousands: ``9,640`` or ``๙,๖๔๐``."""
    return shown(f"{number:,}")
