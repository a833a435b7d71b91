"""The list "to be checked": facts that imports left out, noted and settled."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations.models import Organization
from jitasa.organizations.models.doubt import RegistryDoubt
from jitasa.organizations.registry_row import RegistryRow, RowProblem
from jitasa.organizations.services.changing import require_editor
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal

Noted = tuple[str, RowProblem]  # the office's code, and what is doubtful about it
BATCH = 300


def not_yet_noted(rows: Collection[RegistryRow]) -> list[Noted]:
    """Doubts of a file's rows that are on no list yet, settled or not."""
    said = [(row.code, doubt) for row in rows for doubt in row.doubts]
    known: set[tuple[str, str, str]] = set()
    codes = sorted({code for code, _doubt in said})
    for start in range(0, len(codes), BATCH):
        offices = Organization.objects.open().filter(code__in=codes[start : start + BATCH])
        among = RegistryDoubt.objects.filter(organization__in=offices)
        known |= set(among.values_list("organization__code", "column", "value"))
    return [(code, doubt) for code, doubt in said if (code, doubt.column, doubt.value[:200]) not in known]


def offices_to_check(noted: Iterable[Noted]) -> int:
    """How many offices stand in the list "to be checked" once these are put on it."""
    waiting = RegistryDoubt.objects.filter(settled_at=None).values_list("organization__code", flat=True)
    return len({*waiting, *(code for code, _doubt in noted)})


def note_doubts(noted: Iterable[Noted], *, now: datetime) -> None:
    """Put doubts on the list, inside the import's transaction, once its offices are written."""
    pairs = list(noted)
    codes = sorted({code for code, _doubt in pairs})
    ids: dict[str, int] = {}
    for start in range(0, len(codes), BATCH):
        offices = Organization.objects.open().filter(code__in=codes[start : start + BATCH])
        ids |= dict(offices.values_list("code", "pk"))
    RegistryDoubt.objects.bulk_create(
        (
            RegistryDoubt(
                organization_id=ids[code],
                column=doubt.column,
                value=doubt.value[:200],
                reason=doubt.reason[:300],
                noted_at=now,
            )
            for code, doubt in pairs
            if code in ids
        ),
        batch_size=BATCH,
    )


def mended(organization: Organization, *columns: str, now: datetime) -> None:
    """What was doubtful about these columns is set by hand now: take it off the list."""
    open_ones = RegistryDoubt.objects.filter(organization=organization, settled_at=None, column__in=columns)
    open_ones.update(settled_at=now)


def settle(*, actor: Viewer, doubt: RegistryDoubt, now: datetime) -> RegistryDoubt:
    """Say that somebody has looked, and that the registry is right as it is.

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: it is off the list already.
    """
    require_editor(actor)
    with transaction.atomic():
        row = (
            RegistryDoubt.objects.select_for_update(no_key=True)
            .select_related("organization")
            .get(pk=doubt.pk)
        )
        if row.settled_at is not None:
            raise Refusal(_("รายการนี้ตรวจสอบไปแล้ว"), code="unchanged")
        row.settled_at = now
        row.save(update_fields=["settled_at"])
        data = {"column": row.column, "value": row.value}
        record(actor=actor, verb="registry.settle_doubt", subject=row.organization, data=data, now=now)
    return row
