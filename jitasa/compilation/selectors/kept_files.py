"""The files of a compilation that stand on its page: what there is, what is being made, what went wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from jitasa.compilation.choices import WORKING, FileKind, FileState
from jitasa.compilation.models import Compilation, CompilationFile
from jitasa.compilation.outputs import files
from jitasa.compilation.store import path_of
from jitasa.files.reading import may_be_there
from jitasa.organizations.selectors import geography

KEPT_DAYS = {FileKind.PICTURES: 7}  # gigabytes; anything else is small
KEPT_DAYS_USUAL = 90


def is_current(row: CompilationFile, facts: str) -> bool:
    """Whether the file is there and is what would be made now."""
    return row.state == FileState.READY and row.facts == facts and may_be_there(path_of(row.sha256))


def ready_file(compilation: Compilation, kind: FileKind, part: str = "") -> CompilationFile | None:
    """The file, if it may be given as it is."""
    row = CompilationFile.objects.filter(compilation=compilation, kind=kind, part=part).first()
    return row if row is not None and is_current(row, files.facts_of(compilation, kind)) else None


@dataclass(frozen=True)
class FileLine:
    """One line of the list of files; ``row`` is none where nobody has asked for it, or where it is no longer right."""

    kind: FileKind
    part: str
    name: str
    row: CompilationFile | None

    @property
    def label(self) -> str:
        if self.kind == FileKind.LAOS:
            return f"{self.kind.label} · {geography.place_label(self.part)}"
        return str(self.kind.label)


def lines_of(compilation: Compilation) -> list[FileLine]:
    """Every file that there can be of a compilation; of those by province, the ones that somebody asked for."""
    rows = {(row.kind, row.part): row for row in CompilationFile.objects.filter(compilation=compilation)}
    wanted: list[tuple[FileKind, str]] = [(kind, "") for kind in FileKind if kind != FileKind.LAOS]
    wanted += sorted((FileKind.LAOS, part) for kind, part in rows if kind == FileKind.LAOS)
    return [
        FileLine(
            kind, part, file_name(compilation, kind, part), _as_it_is(compilation, rows.get((kind, part)))
        )
        for kind, part in wanted
    ]


def _as_it_is(compilation: Compilation, row: CompilationFile | None) -> CompilationFile | None:
    if row is None or row.state != FileState.READY:
        return row
    return row if is_current(row, files.facts_of(compilation, row.kind)) else None


def is_any_working(lines: Iterable[FileLine]) -> bool:
    return any(line.row is not None and line.row.is_working for line in lines)


def file_name(compilation: Compilation, kind: FileKind, part: str = "") -> str:
    """``jitasa-2569-11-81-1-records.csv``: month, scope, number, what it is."""
    ending, word = files.ENDINGS[kind]
    return files.name_of(compilation, ending, part or word)


@dataclass(frozen=True)
class FileSums:
    """The files of one compilation in a list of compilations."""

    ready: int
    bytes: int
    working: int
    failed: int


def sums_of(compilations: Iterable[Compilation]) -> dict[int, FileSums]:
    """By compilation; one query for a page of them. Only those that somebody asked a file of."""
    rows = CompilationFile.objects.filter(compilation__in=[each.pk for each in compilations])
    found = (
        rows.order_by()
        .values_list("compilation")
        .annotate(
            ready=Count("pk", filter=Q(state=FileState.READY)),
            size=Sum("bytes"),
            working=Count("pk", filter=Q(state__in=WORKING)),
            failed=Count("pk", filter=Q(state=FileState.FAILED)),
        )
    )
    return {pk: FileSums(*sums) for pk, *sums in found}
