"""Numbers of the registers: per office, calendar year (B.E.) and kind, from 1, no gap, no double."""

from datetime import datetime

from jitasa.letters.choices import RegisterKind
from jitasa.letters.models import LetterSettings, Register
from jitasa.organizations.models import Organization
from jitasa.thai.dates import be_year, today
from jitasa.thai.digits import to_thai


def next_number(*, organization: Organization, kind: RegisterKind, now: datetime) -> tuple[int, int]:
    """The next (Buddhist-era year, number) of an office's register.

    Must run in the transaction that stores the number: the register's row is locked until then, so
    that twenty people issuing at once get twenty numbers in a row, and a transaction that fails
    gives its number back.
    """
    year = be_year(today(now))
    Register.objects.get_or_create(organization=organization, year=year, kind=kind)
    register = Register.objects.select_for_update().get(organization=organization, year=year, kind=kind)
    register.last += 1
    register.save(update_fields=["last"])
    return year, register.last


def number_text(*, settings: LetterSettings | None, number: int, is_circular: bool) -> str:
    """The number as printed: ``กบ ๐๐๒๓.๑/ว ๖๕๖๕``."""
    prefix = settings.number_prefix if settings and settings.number_prefix else ""
    running = f"ว {to_thai(number)}" if is_circular else to_thai(number)
    return f"{to_thai(prefix)}/{running}" if prefix else running
