"""Walk the chains and find where one does not hold, alone or against heads kept elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Q

from jitasa.audit.hashing import fault_of
from jitasa.audit.models import Chain, Entry
from jitasa.audit.redaction import redaction_fault
from jitasa.audit.selectors.heads import Heads

BATCH = 200


@dataclass(frozen=True)
class Verdict:
    """One chain: its length and end, and its first broken entry if it has one."""

    chain: str
    length: int
    head: str
    broken_number: int | None = None
    reason: str = ""


def verdicts() -> Iterator[Verdict]:
    """Every chain in turn; entries are streamed, so that memory stays flat."""
    for chain in Chain.objects.order_by("key").iterator():
        number, reason = _first_fault(chain)
        yield Verdict(chain.key, chain.length, chain.head, number, reason)


def against(heads: Heads) -> Iterator[Verdict]:
    """The chains that do not lead to the heads kept elsewhere: gone, cut off, or written anew."""
    now = {key: (length, head) for key, length, head in Chain.objects.values_list("key", "length", "head")}
    moved: list[tuple[str, int, str]] = []
    for key, (length, head) in sorted(heads.chains.items()):
        if key not in now:
            yield Verdict(key, 0, "", 1, f"หายไปทั้งสาย (เคยมี {length:,} รายการ)")
        elif now[key][0] < length:
            why = f"ท้ายสายถูกตัด (เคยมี {length:,} รายการ เหลือ {now[key][0]:,})"
            yield Verdict(key, *now[key], now[key][0] + 1, why)
        elif now[key] != (length, head):
            moved.append((key, length, head))
    for key, length in _rewritten(moved):
        yield Verdict(key, *now[key], length, "รายการนี้หรือรายการก่อนหน้าถูกเขียนใหม่")


def _rewritten(heads: list[tuple[str, int, str]]) -> Iterator[tuple[str, int]]:
    """Chain and number of the heads that are no longer the hash of that entry."""
    rest = iter(heads)
    while batch := list(islice(rest, BATCH)):
        places = reduce(or_, (Q(chain=key, number=length) for key, length, _head in batch))
        rows = Entry.objects.filter(places).values_list("chain_id", "number", "hash")
        found = {(key, number): hash_ for key, number, hash_ in rows}
        for key, length, head in batch:
            if found.get((key, length)) != head:
                yield key, length


def _first_fault(chain: Chain) -> tuple[int | None, str]:
    """The number and Thai reason of the first entry that does not fit."""
    expected, previous = 1, ""
    # An entry written while we walk is beyond ``length`` and checked next time.
    rows = Entry.objects.filter(chain=chain, number__lte=chain.length).order_by("number")
    for entry in rows.iterator(chunk_size=2000):
        if entry.number != expected:
            return expected, "รายการนี้หายไป"
        check = fault_of if entry.redacted_at is None else redaction_fault
        if reason := check(entry, chain, previous):
            return entry.number, reason
        expected, previous = expected + 1, entry.hash
    if expected <= chain.length:
        return expected, "รายการนี้หายไป"
    if previous != chain.head:
        return chain.length, "ไม่ตรงกับค่าท้ายสายที่เก็บไว้"
    if Entry.objects.filter(chain=chain, number__gt=Chain.objects.get(pk=chain.pk).length).exists():
        return chain.length + 1, "มีรายการเกินท้ายสาย"
    return None, ""
