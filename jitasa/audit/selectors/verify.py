"""Walk the chains and find where one does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from jitasa.audit.models import Chain, Entry
from jitasa.audit.services.record import entry_hash


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


def _first_fault(chain: Chain) -> tuple[int | None, str]:
    """The number and Thai reason of the first entry that does not fit."""
    expected, previous = 1, ""
    # An entry written while we walk is beyond ``length`` and checked next time.
    rows = Entry.objects.filter(chain=chain, number__lte=chain.length).order_by("number")
    for entry in rows.iterator(chunk_size=2000):
        if entry.number != expected:
            return expected, "รายการนี้หายไป"
        if entry.previous_hash != previous:
            return entry.number, "ไม่ต่อจากรายการก่อนหน้า"
        if entry.hash != entry_hash(entry):
            return entry.number, "เนื้อหาถูกแก้ไข"
        expected, previous = expected + 1, entry.hash
    if expected <= chain.length:
        return expected, "รายการนี้หายไป"
    if previous != chain.head:
        return chain.length, "ไม่ตรงกับค่าท้ายสายที่เก็บไว้"
    if Entry.objects.filter(chain=chain, number__gt=Chain.objects.get(pk=chain.pk).length).exists():
        return chain.length + 1, "มีรายการเกินท้ายสาย"
    return None, ""
