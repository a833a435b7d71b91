"""The secret of a webhook: encrypted where it is kept, opened to sign, shown to nobody a second time."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PREFIX = "whsec_"
PURPOSE = "webhook secret"


class Unreadable(Exception):
    """The secret was sealed under a key that this installation does not have (any more)."""


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.KEYS["tokens"].encryption_keys(purpose=PURPOSE)])


def new_secret() -> str:
    """256 bits as the receiver keeps them, in the spelling of Standard Webhooks."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def seal(secret: str) -> str:
    return _keys().encrypt(secret.encode()).decode("ascii")


def signature(sealed: str, *, uuid: str, stamp: int, body: str) -> str:
    """``v1,…``: HMAC-SHA256 of ``id.timestamp.body`` (Standard Webhooks 1.0).

    :raises Unreadable: the key is gone (docs/operator.md).
    """
    try:
        secret = _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("the secret of a webhook cannot be opened: is JITASA_TOKEN_KEY right?") from error
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.digest(key, f"{uuid}.{stamp}.{body}".encode(), hashlib.sha256)
    return "v1," + base64.b64encode(mac).decode("ascii")
