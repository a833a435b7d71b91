"""Register a letter that came on paper or by mail."""

import uuid6
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jitasa.letters import rules
from jitasa.letters.choices import Secrecy
from jitasa.letters.forms_way import OutsideForm
from jitasa.letters.models import Letter
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.outside import register_outside
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal


@officers
@require_http_methods(["GET", "POST"])
def outside(request: ViewerRequest) -> HttpResponse:
    """The form, and what came of it: a letter in the inbox with its number of receipt."""
    if not rules.may_keep_registers(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่ลงรับหนังสือได้"))
    form = OutsideForm(request.POST or None, request.FILES or None, initial={"uuid": uuid6.uuid7()})
    if request.method == "POST" and form.is_valid():
        letter = _register(request, form)
        if letter is not None:
            messages.success(request, _("ลงรับหนังสือแล้ว"))
            return redirect("letters:show", uuid=letter.uuid)
    return render(request, "letters/outside.html", {"form": form}, status=400 if form.errors else 200)


def _register(request: ViewerRequest, form: OutsideForm) -> Letter | None:
    """The letter, or nothing with the reasons on the form. A classified letter's scan is not even kept."""
    now, scan = timezone.now(), form.cleaned_data.get("scan")
    try:
        sha256 = ""
        if scan and form.cleaned_data["secrecy"] == Secrecy.NONE:
            sha256 = receive_file(
                actor=request.viewer, chunks=scan.chunks(), name=scan.name or "", now=now
            ).sha256
        return register_outside(actor=request.viewer, uuid=form.key(), given=form.values(sha256), now=now)
    except Forbidden:
        raise
    except Refusal as refusal:
        form.refuse(refusal.fields, refusal.message)
        return None
