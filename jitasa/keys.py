"""Secret keys by purpose, each with the older ones that it replaced.

One purpose, one key: whoever learns the key of the audit cannot sign a session, and a key is changed
without touching the others. ``settings.KEYS`` holds a ring for each purpose; sessions and Django's own
signatures use ``SECRET_KEY`` and ``SECRET_KEY_FALLBACKS``.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class KeyRing:
    """The key that signs now, and the ones whose signatures still hold (newest first)."""

    current: str
    previous: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        yield self.current
        yield from self.previous

    def mac(self, message: str, *, purpose: str) -> str:
        """HMAC-SHA256 of ``message`` under the current key, as 64 hexadecimal digits.

        ``purpose`` keeps two uses of one ring apart: equal messages never give equal codes.
        """
        return _mac(self.current, message, purpose)

    def macs(self, message: str, *, purpose: str) -> list[str]:
        """The codes under every key, newest first: to find a stored one whatever key made it."""
        return [_mac(key, message, purpose) for key in self]

    def matches(self, mac: str, message: str, *, purpose: str) -> bool:
        """Return whether ``mac`` was made from ``message`` under any key of the ring (constant time)."""
        return any(hmac.compare_digest(mac.encode(), _mac(key, message, purpose).encode()) for key in self)

    def encryption_keys(self, *, purpose: str) -> list[bytes]:
        """32-byte keys in URL-safe base64, newest first, as ``cryptography.fernet.MultiFernet`` takes them."""
        return [base64.urlsafe_b64encode(_digest(key, "encrypt", purpose)) for key in self]


def _mac(key: str, message: str, purpose: str) -> str:
    return _digest(key, message, purpose).hex()


def _digest(key: str, message: str, purpose: str) -> bytes:
    own = hmac.digest(key.encode(), b"jitasa\0" + purpose.encode(), hashlib.sha256)
    return hmac.digest(own, message.encode(), hashlib.sha256)
