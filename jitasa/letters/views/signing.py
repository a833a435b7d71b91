"""Put before the signer, sign and issue, recall."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.letters import rules
from jitasa.letters.forms_page import RecallForm, SendBackForm, VerifyForm
from jitasa.letters.models import Letter
from jitasa.letters.services.issue import issue, recall
from jitasa.letters.services.signing import ask_signature
from jitasa.letters.services.signing import send_back as send_letter_back
from jitasa.letters.services.verify import verify_date
from jitasa.letters.views.show import letter_page
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal


def visible(request: ViewerRequest, uuid: UUID) -> Letter:
    rows = Letter.objects.visible_to(request.viewer).select_related("organization")
    return get_object_or_404(rows, uuid=uuid)


@officers
@require_POST
def ask(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    letter = visible(request, uuid)
    try:
        ask_signature(actor=request.viewer, letter=letter, now=timezone.now())
    except Refusal as refusal:
        return _back(request, letter, refusal)
    messages.success(request, _("เสนอร่างให้ผู้มีอำนาจลงนามแล้ว"))
    return redirect("letters:show", uuid=uuid)


@officers
@require_POST
def send_back(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The signer sends the draft back with the reason, which stays in the form when it is refused."""
    letter, form = visible(request, uuid), SendBackForm(request.POST)
    if not form.is_valid():
        return letter_page(request, letter, send_back=form)
    reason = form.cleaned_data["reason"]
    send_letter_back(actor=request.viewer, letter=letter, reason=reason, now=timezone.now())
    messages.success(request, _("ส่งร่างกลับไปแก้ไขแล้ว"))
    return redirect("letters:show", uuid=uuid)


@fresh_sign_in()
@officers
@require_POST
def sign(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Sign and issue; with a number typed by hand where one stands on paper already."""
    rows = Letter.objects.visible_to(request.viewer).select_related("organization__letter_settings")
    letter = get_object_or_404(rows, uuid=uuid)
    typed = request.POST.get("typed_number", "")
    try:
        issued = issue(actor=request.viewer, letter=letter, now=timezone.now(), typed_number=typed)
    except Refusal as refusal:
        return _back(request, letter, refusal)
    words = ngettext(
        "ออกเลข %(number)s แล้ว กำลังส่งถึงผู้รับ %(count)s แห่ง",
        "ออกเลข %(number)s แล้ว กำลังส่งถึงผู้รับ %(count)s แห่ง",
        issued.send_total,
    )
    messages.success(request, words % {"number": issued.number, "count": f"{issued.send_total:,}"})
    return redirect("letters:show", uuid=uuid)


def _back(request: ViewerRequest, letter: Letter, refusal: Refusal) -> HttpResponse:
    """To the draft, with what is missing."""
    if isinstance(refusal, Forbidden):
        raise refusal
    for text in [text for texts in refusal.fields.values() for text in texts] or [refusal.message]:
        messages.error(request, text)
    return redirect("letters:edit", uuid=letter.uuid)


@officers
def call_back(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Asks for the reason, says what recalling means, does it."""
    letter = visible(request, uuid)
    if not rules.may_recall(request.viewer, letter):
        raise Forbidden(_("เรียกคืนได้เฉพาะหนังสือที่หน่วยงานของท่านออกเลขแล้ว"))
    form = RecallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        recall(actor=request.viewer, letter=letter, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("เรียกคืนหนังสือแล้ว"))
        return redirect("letters:show", uuid=uuid)
    return render(request, "letters/recall.html", {"form": form, "letter": letter})


@officers
@require_POST
def verify(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Note the day a letter is known to be of; what cannot be read goes back to the letter with the reason."""
    letter = visible(request, uuid)
    if not rules.may_verify(request.viewer, letter):
        raise Forbidden(_("แก้วันที่ถูกต้องตามที่ตรวจสอบได้เฉพาะหน่วยงานเจ้าของหนังสือที่ออกเลขแล้ว"))
    form = VerifyForm(request.POST)
    problem = [str(text) for text in form.errors.get("date_verified", [])]
    if form.is_valid():
        try:
            verify_date(
                actor=request.viewer,
                letter=letter,
                day=form.cleaned_data["date_verified"],
                now=timezone.now(),
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            problem = refusal.fields["date_verified"]
    if problem:
        messages.error(request, problem[0])
    else:
        messages.success(request, _("บันทึกวันที่ถูกต้องตามที่ตรวจสอบ"))
    return redirect("letters:show", uuid=uuid)
