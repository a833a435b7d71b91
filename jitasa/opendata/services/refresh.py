"""Make a new version of a dataset when the data have changed since the last one."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from jitasa.audit.services.record import record
from jitasa.compilation.services.moment import one_moment
from jitasa.opendata.datasets import DATASETS, Dataset
from jitasa.opendata.formats import FORMATS
from jitasa.opendata.models import RefreshState, Version
from jitasa.opendata.services.pieces import Piece, are_there, measured, whole, write_piece
from jitasa.opendata.services.retire import retire_old
from jitasa.organizations.viewer import SYSTEM
from jitasa.thai.dates import BANGKOK

FORM = 1  # of the files: grows when the same rows are written differently
CLAIM = timedelta(hours=2)  # after this long, whoever claimed a dataset is taken for dead
FIRST_HOUR = 1  # of the day, in Thailand: the nightly look comes after the last evening's work


def refresh_due(*, now: datetime) -> list[Version]:
    """The nightly look at every dataset not yet looked at today. Cheap when there is nothing to do."""
    local = now.astimezone(BANGKOK)
    night = local.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
    if local < night:
        night -= timedelta(days=1)
    done = set(RefreshState.objects.filter(looked_at__gte=night).values_list("dataset", flat=True))
    made = [refresh(dataset=each, now=now) for each in DATASETS if each.slug not in done]
    return [version for version in made if version is not None]


def refresh(*, dataset: Dataset, now: datetime, everything: bool = False) -> Version | None:
    """A new version if any row changed, else ``None``; ``everything`` writes unchanged parts again, too.

    Also ``None`` while another process is at the same dataset.
    """
    if not _claim(dataset.slug, now):
        return None
    try:
        state = RefreshState.objects.get(pk=dataset.slug)
        shape = _shape(dataset)
        known = {} if everything or state.shape != shape else {each["part"]: each for each in state.pieces}
        pieces = _pieces(dataset, known)
        version = _publish(dataset, pieces, now)
        RefreshState.objects.filter(pk=dataset.slug).update(looked_at=now, shape=shape, pieces=pieces)
        retire_old(dataset=dataset.slug, now=now)
        return version
    finally:
        RefreshState.objects.filter(pk=dataset.slug).update(claimed_at=None)


def _claim(slug: str, now: datetime) -> bool:
    RefreshState.objects.get_or_create(pk=slug)
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return bool(RefreshState.objects.filter(free, pk=slug).update(claimed_at=now))


def _shape(dataset: Dataset) -> str:
    """Changes when rows would be written differently although the data are the same."""
    columns = [(column.key, column.kind) for column in dataset.columns]
    return hashlib.sha256(repr((FORM, settings.SITE_URL, columns)).encode()).hexdigest()


def _pieces(dataset: Dataset, known: dict[str, Piece]) -> list[Piece]:
    """The pieces of today, unchanged ones as they were."""
    pieces = []
    for part, mark in dataset.parts().items():
        before = known.get(part)
        if before is not None and before["mark"] == mark and are_there([before]):
            pieces.append(before)
        elif (piece := _written(dataset, part)) is not None:
            pieces.append({**piece, "mark": mark})
    return pieces


def _written(dataset: Dataset, part: str) -> Piece | None:
    """One part at one moment of the data. SQLite gives that without a transaction, which would keep writers out."""
    if connection.vendor != "postgresql":
        return write_piece(part, dataset.columns, dataset.rows(part))
    with one_moment():
        return write_piece(part, dataset.columns, dataset.rows(part))


def _publish(dataset: Dataset, marked: list[Piece], now: datetime) -> Version | None:
    pieces = [{key: value for key, value in piece.items() if key != "mark"} for piece in marked]
    columns = [column.key for column in dataset.columns]
    content = hashlib.sha256(json.dumps([columns, pieces], sort_keys=True).encode()).hexdigest()
    last = Version.objects.filter(dataset=dataset.slug).order_by("-number").first()
    if last is not None and last.content == content and last.removed_at is None:
        return None
    version = Version(
        dataset=dataset.slug,
        number=last.number + 1 if last else 1,
        made_at=now,
        rows=sum(piece["rows"] for piece in pieces),
        columns=columns,
        pieces=pieces,
        content=content,
    )
    version.files = _files(dataset, version)
    with transaction.atomic():
        version.save(force_insert=True)
        data = {"number": version.number, "rows": version.rows, "content": content}
        record(actor=SYSTEM, verb="opendata.publish", subject=version, data=data, now=now)
    return version


def _files(dataset: Dataset, version: Version) -> dict[str, Any]:
    return {form: measured(whole(form, dataset.columns, version.facts(), version.pieces)) for form in FORMATS}
