"""Remind all local governments that lack something, from the list of them: two clicks from a board."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jitasa.compilation.rules import may_remind
from jitasa.compilation.selectors.chase import GROUPS, Chased, ChaseGroup, chased, to_remind
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.remind import remind
from jitasa.compilation.views.access import check_month
from jitasa.compilation.views.acts import tell_outcome
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import officers, visible_office
from jitasa.problems import Forbidden, Refusal
from jitasa.rounds.selectors.rounds import round_for
from jitasa.thai.dates import today
from jitasa.ui.reading import page_of

PAGE = 100


@officers
@require_http_methods(["GET", "POST"])
def page(request: ViewerRequest, month: date, pk: int, who: str) -> HttpResponse:
    """The list, whom to chase first at its top; a POST reminds everybody on it.

    ``count`` says how many the button promised: when it is another number by now, nobody is told and the
    page is shown again.
    """
    office, group, now = visible_office(request, pk), GROUPS.get(who), timezone.now()
    if group is None or office.is_lao:
        raise Http404
    if not may_remind(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของกรม จังหวัด และอำเภอที่เตือนหน่วยงานได้"))
    lines = chased(ReportScope(office, check_month(month)), group, now)
    told = to_remind(lines, now)
    if request.method == "POST" and _remind(request, month, told, now):
        return redirect("compilation:board_of", month=month, pk=pk)
    return render(
        request, "compilation/chase.html", _context(request, month, office, group, lines, told, now)
    )


def _remind(request: ViewerRequest, month: date, told: list[Organization], now: datetime) -> bool:
    """Whether they were told."""
    if request.POST.get("count") != str(len(told)):
        messages.warning(request, _("จำนวนเปลี่ยนไประหว่างที่เปิดหน้านี้ ยังไม่ได้เตือนใคร ตรวจรายชื่อแล้วกดเตือนอีกครั้ง"))
        return False
    try:
        outcome = remind(
            actor=request.viewer,
            organizations=told,
            month=month,
            message=request.POST.get("message", "")[:500],
            now=now,
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return False
    tell_outcome(request, outcome)
    return True


def _context(
    request: ViewerRequest,
    month: date,
    office: Organization,
    group: ChaseGroup,
    lines: list[Chased],
    told: list[Organization],
    now: datetime,
) -> dict[str, Any]:
    due_on = round_for(month).due_on
    return {
        "month": month,
        "office": office,
        "group": group,
        "page": page_of(request, lines, PAGE),
        "total": len(lines),
        "months": max((line.months for line in lines), default=0),
        "told": len(told),
        "told_ids": {each.pk for each in told},
        "days_late": max(0, (today(now) - due_on).days),
        "message": request.POST.get("message", ""),
    }
