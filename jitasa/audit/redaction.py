"""Taking personal data out of an entry without breaking its chain (docs/adr/0029).

A chain binds ``hash = SHA-256(hash before + content_mac)``, and ``content_mac`` is an HMAC of the content. An
entry whose content is reduced keeps that code (``redacted_mac``), so that the hashes of all later entries,
and the heads kept off the machine, still hold. The code alone says nothing about what was taken out. What
is left is sealed anew together with it (``redaction_seal``): without the audit's key nobody reduces an
entry, nor alters one that was reduced.
"""

from jitasa.audit.hashing import _content, _text, fault_of, link, ring
from jitasa.audit.models import Chain, Entry, Scheme

PURPOSE = "audit.redaction"


def seal_redacted(entry: Entry) -> str:
    """The keyed hash of what is left of an entry, its place and the code of what it said before."""
    place = [entry.chain_id, entry.number, entry.hash, entry.redacted_mac]
    return ring().mac(_text([place, _content(entry)]), purpose=PURPOSE)


def mac_before(entry: Entry, chain: Chain, before: str) -> str | None:
    """The code of the entry's full content, to be kept; ``None`` when the entry does not hold already.

    Entries from before the keys have none: their hash stands for itself.
    """
    if entry.redacted_at is not None:
        return entry.redacted_mac if not redaction_fault(entry, chain, before) else None
    if fault_of(entry, chain, before):
        return None
    if entry.scheme == Scheme.PLAIN:
        return ""
    macs = ring().macs(_text(_content(entry)), purpose="audit.content")
    return next((mac for mac in macs if link(before, mac) == entry.hash), None)


def redaction_fault(entry: Entry, chain: Chain, before: str) -> str:
    """The Thai reason why a reduced entry does not fit behind the hash ``before``; empty when it does."""
    place = [entry.chain_id, entry.number, entry.hash, entry.redacted_mac]
    if not ring().matches(entry.redaction_seal, _text([place, _content(entry)]), purpose=PURPOSE):
        return "เนื้อหาที่เหลือหลังลบข้อมูลส่วนบุคคลถูกแก้ไข"
    if entry.number <= chain.plain_length:
        fits = entry.scheme == Scheme.PLAIN and entry.previous_hash == before
        if entry.number == chain.plain_length:
            end = _text([chain.key, entry.number, entry.hash])
            fits = fits and ring().matches(chain.anchor, end, purpose="audit.anchor")
    else:
        fits = entry.scheme == Scheme.KEYED and link(before, entry.redacted_mac) == entry.hash
        seal = _text([chain.key, entry.number, entry.hash])
        fits = fits and ring().matches(entry.seal, seal, purpose="audit.seal")
    return "" if fits else "ไม่ต่อจากรายการก่อนหน้า"
