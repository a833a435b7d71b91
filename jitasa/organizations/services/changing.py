"""Plan a change of the registry, show it, and do it: the plan a screen shows is the plan that is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations import rules, versions
from jitasa.organizations.choices import LEVEL_OF_TYPE, Change, Level, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState, Post, Topic
from jitasa.organizations.services.facts import StateFacts, facts_of
from jitasa.organizations.services.timeline import begin_state
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today
from jitasa.thai.text import normalise
from jitasa.ui.days import short_date


@dataclass(frozen=True)
class Plan:
    """What a change will do. ``before`` is ``None`` for a new office; ``below`` stand under it.

    ``change`` is ``None`` for the correction of a slip, which begins no new state.
    """

    organization: Organization | None
    before: StateFacts | None
    after: StateFacts
    change: Change | None
    effective_on: date
    reason: str = ""
    below: list[Organization] = field(default_factory=list)
    posts: int = 0

    @property
    def moves_below(self) -> bool:
        """Whether offices below get new codes of area or a new place in the tree."""
        before = self.before
        return (
            bool(self.below)
            and before is not None
            and (
                (before.code, before.reports_to, before.lies_in)
                != (self.after.code, self.after.reports_to, self.after.lies_in)
            )
        )


def require_editor(actor: Viewer) -> None:
    if not rules.may_edit_registry(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของกรมแก้ทะเบียนหน่วยงานได้ หากข้อมูลไม่ถูกต้องให้แจ้งกรม"))


def lock_registry() -> None:
    """One change of the registry at a time: codes, parents and paths hang together.

    What processes keep in memory of the registry is out of date when the change is committed.
    """
    list(
        Organization.objects.select_for_update(no_key=True)
        .filter(level=Level.DEPARTMENT)
        .order_by("pk")
        .values_list("pk")
    )
    versions.changed(Topic.REGISTRY)


def lock(organization: Organization) -> Organization:
    """The office as it is now, locked. :raises Refusal: if it has been closed."""
    lock_registry()
    return Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def plan_change(
    organization: Organization,
    *,
    change: Change,
    effective_on: date,
    now: datetime,
    reason: str = "",
    **wanted: Any,
) -> Plan:
    """A dated change of an open office's facts.

    ``wanted``: any of ``type``, ``code``, ``name``, ``lies_in``, ``reports_to``; absent or ``None`` stays.

    :raises Refusal: with the Thai reasons at the fields concerned.
    """
    require_open(organization)
    before = facts_of(organization)
    after = wanted_facts(before, wanted)
    since = organization.states.get(valid_to=None).valid_from
    problems = fact_problems(after, before=before, effective_on=effective_on, organization=organization)
    day = rules.day_problem(effective_on, today=today(now), since=since)
    if day:
        problems["effective_on"] = [day]
    refuse_if(problems)
    if after == before:
        raise Refusal(_("ไม่มีข้อมูลใดเปลี่ยนไปจากปัจจุบัน"), code="unchanged")
    return Plan(
        organization=organization,
        before=before,
        after=after,
        change=change,
        effective_on=effective_on,
        reason=normalise(reason),
        below=offices_below(organization),
        posts=open_posts(organization, today(now)),
    )


def do_change(plan: Plan, *, actor: Viewer, verb: str, now: datetime) -> Organization:
    """Carry a plan out: close the present state, begin the next, record it. Inside a transaction."""
    organization = plan.organization
    assert organization is not None
    assert plan.change is not None
    begin_state(
        organization, plan.after, effective_on=plan.effective_on, change=plan.change, reason=plan.reason
    )
    record(
        actor=actor,
        verb=verb,
        subject=organization,
        now=now,
        data={
            "effective_on": plan.effective_on,
            "reason": plan.reason,
            "before": facts_data(plan.before),
            "after": facts_data(plan.after),
        },
    )
    return organization


def wanted_facts(before: StateFacts, wanted: Mapping[str, Any]) -> StateFacts:
    """The facts after a change; who moves or changes type answers along the line of letters again."""
    type_ = OrganizationType(wanted.get("type") or before.type)
    lies_in = wanted.get("lies_in") or before.lies_in
    reports_to = wanted.get("reports_to")
    if reports_to is None:
        stays = type_ == before.type and lies_in == before.lies_in
        reports_to = before.reports_to if stays else usual_parent(type_, lies_in)
    code = wanted.get("code") or before.code
    return replace(
        before,
        type=type_,
        code=clean_code(type_, code),
        proper=rules.proper_name(type_, wanted["name"]) if wanted.get("name") else before.proper,
        lies_in=lies_in,
        reports_to=reports_to,
    )


def clean_code(type_: OrganizationType, code: str) -> str:
    return rules.lao_code(code) if LEVEL_OF_TYPE[type_] == Level.LAO else rules.clean_code(code)


def usual_parent(type_: OrganizationType, lies_in: Organization | None) -> Organization | None:
    """Whom an office that stands in ``lies_in`` answers to by the line of letters (docs/domain.md §2)."""
    level, office = rules.parent_level(type_), lies_in
    if level == Level.DEPARTMENT:
        return Organization.objects.open().filter(level=level).first()
    while office is not None and office.level != level:
        office = office.lies_in
    return office


def fact_problems(
    after: StateFacts,
    *,
    effective_on: date,
    before: StateFacts | None = None,
    organization: Organization | None = None,
) -> dict[str, list[str]]:
    """What is wrong with facts, by field; what a change leaves as it was is not held against it."""
    if across := _type_problem(after, before):
        return {"type": [across]}
    found = {
        "name": rules.name_problem(after.type, after.proper) if after.level != Level.DEPARTMENT else "",
        "lies_in": _parent_problem(after.lies_in, rules.place_level(after.type), effective_on),
        "reports_to": _parent_problem(after.reports_to, rules.parent_level(after.type), effective_on),
    }
    same_place = before is not None and (before.type, before.code, before.lies_in) == (
        after.type,
        after.code,
        after.lies_in,
    )
    if not (same_place or found["lies_in"]):
        found["code"] = _code_problem(after, effective_on, organization)
    return {name: [text] for name, text in found.items() if text}


def _type_problem(after: StateFacts, before: StateFacts | None) -> str:
    if before is not None and before.level != after.level:
        return _("เปลี่ยนประเภทข้ามระดับไม่ได้ ให้ตั้งหน่วยงานใหม่แล้วยุบรวมหน่วยงานเดิม")
    return ""


def _parent_problem(parent: Organization | None, level: Level | None, effective_on: date) -> str:
    if level is None:
        return _("หน่วยงานระดับนี้ไม่มีหน่วยงานในช่องนี้") if parent is not None else ""
    if parent is None:
        return _("เลือกหน่วยงานระดับ%(level)s") % {"level": level.label}
    if parent.level != level:
        return _("ต้องเป็นหน่วยงานระดับ%(level)s แต่ %(name)s ไม่ใช่") % {"level": level.label, "name": parent}
    if parent.closed_on is not None:
        return _("%(name)s สิ้นสุดแล้วเมื่อ %(day)s") % {"name": parent, "day": short_date(parent.closed_on)}
    if parent.founded_on > effective_on:
        return _("%(name)s เริ่มเมื่อ %(day)s ซึ่งหลังวันที่มีผล") % {
            "name": parent,
            "day": short_date(parent.founded_on),
        }
    return ""


def _code_problem(after: StateFacts, effective_on: date, organization: Organization | None) -> str:
    place = after.lies_in
    problem = rules.code_problem(
        after.type,
        after.code,
        district_code=place.district_code if place else "",
        province_code=place.province_code if place else "",
    )
    if problem:
        return problem
    used = (
        OrganizationState.objects.filter(code=after.code)
        .filter(Q(valid_to=None) | Q(valid_to__gt=effective_on))
        .exclude(organization=organization)
        .select_related("organization")
        .first()
    )
    return _("รหัสนี้ใช้อยู่กับ %(name)s") % {"name": used.short_name} if used else ""


def require_open(organization: Organization) -> None:
    if organization.closed_on is not None:
        raise Refusal(
            _("%(name)s สิ้นสุดแล้วเมื่อ %(day)s แก้ไขต่อไม่ได้")
            % {"name": organization, "day": short_date(organization.closed_on)},
            code="closed",
        )


def refuse_if(problems: Mapping[str, list[str]]) -> None:
    if problems:
        raise Refusal(fields=problems)


def offices_below(organization: Organization) -> list[Organization]:
    """The open offices that answer to an office at any depth or lie in it."""
    if organization.level == Level.LAO:
        return []
    rows = Organization.objects.open().filter(Q(path__startswith=organization.path) | Q(lies_in=organization))
    return list(rows.exclude(pk=organization.pk).order_by("sort_key"))


def open_posts(organization: Organization, day: date) -> int:
    return Post.objects.filter(organization=organization).valid_on(day).count()


def facts_data(facts: StateFacts | None) -> dict[str, Any]:
    """Facts as an audit entry keeps them."""
    if facts is None:
        return {}
    return {
        "code": facts.code,
        "type": facts.type.value,
        "name": facts.name,
        "reports_to": facts.reports_to.code if facts.reports_to else "",
        "lies_in": facts.lies_in.code if facts.lies_in else "",
    }
