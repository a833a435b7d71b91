"""The rounds: a list of months, and one month with its rules and their history."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal
from jitasa.rounds.choices import REQUIRABLE
from jitasa.rounds.forms import RoundForm, add_refusal
from jitasa.rounds.models import Round
from jitasa.rounds.rules import may_edit_round
from jitasa.rounds.rules_history import RuleChange, compare_rules
from jitasa.rounds.selectors.rounds import RevisionView, history, round_for, rounds_listed
from jitasa.rounds.services.rounds import MONTHS_AHEAD, change_round, in_reach
from jitasa.thai.dates import add_months, month_of, month_slug, parse_month, today
from jitasa.ui.days import month_name
from jitasa.ui.reading import page_of

PAGE = 24


@officers
def listing(request: ViewerRequest) -> HttpResponse:
    """All months that have rules, the next one first."""
    day = today(timezone.now())
    this_month = month_of(day)
    coming = add_months(this_month, MONTHS_AHEAD)
    rows = rounds_listed([this_month, add_months(this_month, 1)], until=coming)
    context = {
        "page": page_of(request, rows, PAGE),
        "this_month": this_month,
        "today": day,
        "may_edit": may_edit_round(request.viewer),
    }
    return render(request, "rounds/list.html", context)


@officers
def one(request: ViewerRequest, month: str) -> HttpResponse:
    """One month's rules: a form for the department, words for the others, and how they changed."""
    round_ = _round(month)
    may_edit = may_edit_round(request.viewer)
    revisions = history(round_)
    show_posts((view.revision.by, view.revision.at) for view in revisions)
    latest = revisions[0].revision.number if revisions else 0
    form = RoundForm.for_round(round_, revision=latest, data=request.POST or None) if may_edit else None
    if request.method == "POST":
        if form is None:
            raise Forbidden(_("เฉพาะเจ้าหน้าที่กรมเท่านั้นที่แก้หลักเกณฑ์การรายงานของรอบได้ หากเห็นว่าควรแก้ โปรดแจ้งกรม"))
        if form.is_valid() and _change(request, round_.month, form):
            return redirect("rounds:round", month=month_slug(round_.month))
    context = {
        "round": round_,
        "form": form,
        "required": [REQUIRABLE.get(name, name) for name in round_.required_fields],
        "revisions": revisions,
        "comparison": _comparison(request, revisions),
        "previous": add_months(round_.month, -1),
        "next": add_months(round_.month, 1),
    }
    return render(request, "rounds/round.html", context, status=409 if _conflicting(form) else 200)


def _round(slug: str) -> Round:
    try:
        month = parse_month(slug)
    except ValueError as wrong:
        raise Http404(str(wrong)) from wrong
    round_ = round_for(month)
    if round_._state.adding and not in_reach(month, timezone.now()):
        raise Http404(_("เดือนนี้ยังไม่มีรอบ"))
    return round_


def _change(request: ViewerRequest, month: date, form: RoundForm) -> bool:
    try:
        change_round(
            actor=request.viewer,
            month=month,
            to=form.rules(),
            based_on=form.cleaned_data["based_on"],
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        form.conflict = refusal.status == 409
        return False
    messages.success(request, _("บันทึกหลักเกณฑ์การรายงานเดือน%(month)sแล้ว") % {"month": month_name(month)})
    return True


def _conflicting(form: RoundForm | None) -> bool:
    return form is not None and form.conflict


def _comparison(request: ViewerRequest, revisions: list[RevisionView]) -> dict[str, object] | None:
    """Two revisions side by side, when the address names them (``?from=1&to=3``)."""
    by_number = {str(view.revision.number): view.revision for view in revisions}
    before, after = by_number.get(request.GET.get("from", "")), by_number.get(request.GET.get("to", ""))
    if before is None or after is None:
        return None
    changes: list[RuleChange] = compare_rules(before.data, after.data)
    return {"before": before, "after": after, "changes": changes}
