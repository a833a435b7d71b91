"""A signer's own affairs: the picture of her signature and who stands for her; and a signer no longer in use."""

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.letters.emblem import thumbnail
from jitasa.letters.forms_page import DelegationForm, SignatureForm
from jitasa.letters.models import Signature, Signer
from jitasa.letters.selectors.people import people_of
from jitasa.letters.selectors.signing import delegations_of, own_signers
from jitasa.letters.services.signers import retire_signer, save_signature
from jitasa.letters.views.page_settings import delegate, shown_signers
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal


@fresh_sign_in(when=lambda request: request.POST.get("what") == "delegate")
@officers
def own_signing(request: ViewerRequest) -> HttpResponse:
    """The person's own signature, and from when to when another signs for her."""
    office, now, user = own_office(request), timezone.now(), request.viewer.user
    mine = own_signers(office).filter(user=user)
    if user is None or not Signer.objects.active().filter(user=user, organization=office).exists():
        raise Forbidden(_("เฉพาะผู้ลงนามของหน่วยงาน ผู้ดูแลสำนักงานกำหนดผู้ลงนามที่ ตั้งค่าหนังสือ"))
    what, data = request.POST.get("what", ""), request.POST or None
    picture = SignatureForm(data, request.FILES) if what == "signature" else SignatureForm()
    standing = DelegationForm(
        data if what == "delegate" else None,
        prefix="delegate",
        people=people_of(office.pk, now),
        signers=mine,
    )
    chosen: Any = {"signature": picture, "delegate": standing}.get(what)
    if chosen is not None and chosen.is_valid() and _kept(request, what, chosen):
        messages.success(request, _("บันทึกแล้ว"))
        return redirect("letters:own_signing")
    own = Signature.objects.filter(user=user).first()
    drawn = thumbnail(own.sha256) if own else None
    context = {
        "picture": picture,
        "standing": standing,
        "mine": mine,
        "signature": f"data:image/png;base64,{b64encode(drawn).decode()}" if drawn else "",
        "delegations": shown_signers(delegations_of(office, now).filter(stands_for__in=mine), now, office.pk),
    }
    return render(request, "letters/own_signing.html", context)


def _kept(request: ViewerRequest, what: str, form: Any) -> bool:
    """Keep what was sent; a refusal stands at its field and nothing is kept."""
    try:
        if what == "signature":
            chunks = form.cleaned_data["picture"].chunks()
            save_signature(actor=request.viewer, chunks=chunks, now=timezone.now())
        else:
            delegate(request.viewer, form.cleaned_data)
    except Forbidden:
        raise
    except Refusal as refusal:
        for name, texts in refusal.fields.items():
            form.add_error(name if name in form.fields else None, texts[0])
        return False
    return True


@officers
@require_POST
def signer_retire(request: ViewerRequest, pk: int) -> HttpResponse:
    signer = get_object_or_404(Signer, pk=pk, organization=request.viewer.office_id)
    retire_signer(actor=request.viewer, signer=signer, now=timezone.now())
    messages.success(request, _("เลิกใช้ชื่อผู้ลงนามแล้ว"))
    return redirect("letters:settings")
