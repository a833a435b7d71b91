"""What the public may fetch: the only place that decides it."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from jitasa.publicity.choices import FileState
from jitasa.publicity.models import Material, MaterialFile


def materials(day: date) -> QuerySet[Material]:
    """Materials an office released to everybody, with ``day`` in their dates of use and something to fetch.

    Newest first; publisher, occasion and the finished files come along (``files_of`` asks no more).
    """
    rows = Material.objects.in_use(day).filter(is_public=True)
    has_file = Q(pk__in=MaterialFile.objects.filter(state=FileState.READY).values("material"))
    rows = rows.filter(has_file | ~Q(words="")).select_related("organization", "occasion")
    return rows.prefetch_related(
        Prefetch("files", MaterialFile.objects.filter(state=FileState.READY), to_attr="ready_files")
    )


def files_of(material: Material) -> list[MaterialFile]:
    """The finished files of a material, in order."""
    ready: list[MaterialFile] | None = getattr(material, "ready_files", None)
    return list(material.files.filter(state=FileState.READY)) if ready is None else ready


def is_preparing(material: Material) -> bool:
    """Whether sizes of one of its pictures are still being made."""
    return material.files.filter(state=FileState.PENDING).exists()


def file(pk: int, day: date) -> MaterialFile | None:
    """One finished file of a material everybody may fetch on ``day``; ``None``: there is none."""
    rows = MaterialFile.objects.filter(pk=pk, state=FileState.READY, material__in=materials(day).values("pk"))
    return rows.select_related("material").first()
