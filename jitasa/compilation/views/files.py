"""The list of a compilation's files: how far each is, and having one made."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.compilation.choices import FileKind
from jitasa.compilation.models import Compilation
from jitasa.compilation.services.keep_files import ask_file
from jitasa.compilation.views.compilations import visible
from jitasa.compilation.views.files_list import list_of_files
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal


def to_files(compilation: Compilation, part: str = "") -> str:
    """The list on the compilation's page; ``part``: the province that is chosen there."""
    query = "?" + urlencode({"part": part}) if part else ""
    return f"{reverse('compilation:detail', args=[compilation.pk])}{query}#files"


@officers
@require_GET
def files(request: ViewerRequest, pk: int) -> HttpResponse:
    """The list as a part of the page, which asks for it while something is being made."""
    compilation = visible(request, pk, whole=False)
    return render(request, "compilation/parts/files.html", list_of_files(request, compilation))


@officers
@require_POST
def ask(request: ViewerRequest, pk: int) -> HttpResponse:
    """Have a file made. A program that asks htmx's way gets the list, anybody else the page."""
    kind, part = request.POST.get("kind", ""), request.POST.get("part", "")
    compilation = visible(request, pk, whole=bool(part))
    try:
        if kind not in FileKind.values:
            raise Refusal(_("ไม่มีไฟล์แบบที่เลือก เลือกไฟล์จากรายการ"))
        ask_file(
            actor=request.viewer, compilation=compilation, kind=FileKind(kind), part=part, now=timezone.now()
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(to_files(compilation))
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        return render(request, "compilation/parts/files.html", list_of_files(request, compilation))
    return redirect(to_files(compilation))
