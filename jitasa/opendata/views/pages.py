"""The pages: what there is, and each dataset with its dictionary and versions."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from jitasa.opendata import catalog
from jitasa.opendata.datasets import DATASETS, Dataset
from jitasa.opendata.formats import FORMATS
from jitasa.opendata.models import Version
from jitasa.opendata.selectors import versions
from jitasa.opendata.views.answers import dataset_or_404
from jitasa.organizations.models import Organization
from jitasa.ui.public_pages import public_page

SHOWN = 30  # versions on a dataset's page
FORM_WORDS = {"csv": "CSV", "json": "JSON", "geojson": "GeoJSON"}


@dataclass(frozen=True)
class File:
    """A download of the newest version."""

    form: str
    label: str
    url: str
    checksum: str
    bytes: int
    sha256: str

    @property
    def size(self) -> str:
        if self.bytes < 1_000_000:
            return f"{max(1, round(self.bytes / 1000)):,} kB"
        return f"{self.bytes / 1_000_000:,.1f} MB"


@dataclass(frozen=True)
class Shown:
    """One dataset in the reader's language."""

    dataset: Dataset
    version: Version | None
    files: list[File]
    title: str
    description: str


@public_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    newest = versions.latest_of_all()
    shown = [_shown(each, newest.get(each.slug)) for each in DATASETS]
    context = {
        "shown": shown,
        "synthetic": Organization.objects.filter(synthetic=True).exists(),
        "licence": _licence(),
    }
    return render(request, "opendata/index.html", context)


@public_page
@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    found = dataset_or_404(slug)
    column = 1 if get_language() == "en" else 0
    context: dict[str, Any] = {
        "shown": _shown(found, versions.latest(slug)),
        "items": [(name[column], value) for name, value in catalog.items(found)],
        "columns": found.columns,
        "versions": versions.versions(slug)[:SHOWN],
        "filter_example": f"{reverse('opendata:download', args=[slug, 'csv'])}?month=2569-11&province=81",
        "licence": _licence(),
    }
    return render(request, "opendata/dataset.html", context)


def _shown(of: Dataset, version: Version | None) -> Shown:
    files = [] if version is None else [_file(of, version, form) for form in FORMATS]
    return Shown(of, version, files, of.words("title"), of.words("description"))


def _file(of: Dataset, version: Version, form: str) -> File:
    address = reverse("opendata:download", args=[of.slug, form])
    stored = version.files[form]
    return File(form, FORM_WORDS[form], address, f"{address}.sha256", stored["bytes"], stored["sha256"])


def _licence() -> dict[str, str]:
    return {"name": settings.OPENDATA_LICENCE_NAME, "url": settings.OPENDATA_LICENCE}
