"""Import a registry file on a screen: upload, see what it would do, confirm."""

import re
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.files import arriving
from jitasa.organizations import registry_file
from jitasa.organizations.forms import ImportForm
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.services.changing import require_editor
from jitasa.organizations.services.import_registry import ImportResult, import_registry, summary
from jitasa.organizations.views.refusals import refused
from jitasa.problems import Refusal
from jitasa.thai.dates import today
from jitasa.ui.reading import day_or_none

FOLDER = "registry-imports"
KEPT = timedelta(days=1)
_SHA256 = re.compile(r"^[0-9a-f]{64}$")
SHOWN = 200


@login_required
def import_upload(request: ViewerRequest) -> HttpResponse:
    """Take a file and show what importing it would do. Nothing changes yet."""
    require_editor(request.viewer)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        as_of = form.cleaned_data["as_of"]
        try:
            result = import_registry(
                data, actor=request.viewer, now=timezone.now(), as_of=as_of, dry_run=True
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            _keep(result.sha256, data)
            request.session["registry_import"] = result.sha256
            return render(request, "organizations/import_review.html", _shown(result, as_of))
    return render(request, "organizations/import.html", {"form": form})


@login_required
@require_GET
def template(request: ViewerRequest) -> HttpResponse:
    """The file to fill in."""
    require_editor(request.viewer)
    name = "registry-template.csv"
    return HttpResponse(
        registry_file.template(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
def import_confirm(request: ViewerRequest) -> HttpResponse:
    """Import the file whose dry run the same person has just seen."""
    require_editor(request.viewer)
    if request.method != "POST":
        return redirect("organizations:import")
    sha256 = request.POST.get("sha256", "")
    if not _SHA256.match(sha256) or request.session.get("registry_import") != sha256:
        raise Http404
    data = _kept(sha256)
    if data is None:
        messages.error(request, _("ไฟล์นี้ไม่อยู่แล้ว ส่งไฟล์ใหม่อีกครั้ง"))
        return redirect("organizations:import")
    as_of = day_or_none(request.POST.get("as_of", ""), near=today(timezone.now()))
    if as_of is None and request.POST.get("as_of"):
        raise Refusal(_("อ่านวันที่ของข้อมูลไม่ได้ ส่งไฟล์เพื่อตรวจใหม่อีกครั้ง"), code="invalid")
    on_error = "abort" if request.POST.get("on_error") == "abort" else "report"
    result = import_registry(
        data,
        actor=request.viewer,
        now=timezone.now(),
        as_of=as_of,
        on_error="abort" if on_error == "abort" else "report",
    )
    _forget(sha256)
    request.session.pop("registry_import", None)
    return render(request, "organizations/import_review.html", _shown(result, as_of))


def _keep(sha256: str, data: bytes) -> None:
    """Keep the file until it is confirmed, where any host finds it; forget those nobody confirmed for a day."""
    if arriving.together():
        for begun, at in arriving.begun(FOLDER).items():
            if timezone.now() - at > KEPT:
                arriving.forget(begun)
        arriving.add(f"{FOLDER}/{sha256}", 0, data)
        return
    if default_storage.exists(FOLDER):
        for name in default_storage.listdir(FOLDER)[1]:
            path = f"{FOLDER}/{name}"
            if timezone.now() - default_storage.get_modified_time(path) > KEPT:
                default_storage.delete(path)
    name = f"{FOLDER}/{sha256}.csv"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))


def _kept(sha256: str) -> bytes | None:
    try:
        with (
            arriving.content(f"{FOLDER}/{sha256}")
            if arriving.together()
            else default_storage.open(f"{FOLDER}/{sha256}.csv")
        ) as file:
            found: bytes = file.read()
    except FileNotFoundError:
        return None
    return found


def _forget(sha256: str) -> None:
    if arriving.together():
        arriving.forget(f"{FOLDER}/{sha256}")
    else:
        default_storage.delete(f"{FOLDER}/{sha256}.csv")


def _shown(result: ImportResult, as_of: Any) -> dict[str, Any]:
    return {
        "result": result,
        "summary": summary(result),
        "as_of": as_of,
        "changes": result.changes[:SHOWN],
        "problems": result.problems[:SHOWN],
        "notes": result.notes[:SHOWN],
        "doubts": result.doubts[:SHOWN],
        "shown": SHOWN,
    }
