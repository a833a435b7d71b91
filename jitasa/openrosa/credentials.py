"""Where a client shows its token: in the path, as the settings QR code of Collect has it, or as a Basic password."""

import base64
import binascii
import re

PREFIX = "/openrosa/"
_KEY = re.compile(r"/openrosa/key/([A-Za-z0-9_-]{1,100})(/.*)")


def split(path: str) -> tuple[str, str]:
    """The token in a path, and the path without it."""
    found = _KEY.fullmatch(path)
    return (found[1], PREFIX.rstrip("/") + found[2]) if found else ("", path)


def token_text(path: str, authorization: str) -> str:
    """The token as it was sent, empty where there is none."""
    in_path, _rest = split(path)
    kind, _space, text = authorization.partition(" ")
    if in_path or kind.lower() not in {"basic", "bearer"}:
        return in_path
    if kind.lower() == "bearer":
        return text.strip()
    try:
        pair = base64.b64decode(text.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return pair.partition(":")[2].strip()
