"""Compilations: the list, and one with its tables and differences."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jitasa.compilation.models import Compilation
from jitasa.compilation.rules import may_compile, may_cover
from jitasa.compilation.selectors.compilations import listed
from jitasa.compilation.selectors.covers import cover_of
from jitasa.compilation.selectors.kept_files import sums_of
from jitasa.compilation.views.files_list import list_of_files, provinces_of
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers, own_office
from jitasa.thai.dates import month_of, today
from jitasa.ui.reading import month_or_none, page_of

PAGE = 30
ROWS = 100
ORDER = (
    "provinces",
    "districts",
    "laos",
    "kinds",
    "occasions",
    "groups",
    "measures",
    "missing",
    "not_reported",
    "nil",
    "periods",
    "trend",
)


@officers
@require_GET
def index(request: ViewerRequest) -> HttpResponse:
    rows = listed(request.viewer, month=_month(request))
    page = page_of(request, rows, PAGE)
    show_posts((row.made_by, row.made_at) for row in page)
    sums = sums_of(page)
    context = {
        "page": page,
        "rows": [(row, sums.get(row.pk)) for row in page],
        "month": _month(request),
        "this_month": month_of(today(timezone.now())),
        "may_compile": may_compile(request.viewer, own_office(request)),
    }
    return render(request, "compilation/list.html", context)


def _month(request: ViewerRequest) -> date | None:
    return month_or_none(request.GET.get("month", ""))


@officers
@require_GET
def detail(request: ViewerRequest, pk: int) -> HttpResponse:
    compilation = visible(request, pk)
    show_posts([(compilation.made_by, compilation.made_at)])
    tables = compilation.tables["tables"]
    names = [name for name in ORDER if name in tables]
    name = request.GET.get("table", names[0])
    table = tables.get(name, tables[names[0]])
    page = page_of(request, table["rows"], ROWS)
    columns = [(kind != "text", title) for _key, title, kind in table["columns"]]
    context = {
        "compilation": compilation,
        "scope": compilation.tables["scope"],
        "totals": compilation.tables["totals"],
        "tabs": [(each, tables[each]["title"], len(tables[each]["rows"])) for each in names],
        "table": table,
        "columns": table["columns"],
        "page": page,
        "rows": [[(value, *column) for value, column in zip(row, columns, strict=True)] for row in page],
        "differences": differences(compilation.differences),
        "others": listed(request.viewer, month=compilation.month).filter(
            organization=compilation.organization
        ),
        "may_compile": may_compile(request.viewer, compilation.organization),
        "may_cover": may_cover(request.viewer, compilation.organization_id),
        "cover": cover_of(compilation),
        "provinces": provinces_of(compilation),
        "part": request.GET.get("part", ""),
        **list_of_files(request, compilation),
    }
    return render(request, "compilation/detail.html", context)


def visible(request: ViewerRequest, pk: int, *, whole: bool = True) -> Compilation:
    """``whole``: with its tables, which are megabytes for the country.

    :raises Http404: there is none, or none this viewer may see.
    """
    rows = Compilation.objects.visible_to(request.viewer).select_related("organization", "made_by")
    return get_object_or_404(rows if whole else rows.defer("tables", "differences"), pk=pk)


SHOWN = 50


def differences(found: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The differences by what they are, the first fifty of each, with how many there are."""
    grouped: dict[str, dict[str, Any]] = {}
    for what, rows in groupby(found, key=lambda each: each["what"]):
        if what == "more":
            for row in rows:
                grouped[row["of"]]["count"] += row["count"]
            continue
        listed_rows = list(rows)
        grouped[what] = {"rows": listed_rows[:SHOWN], "count": len(listed_rows)}
    for group in grouped.values():
        group["hidden"] = group["count"] - len(group["rows"])
    return grouped
