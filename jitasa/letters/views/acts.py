"""What an office does with a letter that came: register, stamp, hand over, answer, pass on; and reminding."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.accounts.models import User
from jitasa.letters.choices import LetterKind
from jitasa.letters.forms_way import AnnotationForm, StampForm
from jitasa.letters.models import Letter
from jitasa.letters.selectors.behind import BEHIND
from jitasa.letters.selectors.follow import node_of
from jitasa.letters.services import receive
from jitasa.letters.services.annotate import annotate as write_on_copy
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.pass_on import draft_pass_on
from jitasa.letters.services.pass_on import pass_on as pass_letter_on
from jitasa.letters.services.remind import remind as remind_branch
from jitasa.letters.services.signing import ask_signature
from jitasa.letters.services.stamp import stamp_from_paper
from jitasa.letters.services.to_outside import note_sent
from jitasa.letters.views.access import own_way, visible_letter
from jitasa.letters.views.show import TypedAnswer, letter_page
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal
from jitasa.ui.numerals import figure, shown, whole_in_own_digits
from jitasa.ui.reading import identifier

MOST_ROWS = 50
DRAFTS = {"draft": LetterKind.EXTERNAL, "stamp": LetterKind.STAMPED}


def _back(uuid: UUID) -> HttpResponseRedirect:
    return redirect("letters:show", uuid=uuid)


def _refused(request: ViewerRequest, uuid: UUID, refusal: Refusal) -> HttpResponseRedirect:
    """Back to the letter with the sentence; what is forbidden is a page of its own."""
    if isinstance(refusal, Forbidden):
        raise refusal
    messages.error(request, refusal.message)
    return _back(uuid)


@officers
@require_POST
def register_letter(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """ลงรับ."""
    receipt = receive.register(actor=request.viewer, dispatch=own_way(request, uuid), now=timezone.now())
    words = {
        "number": whole_in_own_digits(receipt.number_text or receipt.number),
        "year": shown(receipt.year),
    }
    messages.success(request, _("ลงรับแล้ว เลขรับที่ %(number)s/%(year)s") % words)
    return _back(uuid)


@officers
@require_POST
def stamp(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """A stamp that stands on the paper already. What is refused, or asked back, stays in the form."""
    way, form = own_way(request, uuid), StampForm(request.POST)
    if not form.is_valid():
        return letter_page(request, way.letter, stamp=form)
    try:
        receipt = stamp_from_paper(
            actor=request.viewer,
            dispatch=way,
            number_text=form.cleaned_data["number"],
            at=form.moment(),
            unit=form.cleaned_data["unit"],
            now=timezone.now(),
        )
    except Refusal as refusal:
        if not refusal.fields:
            return _refused(request, uuid, refusal)
        form.refuse(refusal.fields)
        return letter_page(request, way.letter, stamp=form)
    messages.success(request, _("บันทึกตรารับเลขที่ %s แล้ว") % whole_in_own_digits(receipt.number_text))
    return _back(uuid)


@officers
@require_POST
def assign(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Hand the letter to a person of the office."""
    way = own_way(request, uuid)
    person = User.objects.filter(pk=identifier(request.POST.get("to", "")) or 0).first()
    try:
        receive.assign(actor=request.viewer, dispatch=way, to=person, now=timezone.now())
    except Refusal as refusal:
        return _refused(request, uuid, refusal)
    show_posts([(person, timezone.now())], with_office=False, of=way.recipient_id)
    messages.success(request, _("มอบหมายให้ %s แล้ว") % person if person else _("ยกเลิกการมอบหมายแล้ว"))
    return _back(uuid)


@officers
@require_POST
def answer(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Answer what the letter asks: a word, a file or a short table. What is refused stays in the form."""
    way, now = own_way(request, uuid), timezone.now()
    given: dict[str, Any] = {"text": request.POST.get("text", "")[:5000], "rows": _rows(request, way.letter)}
    try:
        if file := request.FILES.get("file"):
            stored = receive_file(actor=request.viewer, chunks=file.chunks(), name=file.name or "", now=now)
            given["sha256"] = stored.sha256
        receive.answer(actor=request.viewer, dispatch=way, now=now, **given)
    except Refusal as refusal:
        if not refusal.fields:
            return _refused(request, uuid, refusal)
        return letter_page(
            request, way.letter, typed=TypedAnswer(given["text"], given["rows"], refusal.message)
        )
    messages.success(request, _("ส่งคำตอบแล้ว"))
    return _back(uuid)


def _rows(request: ViewerRequest, letter: Letter) -> list[list[str]]:
    """The table's cells, ``cell-<row>-<column>``, without empty rows."""
    columns = range(len(letter.answer_columns))
    rows = [
        [request.POST.get(f"cell-{row}-{column}", "").strip()[:500] for column in columns]
        for row in range(MOST_ROWS)
    ]
    return [row for row in rows if any(row)]


@fresh_sign_in(when=lambda request: request.POST.get("act") not in DRAFTS)
@officers
@require_POST
def pass_on(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """One click: registered, if it was not, then the covering letter, issued and sent.

    ``draft`` registers, too, and opens the covering letter for changes; ``stamp`` the same as a stamped letter.

    What the letter still lacks (a signer, mostly) opens the draft with the reason.
    """
    way, now = own_way(request, uuid), timezone.now()
    if way.registered_at is None:
        receive.register(actor=request.viewer, dispatch=way, now=now)
    act = request.POST.get("act", "")
    letter = draft_pass_on(
        actor=request.viewer, dispatch=way, now=now, kind=DRAFTS.get(act, LetterKind.EXTERNAL)
    )
    if act in DRAFTS:
        return _to_draft(letter)
    try:
        letter = pass_letter_on(actor=request.viewer, dispatch=way, now=now)
    except Forbidden:
        return _before_the_signer(request, letter)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _to_draft(letter)
    words = {"number": whole_in_own_digits(letter.number), "n": figure(letter.send_total)}
    messages.success(request, _("ส่งต่อด้วยหนังสือที่ %(number)s ถึง %(n)s แห่ง") % words)
    return redirect("letters:show", uuid=letter.uuid)


def _before_the_signer(request: ViewerRequest, letter: Letter) -> HttpResponse:
    """Who does not sign lays the covering letter before the signer; what it lacks opens the draft."""
    try:
        ask_signature(actor=request.viewer, letter=letter, now=timezone.now())
    except Forbidden:
        raise
    except Refusal as refusal:
        for text in [text for texts in refusal.fields.values() for text in texts] or [refusal.message]:
            messages.error(request, text)
        return _to_draft(letter)
    messages.success(request, _("ทำหนังสือส่งต่อและเสนอผู้ลงนามแล้ว ส่งถึงผู้รับเมื่อลงนาม"))
    return redirect("letters:show", uuid=letter.uuid)


def _to_draft(letter: Letter) -> HttpResponseRedirect:
    try:
        return redirect(reverse("letters:edit", args=[letter.uuid]))
    except NoReverseMatch:
        return redirect("letters:show", uuid=letter.uuid)


@officers
@require_POST
def annotate(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """เกษียน. What is refused stays in the form."""
    way, form = own_way(request, uuid), AnnotationForm(request.POST)
    if not form.is_valid():
        return letter_page(request, way.letter, annotation=form)
    write_on_copy(actor=request.viewer, dispatch=way, text=form.cleaned_data["text"], now=timezone.now())
    messages.success(request, _("เกษียนหนังสือแล้ว"))
    return _back(uuid)


@officers
@require_POST
def outside_sent(request: ViewerRequest, uuid: UUID, pk: int) -> HttpResponse:
    """The letter went to somebody outside the registry, or goes by mail now."""
    letter = visible_letter(request, uuid)
    row = get_object_or_404(letter.outside_recipients, pk=pk)
    note_sent(actor=request.viewer, recipient=row, now=timezone.now())
    messages.success(request, _("บันทึกการส่งถึง %s แล้ว") % row.name)
    return _back(uuid)


@officers
@require_POST
def remind(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Remind one office (``one`` = office id and what it is behind with) or all of a branch that are behind."""
    letter = visible_letter(request, uuid)
    one, _colon, what = request.POST.get("one", "").partition(":")
    behind = what or request.POST.get("behind", "unopened")
    node = node_of(letter, one or request.POST.get("office", ""))
    if node is None or behind not in BEHIND:
        raise Http404
    now = timezone.now()
    count, later = remind_branch(actor=request.viewer, letter=letter, node=node, behind=behind, now=now)  # type: ignore[arg-type]  # checked against BEHIND
    if later:
        messages.success(request, _("กำลังเตือน %s แห่งในเบื้องหลัง") % figure(count))
    elif count:
        messages.success(request, _("เตือนแล้ว %s แห่ง") % figure(count))
    else:
        messages.info(request, _("ไม่มีหน่วยงานที่ต้องเตือน หรือเตือนไปแล้ววันนี้"))
    back = request.POST.get("back", "")
    own = reverse("letters:follow", args=[uuid])
    return redirect(back if back.startswith(own) else own)
