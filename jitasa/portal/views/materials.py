"""Material that offices released to everybody, to take and use."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jitasa.portal.views.page import page
from jitasa.publicity.choices import FileKind, MaterialKind, Variant
from jitasa.publicity.models import Material, MaterialFile
from jitasa.publicity.selectors import public
from jitasa.thai.dates import today
from jitasa.ui.reading import page_of

PER_PAGE = 24


@page
def materials(request: HttpRequest) -> HttpResponse:
    """What may be fetched today, the newest first; ``kind`` narrows it."""
    kind = request.GET.get("kind", "")
    rows = public.materials(today(timezone.now()))
    if kind in MaterialKind.values:
        rows = rows.filter(kind=kind)
    shown = page_of(request, rows, PER_PAGE)
    for row in shown.object_list:
        row.picture = _picture(row)
    return render(
        request, "portal/materials.html", {"shown": shown, "kinds": MaterialKind.choices, "kind": kind}
    )


@page
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One material with its files; gone the day its time is over or its office takes it back."""
    row = public.materials(today(timezone.now())).filter(pk=pk).first()
    if row is None:
        raise Http404
    files = [(file, _copies(file)) for file in public.files_of(row)]
    context = {
        "material": row,
        "files": files,
        "picture": _picture(row),
        "is_preparing": public.is_preparing(row),
    }
    return render(request, "portal/material.html", context)


def _picture(row: Material) -> MaterialFile | None:
    """The file whose small copy stands for the material."""
    files = (file for file in public.files_of(row) if file.kind == FileKind.IMAGE)
    return next((file for file in files if Variant.THUMB.value in file.copies), None)


def _copies(file: MaterialFile) -> list[tuple[str, str, int, int, int]]:
    """(variant, words, width, height, bytes) of what can be fetched of a file."""
    if file.kind != FileKind.IMAGE:
        return [(Variant.ORIGINAL.value, "", file.width, file.height, file.bytes)]
    listed = [each for each in Variant if each.value in file.copies and each != Variant.THUMB]
    return [(each.value, str(each.label), *file.copies[each.value]) for each in listed]
