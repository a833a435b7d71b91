"""What describes the data: the catalogue for harvesters and the dictionaries."""

import csv
import io
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jitasa.opendata.catalog import catalogue
from jitasa.opendata.columns import KIND_WORDS, Column
from jitasa.opendata.selectors.versions import latest_of_all
from jitasa.opendata.views.answers import content_type, dataset_or_404, format_or_404, opened
from jitasa.ui.public_pages import public_file

KEYS = ("key", "type", "type_th", "title_th", "title_en", "meaning_th", "meaning_en")


@public_file
@require_safe
def catalog(_request: HttpRequest) -> HttpResponse:
    """DCAT 3 in JSON-LD."""
    text = json.dumps(catalogue(latest_of_all()), ensure_ascii=False, indent=1)
    return opened(HttpResponse(text, content_type=content_type("jsonld")))


@public_file
@require_safe
def dictionary(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The data dictionary of a dataset as CSV or JSON, in Thai and English."""
    dataset, form = dataset_or_404(slug), format_or_404(form, ("csv", "json"))
    entries = [_entry(column) for column in dataset.columns]
    if form == "json":
        answer: dict[str, Any] = {"dataset": slug, "columns": entries}
        return opened(HttpResponse(json.dumps(answer, ensure_ascii=False), content_type=content_type("json")))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, KEYS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(entries)
    return opened(
        HttpResponse(b"\xef\xbb\xbf" + buffer.getvalue().encode(), content_type=content_type("csv"))
    )


def _entry(column: Column) -> dict[str, str]:
    words = KIND_WORDS[column.kind][0]
    values = (
        column.key,
        column.kind,
        words,
        column.title,
        column.title_en,
        column.meaning,
        column.meaning_en,
    )
    return {key: str(value) for key, value in zip(KEYS, values, strict=True)}
