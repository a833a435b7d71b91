"""Numbers of the registers: per office, calendar year (B.E.) and kind, from 1, no gap, no double."""

import re
from datetime import datetime

from django.db.models import Max, Q

from jitasa import counters
from jitasa.letters.choices import RegisterKind
from jitasa.letters.models import Letter, LetterSettings, Receipt, Register
from jitasa.letters.rules import number_key
from jitasa.organizations.models import Organization
from jitasa.thai.dates import be_year, today
from jitasa.thai.digits import to_thai

CIRCULARS = (RegisterKind.DISPATCH, RegisterKind.CIRCULAR)
_OF_YEAR = re.compile(r"^0*([1-9]\d{0,7})/(\d{4})$")
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


def next_number(
    *, organization: Organization, kind: RegisterKind, now: datetime, is_circular: bool = False
) -> tuple[int, int]:
    """The next (Buddhist-era year, number) of an office's register: one statement, as a rule.

    Must run in the transaction that stores the number: the register's row is locked until then, so
    that twenty people issuing at once get twenty numbers in a row, and a transaction that fails
    gives its number back. A number that a letter on paper bears already is passed over.
    """
    year = be_year(today(now))
    while True:
        key = {"organization": organization.pk, "year": year, "kind": kind}
        number, typed = counters.next_number(Register, key=key, beside=["typed"])
        if number > typed or not _is_used(organization, kind, year, number, is_circular=is_circular):
            return year, number


def _is_used(
    organization: Organization, kind: RegisterKind, year: int, number: int, *, is_circular: bool
) -> bool:
    if kind == RegisterKind.RECEIPT:
        return is_received(organization, year, number)
    return is_taken(organization, kind, year, number, is_circular=is_circular)


def is_taken(
    organization: Organization, series: RegisterKind, year: int, number: int, *, is_circular: bool
) -> bool:
    """Whether a paper of the office stands at that place of the register, or would bear the same number.

    ว ๔ of a year may stand in either register when the office changed its mind in the middle of it.
    """
    rows = Letter.objects.filter(organization=organization, register_year=year, register_number=number)
    same = Q(series=series)
    if is_circular and series in CIRCULARS:
        same |= Q(series__in=CIRCULARS, is_circular=True)
    return rows.filter(same).exists()


def begin_series(organization: Organization, now: datetime) -> None:
    """Circulars get a register of their own, or lose it: from now on numbers they bear this year are passed over."""
    year = be_year(today(now))
    borne = Letter.objects.filter(
        organization=organization, register_year=year, series__in=CIRCULARS, is_circular=True
    ).aggregate(last=Max("register_number"))["last"]
    for kind in CIRCULARS:
        note_typed(lock_register(organization=organization, kind=kind, year=year), borne or 0)


def is_received(organization: Organization, year: int, number: int, unit: str = "") -> bool:
    """Whether a letter stands at that place of the office's (or its unit's) receive register."""
    return Receipt.objects.filter(organization=organization, unit=unit, year=year, number=number).exists()


def number_text(
    *, settings: LetterSettings | None, series: RegisterKind, year: int, number: int, is_circular: bool
) -> str:
    """The number as printed: ``กบ ๐๐๒๓.๑/ว ๖๕๖๕``; of an order, an announcement or a certificate ``๑/๒๕๖๙``."""
    if series not in (RegisterKind.DISPATCH, RegisterKind.CIRCULAR):
        return to_thai(f"{number}/{year}")
    prefix = settings.number_prefix if settings and settings.number_prefix else ""
    running = f"ว {to_thai(number)}" if is_circular else to_thai(number)
    return f"{to_thai(prefix)}/{running}" if prefix else running


def running_number(
    *,
    settings: LetterSettings | None,
    text: str,
    series: RegisterKind = RegisterKind.DISPATCH,
    year: int | None = None,
) -> int | None:
    """The place in the office's own register a number typed by hand means, or ``None``.

    ``กบ ๐๐๒๓.๑/ว ๖๕๖๕`` is 6565 for the office whose prefix is ``กบ ๐๐๒๓.๑``; a number under another
    unit's prefix stands in that unit's register. ``๑/๒๕๖๙`` of an order is 1 in that year.
    """
    key = number_key(text)
    if series not in (RegisterKind.DISPATCH, RegisterKind.CIRCULAR):
        of_year = _OF_YEAR.match(key)
        return int(of_year[1]) if of_year and int(of_year[2]) == year else None
    prefix = number_key(settings.number_prefix) if settings and settings.number_prefix else ""
    if prefix and not key.startswith(f"{prefix}/"):
        return None
    match = _RUNNING.match(key.removeprefix(f"{prefix}/") if prefix else key)
    return int(match[1]) if match else None


def is_circular_number(text: str) -> bool:
    """Whether a number written on paper is a circular's: ว stands before its running number."""
    return number_key(text).rpartition("/")[2].startswith("ว")
