"""Addresses as the access log may keep them: without what opens something."""

import logging
import re
from collections.abc import Iterable

LONGEST = 1000
HIDDEN = "***"
# Names in a query whose value is a secret or identifies a person: links, codes of sign-in, passwords.
_SECRET_NAME = re.compile(
    r"token|secret|passw|pwd|otp|^code$|^state$|nonce|key$|^sig|session|csrf|ticket|assertion|^pid$|contact",
    re.IGNORECASE,
)
# A long run without a break is a token, whatever it is called; names of pictures (SHA-256) and UUIDs are not.
_TOKEN = re.compile(r"[A-Za-z0-9_~.=+-]{40,}")
_SHA256 = re.compile(r"[0-9a-f]{64}(?:[-.][a-z.-]{1,20})?")


def masked(path: str, query: str, secrets: Iterable[str] = ()) -> str:
    """``path?query`` with values of secret names, long tokens and the given ``secrets`` as ``***``."""
    for secret in secrets:
        path = path.replace(secret, HIDDEN)
    shown = _without_tokens(path)
    if query:
        shown += "?" + "&".join(_pair(part) for part in query.split("&"))
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"


def _pair(part: str) -> str:
    name, equals, value = part.partition("=")
    if not equals:
        return _without_tokens(part)
    return (
        f"{_without_tokens(name)}={HIDDEN if value and _SECRET_NAME.search(name) else _without_tokens(value)}"
    )


def _without_tokens(text: str) -> str:
    return _TOKEN.sub(lambda found: found[0] if _SHA256.fullmatch(found[0]) else HIDDEN, text)


class WithoutTokens(logging.Filter):
    """For the program's own log: Django names the address of what was not found or failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _without_tokens(each) if isinstance(each, str) else each for each in record.args
            )
        return True
