"""An LAO's month: what was recorded, what is missing, and its last word (complete, or nil)."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.compilation.forms import LateForm, NilForm
from jitasa.compilation.rules import may_write_memo
from jitasa.compilation.selectors import months
from jitasa.compilation.selectors.covers import memo_of
from jitasa.compilation.views.access import check_month
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.rounds import rules
from jitasa.rounds.choices import STATE_TONE
from jitasa.rounds.selectors.returns import facts_of, return_of
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.services import returns
from jitasa.thai.dates import add_months, month_of, today


@officers
@require_GET
def own(request: ViewerRequest, month: date) -> HttpResponse:
    """The month of the viewer's own LAO."""
    return page(request, check_month(month), _own_lao(request), timezone.now())


def page(
    request: ViewerRequest,
    month: date,
    office: Organization,
    now: datetime,
    *,
    nil_form: NilForm | None = None,
    late_form: LateForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page itself; officers above read it, the office's own people act on it."""
    day, round_ = today(now), round_for(month)
    stated = return_of(office, month)
    if stated and stated.confirmed_at:
        show_posts([(stated.confirmed_by, stated.confirmed_at)])
    facts = facts_of(office, month, stated)
    state = rules.return_state(facts, day)
    may_state = rules.may_state(request.viewer, office)
    context = {
        "office": office,
        "month": month,
        "round": round_,
        "facts": facts,
        "stated": stated,
        "state": state,
        "tone": STATE_TONE[state],
        "reason": rules.state_reason(facts, day),
        "records": months.records(office, month, viewer=request.viewer),
        "may_state": may_state,
        "late": day > round_.due_on,
        "nil_obstacles": rules.nil_obstacles(facts, nil_allowed=round_.nil_allowed, day=day),
        "confirm_obstacles": rules.confirm_obstacles(facts, day),
        "warnings": rules.confirm_warnings(facts),
        "nil_form": nil_form or NilForm(),
        "late_form": late_form or LateForm(),
        "history": months.history(office, month, now),
        "previous_month": add_months(month, -1),
        "next_month": add_months(month, 1) if month < month_of(day) else None,
        "may_memo": may_write_memo(request.viewer, office),
        "memo": memo_of(office, month) if may_write_memo(request.viewer, office) else None,
        "is_own": request.viewer.office_id == office.pk,
    }
    return render(request, "compilation/month_return.html", context, status=status)


@officers
@require_POST
def act(request: ViewerRequest, month: date, act: str) -> HttpResponse:
    """State something about the month, or take it back."""
    office, now = _own_lao(request), timezone.now()
    check_month(month)
    deed = _ACTS.get(act)
    if deed is None:
        raise Http404
    try:
        words = deed(request, office, month, now)
    except Forbidden:
        raise
    except Refusal as refusal:
        return _refused(request, office, month, now, act, refusal)
    messages.success(request, words)
    return redirect("compilation:month_return", month=month)


def _own_lao(request: ViewerRequest) -> Organization:
    office = own_office(request)
    if not office.is_lao:
        raise Forbidden(_("หน้านี้เป็นของ อปท. เปิดตารางติดตามรายเดือนแทน"))
    return office


def _refused(
    request: ViewerRequest, office: Organization, month: date, now: datetime, act: str, refusal: Refusal
) -> HttpResponse:
    """The page again with what was typed; a refusal without a field becomes a message."""
    nil_form = NilForm(request.POST) if act == "nil" else None
    late_form = LateForm(request.POST) if act == "confirm" else None
    shown: Any = nil_form or late_form
    for field, texts in refusal.fields.items():
        if shown is not None and field in shown.fields:
            shown.errors.pop(field, None)  # the service's words say more than the form's own
            shown.add_error(field, texts)
    if not refusal.fields:
        messages.error(request, refusal.message)
    return page(request, month, office, now, nil_form=nil_form, late_form=late_form, status=refusal.status)


def _confirm(request: ViewerRequest, office: Organization, month: date, now: datetime) -> str:
    late_reason = LateForm(request.POST).stated()
    returns.confirm(actor=request.viewer, organization=office, month=month, late_reason=late_reason, now=now)
    return _("ยืนยันว่าครบแล้ว ถ้ามีกิจกรรมเพิ่มภายหลังยังบันทึกได้ แล้วยืนยันซ้ำ")


def _unconfirm(request: ViewerRequest, office: Organization, month: date, now: datetime) -> str:
    returns.unconfirm(actor=request.viewer, organization=office, month=month, now=now)
    return _("ยกเลิกการยืนยันแล้ว แก้ไขหรือเพิ่มกิจกรรม แล้วยืนยันอีกครั้ง")


def _nil(request: ViewerRequest, office: Organization, month: date, now: datetime) -> str:
    reason = NilForm(request.POST).stated()
    returns.state_nil(actor=request.viewer, organization=office, month=month, reason=reason, now=now)
    return _("แจ้งว่าไม่มีกิจกรรมแล้ว ถ้ามีกิจกรรมภายหลัง บันทึกได้ตามปกติ")


def _take_back(request: ViewerRequest, office: Organization, month: date, now: datetime) -> str:
    returns.take_back_nil(actor=request.viewer, organization=office, month=month, now=now)
    return _("ถอนคำแจ้งว่าไม่มีกิจกรรมแล้ว")


_ACTS = {"confirm": _confirm, "unconfirm": _unconfirm, "nil": _nil, "take-back": _take_back}
