"""Secrets of second factors, encrypted before they reach the database or a session.

Fernet (AES-128-CBC with HMAC-SHA256) under the keys of purpose ``mfa`` (``settings.KEYS``): the first key
seals, every key opens, so that a key can be changed. A copy of the database alone opens no account.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """A secret was sealed under a key that this installation does not have (any more)."""


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.KEYS["mfa"].encryption_keys(purpose="second factor")])


def seal(text: str) -> str:
    """The text encrypted; different each time."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """:raises Unreadable: it was not sealed here, or the key is gone (docs/operator.md)."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("a secret of a second factor cannot be opened: is JITASA_MFA_KEY right?") from error
