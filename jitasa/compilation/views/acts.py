"""Chase and compile."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jitasa.compilation.choices import FileKind
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.cover import write_cover, write_memo
from jitasa.compilation.services.keep_files import ask_file
from jitasa.compilation.services.remind import RemindOutcome
from jitasa.compilation.services.remind import remind as remind_offices
from jitasa.compilation.views.access import check_month
from jitasa.compilation.views.compilations import visible
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.ui.reading import identifier

MOST = 500


@officers
@require_POST
def remind(request: ViewerRequest, month: date) -> HttpResponse:
    """Remind the chosen offices (``office``, repeated); ``force`` also those reminded within the hour."""
    check_month(month)
    ids = _ids(request)
    offices = list(Organization.objects.visible_to(request.viewer).filter(pk__in=ids).order_by("code", "pk"))
    if len(offices) != len(ids):
        raise Http404
    try:
        outcome = remind_offices(
            actor=request.viewer,
            organizations=offices,
            month=month,
            message=request.POST.get("message", "")[:500],
            force=bool(request.POST.get("force")),
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        tell_outcome(request, outcome)
    return _back(request, month)


def _ids(request: ViewerRequest) -> set[int]:
    asked = [identifier(text) for text in request.POST.getlist("office")[:MOST]]
    found = {pk for pk in asked if pk is not None}
    if None in asked:
        raise Http404
    return found


def tell_outcome(request: ViewerRequest, outcome: RemindOutcome) -> None:
    """Say how many were reminded, and how many were not because they have just been."""
    reminded, skipped = len(outcome.reminded), len(outcome.skipped)
    if reminded:
        words = ngettext("เตือนแล้ว %(n)d แห่ง", "เตือนแล้ว %(n)d แห่ง", reminded) % {"n": reminded}
        messages.success(request, words)
    if skipped:
        words = _("%(n)d แห่งเพิ่งได้รับการเตือนภายใน 1 ชั่วโมง จึงไม่ส่งซ้ำ เลือก “เตือนซ้ำได้” หากจำเป็น")
        messages.warning(request, words % {"n": skipped})


def _back(request: ViewerRequest, month: date) -> HttpResponse:
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return HttpResponseRedirect(back)
    return redirect("compilation:board_month", month=month)


@officers
@require_POST
def compile_month(request: ViewerRequest, month: date) -> HttpResponse:
    """Compile the month of the viewer's own office."""
    check_month(month)
    try:
        result = compile_round(
            actor=request.viewer, organization=own_office(request), month=month, now=timezone.now()
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("compilation:board_month", month=month)
    if result.is_new:  # the report is what everybody comes for: it is on its way when the page is there
        ask_file(
            actor=request.viewer, compilation=result.compilation, kind=FileKind.REPORT, now=timezone.now()
        )
    words = (
        _("รวบรวมแล้ว เป็นฉบับที่ %(number)d")
        if result.is_new
        else _("ไม่มีอะไรเปลี่ยนจากฉบับที่ %(number)d จึงไม่ทำฉบับใหม่")
    )
    messages.success(request, words % {"number": result.compilation.number})
    return redirect("compilation:detail", pk=result.compilation.pk)


@officers
@require_POST
def cover(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write the cover letter of a compilation as a draft, and go on in it."""
    letter = write_cover(actor=request.viewer, compilation=visible(request, pk), now=timezone.now())
    return redirect("letters:show" if letter.number else "letters:edit", uuid=letter.uuid)


@officers
@require_POST
def memo(request: ViewerRequest, month: date) -> HttpResponse:
    """Write the memorandum of the viewer's own local government as a draft, and go on in it."""
    check_month(month)
    office = own_office(request)
    letter = write_memo(actor=request.viewer, organization=office, month=month, now=timezone.now())
    return redirect("letters:show" if letter.number else "letters:edit", uuid=letter.uuid)
