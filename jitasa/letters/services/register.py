"""Numbers of the registers: per office, calendar year (B.E.) and kind, from 1, no gap, no double."""

import re
from datetime import datetime

from jitasa import counters
from jitasa.letters.choices import RegisterKind
from jitasa.letters.models import Letter, LetterSettings, Receipt, Register
from jitasa.letters.rules import number_key
from jitasa.organizations.models import Organization
from jitasa.thai.dates import be_year, today
from jitasa.thai.digits import to_thai

_RUNNING = re.compile(r"^(?:ว\.?)?0*([1-9]\d{0,7})$")


def lock_register(*, organization: Organization, kind: RegisterKind, year: int) -> Register:
    """The register's row, locked until the transaction ends; made when the year begins."""
    Register.objects.get_or_create(organization=organization, year=year, kind=kind)
    return Register.objects.select_for_update(no_key=True).get(
        organization=organization, year=year, kind=kind
    )


def note_typed(register: Register, number: int) -> None:
    """A number typed from paper takes its place in the (locked) register."""
    if number > register.typed:
        register.typed = number
        register.save(update_fields=["typed"])


def next_number(*, organization: Organization, kind: RegisterKind, now: datetime) -> tuple[int, int]:
    """The next (Buddhist-era year, number) of an office's register: one statement, as a rule.

    Must run in the transaction that stores the number: the register's row is locked until then, so
    that twenty people issuing at once get twenty numbers in a row, and a transaction that fails
    gives its number back. A number that a letter on paper bears already is passed over.
    """
    year = be_year(today(now))
    taken = is_taken if kind == RegisterKind.DISPATCH else is_received
    while True:
        key = {"organization": organization.pk, "year": year, "kind": kind}
        number, typed = counters.next_number(Register, key=key, beside=["typed"])
        if number > typed or not taken(organization, year, number):
            return year, number


def is_taken(organization: Organization, year: int, number: int) -> bool:
    """Whether a letter of the office stands at that place of its dispatch register."""
    return Letter.objects.filter(
        organization=organization, register_year=year, register_number=number
    ).exists()


def is_received(organization: Organization, year: int, number: int, unit: str = "") -> bool:
    """Whether a letter stands at that place of the office's (or its unit's) receive register."""
    return Receipt.objects.filter(organization=organization, unit=unit, year=year, number=number).exists()


def number_text(*, settings: LetterSettings | None, number: int, is_circular: bool) -> str:
    """The number as printed: ``กบ ๐๐๒๓.๑/ว ๖๕๖๕``."""
    prefix = settings.number_prefix if settings and settings.number_prefix else ""
    running = f"ว {to_thai(number)}" if is_circular else to_thai(number)
    return f"{to_thai(prefix)}/{running}" if prefix else running


def running_number(*, settings: LetterSettings | None, text: str) -> int | None:
    """The place in the office's own register a number typed by hand means, or ``None``.

    ``กบ ๐๐๒๓.๑/ว ๖๕๖๕`` is 6565 for the office whose prefix is ``กบ ๐๐๒๓.๑``; a number under another
    unit's prefix stands in that unit's register.
    """
    key = number_key(text)
    prefix = number_key(settings.number_prefix) if settings and settings.number_prefix else ""
    if prefix and not key.startswith(f"{prefix}/"):
        return None
    match = _RUNNING.match(key.removeprefix(f"{prefix}/") if prefix else key)
    return int(match[1]) if match else None
