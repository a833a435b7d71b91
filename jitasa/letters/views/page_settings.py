"""Letterhead, number prefix, signers, groups of recipients."""

from base64 import b64encode

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.services import groups
from jitasa.letters.emblem import thumbnail
from jitasa.letters.forms_page import GroupForm, OfficeSettingsForm, SignerForm
from jitasa.letters.models import LetterSettings, Signer
from jitasa.letters.services import settings as service
from jitasa.letters.services.files import receive_file
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.rules import lao_code
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.sorting import by_dictionary


@officers
def settings(request: ViewerRequest) -> HttpResponse:
    """Three forms on one page; the button that was pressed says which one was sent."""
    office = service.office_of(request.viewer)
    stored = LetterSettings.objects.filter(organization=office).first()
    what = request.POST.get("what", "")
    data, files = request.POST or None, request.FILES or None
    forms: dict[str, BaseForm] = {
        "head": OfficeSettingsForm(
            data if what == "head" else None, files if what == "head" else None, instance=stored
        ),
        "signer": SignerForm(data if what == "signer" else None, prefix="signer"),
        "group": GroupForm(data if what == "group" else None, prefix="group"),
    }
    chosen = forms.get(what)
    if chosen is not None and chosen.is_valid():
        try:
            _keep(request, what, chosen.cleaned_data)
        except Refusal as refusal:
            if isinstance(refusal, Forbidden):
                raise
            for name, texts in refusal.fields.items():
                place = "emblem_file" if name == "file" else name
                chosen.add_error(place if place in chosen.fields else None, texts[0])
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("letters:settings")
    small = thumbnail(stored.emblem) if stored and stored.emblem else None
    context = {
        "forms": forms,
        "emblem": f"data:image/png;base64,{b64encode(small).decode()}" if small else "",
        "settings": stored,
        "signers": Signer.objects.active().filter(organization=office),
        "groups": by_dictionary(
            RecipientGroup.objects.filter(organization=office).prefetch_related("members").order_by("pk"),
            lambda group: group.name,
        ),
    }
    return render(request, "letters/settings.html", context)


def _keep(request: ViewerRequest, what: str, given: dict[str, object]) -> None:
    actor, now = request.viewer, timezone.now()
    if what == "head":
        file = request.FILES.get("emblem_file")
        emblem = (
            receive_file(actor=actor, chunks=file.chunks(), name=file.name or "", now=now) if file else None
        )
        texts = {name: str(text) for name, text in given.items() if name != "emblem_file"}
        service.save_settings(actor=actor, texts=texts, emblem=emblem, now=now)
    elif what == "signer":
        service.add_signer(actor=actor, texts={name: str(text) for name, text in given.items()}, now=now)
    else:
        codes = [lao_code(code) for code in str(given["codes"]).replace(",", " ").split()]
        groups.save_group(actor=actor, name=str(given["name"]), codes=codes, now=now)


@officers
@require_POST
def signer_retire(request: ViewerRequest, pk: int) -> HttpResponse:
    signer = get_object_or_404(Signer, pk=pk, organization=request.viewer.office_id)
    service.retire_signer(actor=request.viewer, signer=signer, now=timezone.now())
    messages.success(request, _("เลิกใช้ชื่อผู้ลงนามแล้ว"))
    return redirect("letters:settings")


@officers
@require_POST
def group_remove(request: ViewerRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(RecipientGroup, pk=pk, organization=request.viewer.office_id)
    groups.remove_group(actor=request.viewer, group=group, now=timezone.now())
    messages.success(request, _("ลบกลุ่มแล้ว"))
    return redirect("letters:settings")
