"""What the month's commands share: arguments in Thai form, output, refusals as exit codes."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.thai.dates import parse_month

USAGE = 2  # exit code: the command was asked for something that cannot be
REFUSED = 1  # exit code: nothing was done, and why is on stderr


def month_of(text: str) -> date:
    """:raises CommandError: it is no month of a Buddhist-era year."""
    try:
        return parse_month(text)
    except ValueError as error:
        raise CommandError(str(error), returncode=USAGE) from error


def scope_of(code: str) -> Organization:
    """The office with a code; the department without one. :raises CommandError: there is none."""
    if code:
        found = Organization.objects.open().filter(code=code).first()
        if found is None:
            raise CommandError(
                f"ไม่พบหน่วยงานรหัส {code} ใช้รหัสจังหวัด 2 หลัก อำเภอ 4 หลัก หรือ อปท. 8 หลัก", returncode=USAGE
            )
        return found
    department = Organization.objects.open().filter(level=Level.DEPARTMENT).first()
    if department is None:
        raise CommandError("ยังไม่มีทะเบียนหน่วยงาน สั่ง jitasa install ก่อน", returncode=REFUSED)
    return department


def write_out(target: str, chunks: Iterable[bytes]) -> int:
    """Write to a file, or to standard output for ``-``; returns the bytes written.

    A file appears whole or not at all: it is written beside its place and moved there at the end.
    """
    if target == "-":
        written = sum(sys.stdout.buffer.write(chunk) for chunk in chunks)
        sys.stdout.buffer.flush()
        return written
    path = Path(target)
    if not path.parent.is_dir():
        raise CommandError(f"ไม่มีโฟลเดอร์ {path.parent} สร้างก่อน หรือระบุที่อื่น", returncode=USAGE)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            written = sum(file.write(chunk) for chunk in chunks)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return written
