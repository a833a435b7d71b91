"""Reads of the published versions."""

from collections.abc import Sequence

from jitasa.opendata.columns import Column, ValueKind
from jitasa.opendata.datasets import DATASETS, Dataset
from jitasa.opendata.models import Version, VersionQuerySet


def latest_of_all() -> dict[str, Version]:
    """Dataset → its newest version that can be had. One query per dataset."""
    found = {dataset.slug: latest(dataset.slug) for dataset in DATASETS}
    return {slug: version for slug, version in found.items() if version is not None}


def latest(slug: str) -> Version | None:
    return Version.objects.kept().filter(dataset=slug).order_by("-number").first()


def versions(slug: str) -> VersionQuerySet:
    """All versions of a dataset, the newest first, those without files included."""
    return Version.objects.filter(dataset=slug).order_by("-number").defer("pieces")


def columns_of(dataset: Dataset, found: Version) -> Sequence[Column]:
    """The columns as they were in that version: only their keys stand in a file."""
    known = {column.key: column for column in dataset.columns}
    return [known.get(key) or Column(key, ValueKind.TEXT, key, key, "", "") for key in found.columns]
