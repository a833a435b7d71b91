"""Change the registry: a form, what the change will do, and then the change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jitasa.organizations import forms as f
from jitasa.organizations.choices import Change, Level, OrganizationType
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.services import changing
from jitasa.organizations.services.correct import correct, plan_correct
from jitasa.organizations.services.facts import StateFacts
from jitasa.organizations.services.found import found, plan_found
from jitasa.organizations.services.merge import MergePlan, merge, plan_merge
from jitasa.organizations.services.move import move
from jitasa.organizations.services.recode import recode
from jitasa.organizations.services.rename import rename
from jitasa.organizations.services.upgrade import upgrade
from jitasa.organizations.views.refusals import refused
from jitasa.problems import Refusal
from jitasa.thai.dates import today

Plan = changing.Plan | MergePlan


@dataclass(frozen=True)
class ChangeKind:
    """One kind of change: its form, how it is planned and how it is done."""

    title: Any
    explain: Any
    form: type[forms.Form]
    plan: Callable[..., Plan]
    do: Callable[..., Organization]
    laos_only: bool = False


def _dated(change: Change) -> Callable[..., Plan]:
    def plan(organization: Organization, **asked: Any) -> Plan:
        return changing.plan_change(organization, change=change, **asked)

    return plan


def _plan_merge(organization: Organization, **asked: Any) -> Plan:
    return plan_merge(predecessors=[organization], **asked)


def _do_merge(*, organization: Organization, **asked: Any) -> Organization:
    return merge(predecessors=[organization], **asked)


ACTS = {
    "upgrade": ChangeKind(
        gettext_lazy("ยกฐานะ"),
        gettext_lazy("เปลี่ยนประเภทและรหัส เช่น อบต. เป็นเทศบาลตำบล หน่วยงานเดิมดำเนินต่อ ข้อมูลก่อนวันที่มีผลยังเป็นของประเภทเดิม"),
        f.UpgradeForm, _dated(Change.UPGRADED), upgrade, laos_only=True,
    ),
    "rename": ChangeKind(
        gettext_lazy("เปลี่ยนชื่อ"),
        gettext_lazy("รายงานของช่วงก่อนวันที่มีผลยังแสดงชื่อเดิม และค้นด้วยชื่อเดิมได้"),
        f.RenameForm, _dated(Change.RENAMED), rename,
    ),
    "recode": ChangeKind(
        gettext_lazy("เปลี่ยนรหัส"),
        gettext_lazy("รหัสเดิมยังใช้ค้นได้ รายงานก่อนวันที่มีผลยังแสดงรหัสเดิม"),
        f.RecodeForm, _dated(Change.RECODED), recode,
    ),
    "move": ChangeKind(
        gettext_lazy("ย้ายสายการกำกับดูแลหรือที่ตั้ง"),
        gettext_lazy("เปลี่ยนอำเภอหรือจังหวัดที่ตั้งอยู่ หรือหน่วยงานที่รายงานต่อ หน่วยงานในความดูแลย้ายตามตั้งแต่วันเดียวกัน"),
        f.MoveForm, _dated(Change.MOVED), move,
    ),
    "merge": ChangeKind(
        gettext_lazy("ยุบรวมกับหน่วยงานอื่น"),
        gettext_lazy("หน่วยงานนี้สิ้นสุดในวันที่มีผล ข้อมูลที่บันทึกไว้ยังอยู่ในชื่อเดิม และเชื่อมไปยังหน่วยงานที่ดำเนินต่อ"),
        f.MergeForm, _plan_merge, _do_merge,
    ),
    "correct": ChangeKind(
        gettext_lazy("แก้คำผิด"),
        gettext_lazy("ใช้เมื่อบันทึกผิดตั้งแต่ต้นเท่านั้น ถ้าชื่อหรือรหัสเปลี่ยนจริงให้ใช้เปลี่ยนชื่อหรือเปลี่ยนรหัส"),
        f.CorrectForm, plan_correct, correct,
    ),
}  # fmt: skip


@login_required
def change(request: ViewerRequest, pk: int, verb: str) -> HttpResponse:
    """One change of an office: ask, show what it will do, do it."""
    office = get_object_or_404(Organization.objects.visible_to(request.viewer), pk=pk)
    changing.require_editor(request.viewer)
    act = ACTS[verb]
    if office.closed_on is not None or (act.laos_only and office.level != Level.LAO):
        raise Http404
    form = act.form(request.POST or None, initial=_initial(office))
    if verb == "move":
        _fit_move(form, office)
    plan: Plan | None = None
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        try:
            if "confirmed" in request.POST:
                return _done(
                    request,
                    act,
                    office,
                    act.do(actor=request.viewer, organization=office, now=timezone.now(), **_asked(form)),
                )
            plan = act.plan(organization=office, now=timezone.now(), **_asked(form))
        except Refusal as refusal:
            refused(form, refusal)
    return render(
        request,
        "organizations/change.html",
        {"act": act, "verb": verb, "office": office, "form": form, "plan": plan, **preview(plan)},
    )


def _done(
    request: ViewerRequest, act: ChangeKind, office: Organization, result: Organization
) -> HttpResponse:
    messages.success(request, _("%(act)sแล้ว") % {"act": act.title})
    return redirect("organizations:detail", pk=office.pk if act.do is _do_merge else result.pk)


def _initial(office: Organization) -> dict[str, Any]:
    return {"effective_on": today(timezone.now()), "type": office.type}


def _fit_move(form: forms.Form, office: Organization) -> None:
    """Ask for parents of the levels that this office can have."""
    if office.level == Level.PROVINCE:
        del form.fields["lies_in"], form.fields["code"]
    level = Level.PROVINCE if office.level == Level.DISTRICT else Level.DISTRICT
    if "lies_in" in form.fields:
        form.fields["lies_in"] = f.OrganizationField(
            label=_("ย้ายไปตั้งอยู่ในจังหวัด") if level == Level.PROVINCE else _("ย้ายไปตั้งอยู่ในอำเภอ"),
            level=level,
            required=False,
            help_text=_("เว้นว่างถ้าคงเดิม"),
        )


def _asked(form: forms.Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}


@login_required
def organization_new(request: ViewerRequest) -> HttpResponse:
    """A new local government: ask, show what will be entered, enter it."""
    changing.require_editor(request.viewer)
    form = f.FoundForm(request.POST or None, initial={"effective_on": today(timezone.now())})
    plan: Plan | None = None
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        asked = {**_asked(form), "type": OrganizationType(form.cleaned_data["type"])}
        try:
            if "confirmed" in request.POST:
                office = found(actor=request.viewer, now=timezone.now(), **asked)
                messages.success(request, _("เพิ่ม %(name)s ลงทะเบียนแล้ว") % {"name": office})
                return redirect("organizations:detail", pk=office.pk)
            plan = plan_found(now=timezone.now(), **asked)
        except Refusal as refusal:
            refused(form, refusal)
    act = {
        "title": _("เพิ่มหน่วยงาน"),
        "explain": _("สำหรับ อปท. ที่ตั้งขึ้นใหม่ ถ้าเปลี่ยนจากหน่วยงานเดิมให้ใช้ยกฐานะที่หน้าของหน่วยงานนั้น"),
    }
    return render(
        request,
        "organizations/change.html",
        {"act": act, "verb": "found", "form": form, "plan": plan, **preview(plan)},
    )


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str

    @property
    def changes(self) -> bool:
        return self.before != self.after


def preview(plan: Plan | None) -> dict[str, Any]:
    """What the preview shows of a plan: each fact before and after."""
    if not isinstance(plan, changing.Plan):
        return {"merge_plan": plan}
    before, after = _shown(plan.before), _shown(plan.after)
    return {
        "differences": [FieldChange(label, before.get(label, ""), value) for label, value in after.items()],
        "below_shown": plan.below[:50],
    }


def _shown(facts: StateFacts | None) -> dict[str, str]:
    if facts is None:
        return {}
    return {
        _("ชื่อเต็ม"): facts.name,
        _("ชื่อย่อ"): facts.short_name,
        _("ประเภท"): str(facts.type.label),
        _("รหัส"): facts.code,
        _("รายงานต่อ"): str(facts.reports_to or ""),
        _("ตั้งอยู่ใน"): str(facts.lies_in or ""),
    }
