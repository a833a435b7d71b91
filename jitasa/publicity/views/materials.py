"""The library, one material, adding and changing it."""

from typing import Any

import uuid6
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.choices import Licence, MaterialKind
from jitasa.publicity.forms import MaterialForm
from jitasa.publicity.models import Broadcast, Material
from jitasa.publicity.outputs import tables
from jitasa.publicity.selectors.materials import MATERIAL_FILTERS, downloads_of, figures_of, library
from jitasa.publicity.services.files import add_file
from jitasa.publicity.services.materials import NOT_YOURS, content_of, save_material, withdraw_material
from jitasa.publicity.services.remind import mark_seen
from jitasa.publicity.views.access import common, number, refuse, visible_material, workbook_answer
from jitasa.publicity.views.tiles import shown, tiles
from jitasa.publicity.views.uploads import limits, wants_json
from jitasa.thai.dates import today
from jitasa.ui.database import done_if_free
from jitasa.ui.reading import page_of

ROWS = 24
OWN_SHOWN = 10


@officers
@require_GET
def materials(request: ViewerRequest) -> HttpResponse:
    """Cards of the library, by filter, kind, occasion and words."""
    viewer, day = request.viewer, today(timezone.now())
    chosen = request.GET.get("show", "")
    rows = library(viewer, day=day, **_asked(request))
    page = page_of(request, rows, ROWS)
    figures = figures_of(viewer, list(page))
    context = {
        "page": page,
        "cards": [shown(each, day, figures.get(each.pk, (0, 0))) for each in page],
        "chips": [(name, each.label) for name, each in MATERIAL_FILTERS.items()],
        "kinds": MaterialKind.choices,
        "show": chosen if chosen in MATERIAL_FILTERS else "",
        "kind": request.GET.get("kind", ""),
        "q": request.GET.get("q", ""),
        "may_add": rules.may_add_material(viewer),
    }
    return render(request, "publicity/materials.html", common(request, **context))


def _asked(request: ViewerRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {
        "chosen": request.GET.get("show", ""),
        "kind": kind if kind in MaterialKind.values else "",
        "occasion": number(request, "occasion"),
        "text": request.GET.get("q", "")[:200].strip(),
    }


@officers
@require_GET
def materials_xlsx(request: ViewerRequest) -> HttpResponse:
    viewer, day = request.viewer, today(timezone.now())
    rows = list(library(viewer, day=day, **_asked(request)))
    with override("th"):
        return workbook_answer(tables.materials(rows, figures_of(viewer, rows), day), "materials")


@officers
@require_GET
def material(request: ViewerRequest, pk: int) -> HttpResponse:
    """A material with its files, what to do with it, and how much it was used."""
    row, now, viewer = visible_material(request, pk), timezone.now(), request.viewer
    done_if_free(lambda: mark_seen(viewer=viewer, now=now, material_id=row.pk))
    office = own_office(request)
    own = Broadcast.objects.filter(organization=office, material=row).select_related("channel", "campaign")
    campaigns = row.campaigns.filter(deliveries__recipient=office, status="sent").select_related(
        "organization"
    )
    context = {
        "material": row,
        "card": shown(row, today(now), figures_of(viewer, [row]).get(row.pk, (0, 0))),
        "tiles": tiles(row),
        "licence": Licence(row.licence),
        "downloads": downloads_of(viewer, row),
        "own": own.order_by("-on", "-pk")[:OWN_SHOWN],
        "campaigns": campaigns.order_by("-sent_at")[:3],
        "may_edit": rules.may_edit_material(viewer, row),
        "may_use": rules.may_write(viewer),
        "may_send": rules.may_campaign(viewer),
        "limits": limits(),
        "wanted": rules.FILES_OF[row.kind],
    }
    return render(request, "publicity/material.html", common(request, **context))


@officers
def material_new(request: ViewerRequest) -> HttpResponse:
    if not rules.may_add_material(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่เพิ่มสื่อได้"))
    first = {"uuid": uuid6.uuid7(), "occasion": number(request, "occasion") or None}
    form = MaterialForm(request.POST or None, viewer=request.viewer, initial=first)
    if request.method == "POST" and form.is_valid():
        row = _saved(request, form)
        if row is not None:
            problems = take_files(request, row)
            if not problems:
                messages.success(request, _("เพิ่มสื่อในคลังแล้ว"))
            return answer(request, row, problems)
    return _form_page(request, form)


@officers
def material_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    row = visible_material(request, pk)
    if not rules.may_edit_material(request.viewer, row):
        raise Forbidden(_(NOT_YOURS))
    first = vars(content_of(row)) | {"uuid": row.uuid, "occasion": row.occasion_id}
    form = MaterialForm(request.POST or None, viewer=request.viewer, material=row, initial=first)
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["uuid"] = row.uuid
        if _saved(request, form) is not None:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("publicity:material", row.pk)
    return _form_page(request, form, row)


def _form_page(request: ViewerRequest, form: MaterialForm, row: Material | None = None) -> HttpResponse:
    if wants_json(request) and form.errors:
        text = " · ".join(str(each) for errors in form.errors.values() for each in errors)
        return JsonResponse({"error": text}, status=400)
    context = common(request, form=form, material=row, limits=limits())
    return render(request, "publicity/material_form.html", context, status=400 if form.errors else 200)


def _saved(request: ViewerRequest, form: MaterialForm) -> Material | None:
    try:
        return save_material(
            actor=request.viewer, uuid=form.cleaned_data["uuid"], content=form.content(), now=timezone.now()
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        refuse(form, refusal)
        return None


def take_files(request: ViewerRequest, row: Material) -> list[str]:
    """Take every file that was sent; answers why some could not be."""
    problems = []
    given: list[UploadedFile[Any]] = request.FILES.getlist("files")
    for file in given:
        try:
            add_file(actor=request.viewer, material=row, file=file, name=file.name or "", now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            problems.append(refusal.message)
    return problems


def answer(request: ViewerRequest, row: Material, problems: list[str]) -> HttpResponse:
    """Back to the material, with what went wrong; programs of the page get the same as JSON."""
    for text in problems:
        messages.error(request, text)
    if wants_json(request):
        return JsonResponse({"url": reverse("publicity:material", args=[row.pk]), "problems": problems})
    return redirect("publicity:material", row.pk)


@officers
@require_POST
def material_withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    row = visible_material(request, pk)
    try:
        withdraw_material(
            actor=request.viewer, material=row, reason=request.POST.get("reason", ""), now=timezone.now()
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("ถอนสื่อแล้ว การเผยแพร่ที่บันทึกไว้ยังอยู่"))
    return redirect("publicity:material", row.pk)
