"""The code of a receipt: its number and eight letters that only this content can have.

A paper carries it as text and as a QR code, and anybody may ask whether the paper still says what the
system says. The letters are a keyed hash of number and content, so that they can neither be guessed
from a number nor made for another content.
"""

import base64
import re

from django.conf import settings

from jitasa.thai.digits import to_arabic

_NUMBER = re.compile(r"[0-9]{2}-[0-9]{4}-[0-9]{6,9}")
LETTERS_OF_A_CODE = 8
_LETTERS = re.compile(r"[A-Z2-7]{8}")  # forty bits; the asking is counted (portal.views.receipts)
_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})  # digits the letters never hold


def code_of(number: str, content_hash: str) -> str:
    """``81-6911-000012-K7QXM2P4``; ``content_hash`` is that of the revision the paper shows."""
    mac = settings.KEYS["tokens"].mac(f"{number}|{content_hash}", purpose="receipt")
    return f"{number}-{_letters(mac)}"


def read_code(text: str) -> tuple[str, str] | None:
    """Number and letters of a code as scanned or typed; ``""`` for no letters, ``None`` for no code.

    Thai digits, small letters, spaces and digits mistaken for letters are understood.
    """
    plain = "".join(to_arabic(text).upper().split())
    if _NUMBER.fullmatch(plain):
        return plain, ""
    number, _dash, letters = plain.rpartition("-")
    letters = letters.translate(_MISREAD)
    return (number, letters) if _NUMBER.fullmatch(number) and _LETTERS.fullmatch(letters) else None


def belongs(letters: str, *, number: str, content_hash: str) -> bool:
    """Whether a paper with these letters shows this content, under the present key or an older one."""
    macs = settings.KEYS["tokens"].macs(f"{number}|{content_hash}", purpose="receipt")
    return any(letters == _letters(mac) for mac in macs)


def _letters(mac: str) -> str:
    return base64.b32encode(bytes.fromhex(mac)[:5]).decode()
