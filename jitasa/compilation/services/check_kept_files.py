"""Files that a row promises and the disk does not have (part of ``jitasa check``)."""

from collections.abc import Iterator
from datetime import datetime

from jitasa.checking import Check, Difference
from jitasa.compilation.choices import FileState
from jitasa.compilation.models import CompilationFile
from jitasa.compilation.store import path_of
from jitasa.files.reading import is_kept
from jitasa.thai.dates import month_slug


def differences() -> Iterator[Difference]:
    rows = CompilationFile.objects.filter(state=FileState.READY).select_related("compilation__organization")
    for row in rows.order_by("pk").iterator():
        if not is_kept(path_of(row.sha256)):
            compilation = row.compilation
            where = (
                f"{compilation.organization.code} {month_slug(compilation.month)}/{compilation.number} {row}"
            )
            yield Difference("compilation.file", where, row.sha256, "", (row.pk,))


def repair(found: Difference, _now: datetime) -> None:
    """The row goes; the file is made anew when somebody asks for it."""
    CompilationFile.objects.filter(pk=found.key[0]).delete()


CHECK = Check("compilation.file", differences, repair)
