"""A name for each request: in its answer (``X-Request-ID``), the program's log and the access log."""

import re
from contextvars import ContextVar
from secrets import token_hex

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def begin(given: str = "") -> str:
    """Name the request that this thread answers now: ``given`` where it can be one, else a new name."""
    name = given if _GIVEN.fullmatch(given) else token_hex(8)
    _current.set(name)
    return name


def current() -> str:
    """The request being answered, or an empty text outside of one."""
    return _current.get()


def end() -> None:
    _current.set("")
