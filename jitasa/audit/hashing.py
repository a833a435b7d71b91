"""How an entry is bound to its content, its place and everything before it (docs/adr/0022).

Two schemes. *Plain* (1, up to the migration that brought keys): a hash over content and the hash before.
*Keyed* (2): with the audit's own key ``settings.KEYS["audit"]``

* ``content_mac`` = HMAC(content), not stored
* ``hash``        = SHA-256(hash before + content_mac), which the database itself can compute
* ``seal``        = HMAC(chain, number, hash)

Without the key nobody makes a ``content_mac`` or a ``seal``; with it the hash of any entry still stands
for all entries before it, which heads kept off the machine show.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.conf import settings

from jitasa.audit.models import Chain, Entry, Scheme
from jitasa.keys import KeyRing


def ring() -> KeyRing:
    return settings.KEYS["audit"]


def content_mac(entry: Entry) -> str:
    """The keyed hash of what the entry says, under the current key."""
    return ring().mac(_text(_content(entry)), purpose="audit.content")


def link(before: str, mac: str) -> str:
    """The hash of an entry: over the hash before it and its own content."""
    return hashlib.sha256((before + mac).encode()).hexdigest()


def seal(chain: str, number: int, hash_: str) -> str:
    """The keyed hash of an entry's place."""
    return ring().mac(_text([chain, number, hash_]), purpose="audit.seal")


def anchor(chain: str, length: int, head: str) -> str:
    """The keyed hash of the end of a chain's plain part, made when the keyed scheme came."""
    return ring().mac(_text([chain, length, head]), purpose="audit.anchor")


def fault_of(entry: Entry, chain: Chain, before: str) -> str:
    """The Thai reason why ``entry`` does not fit behind the hash ``before``; empty when it does."""
    if entry.number <= chain.plain_length:
        return _plain_fault(entry, chain, before)
    if entry.scheme != Scheme.KEYED:
        return "ไม่ได้ลงนามด้วยกุญแจ"
    macs = ring().macs(_text(_content(entry)), purpose="audit.content")
    if entry.hash not in [link(before, mac) for mac in macs]:
        return "เนื้อหาถูกแก้ไข หรือไม่ต่อจากรายการก่อนหน้า"
    place = _text([chain.key, entry.number, entry.hash])
    return "" if ring().matches(entry.seal, place, purpose="audit.seal") else "ตราของรายการไม่ถูกต้อง"


def plain_hash(entry: Entry) -> str:
    """SHA-256 over the entry's content and the hash before it: the scheme before keys."""
    content = _content(entry)
    text = _text([content[0], entry.number, *content[1:], entry.previous_hash])
    return hashlib.sha256(text.encode()).hexdigest()


def _plain_fault(entry: Entry, chain: Chain, before: str) -> str:
    if entry.previous_hash != before:
        return "ไม่ต่อจากรายการก่อนหน้า"
    if entry.scheme != Scheme.PLAIN or entry.hash != plain_hash(entry):
        return "เนื้อหาถูกแก้ไข"
    if entry.number < chain.plain_length:
        return ""
    end = _text([chain.key, entry.number, entry.hash])
    return "" if ring().matches(chain.anchor, end, purpose="audit.anchor") else "ตราของช่วงก่อนใช้กุญแจไม่ถูกต้อง"


def _content(entry: Entry) -> list[Any]:
    return [
        entry.chain_id,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.office_id,
        entry.office_name,
        entry.address,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.subject_name,
        _canonical(entry.data),
    ]


def _canonical(value: Any) -> Any:
    """One spelling of a number: a database may store 1e+16 and give 10000000000000000 back."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return value


def _text(content: list[Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
