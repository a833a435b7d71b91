"""Merge offices into a successor: they end on a day, their past stays under their own names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations import rules
from jitasa.organizations.models import Organization, OrganizationState, Succession
from jitasa.organizations.services.changing import (
    lock_registry,
    offices_below,
    open_posts,
    refuse_if,
    require_editor,
    require_open,
)
from jitasa.organizations.services.homes import hand_over_homes
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.thai.dates import today
from jitasa.thai.text import normalise
from jitasa.ui.days import short_date


@dataclass(frozen=True)
class MergePlan:
    """What a merger will do: ``predecessors`` end on the day; their ``posts`` are left without an office."""

    predecessors: list[Organization]
    successor: Organization
    effective_on: date
    reason: str
    posts: int


def plan_merge(
    *,
    predecessors: Sequence[Organization],
    successor: Organization,
    effective_on: date,
    now: datetime,
    reason: str = "",
) -> MergePlan:
    """:raises Refusal: with the reasons at ``predecessors``, ``successor`` or ``effective_on``."""
    if not predecessors:
        raise Refusal(fields={"predecessors": [_("เลือกหน่วยงานที่จะยุบรวม")]})
    for organization in predecessors:
        require_open(organization)
    problems: dict[str, list[str]] = {}
    if text := _successor_problem(predecessors, successor, effective_on):
        problems["successor"] = [text]
    if text := _below_problem(predecessors):
        problems["predecessors"] = [text]
    since = max(
        OrganizationState.objects.filter(organization__in=predecessors, valid_to=None).values_list(
            "valid_from", flat=True
        )
    )
    if text := rules.day_problem(effective_on, today=today(now), since=since):
        problems["effective_on"] = [text]
    refuse_if(problems)
    return MergePlan(
        predecessors=list(predecessors),
        successor=successor,
        effective_on=effective_on,
        reason=normalise(reason),
        posts=sum(open_posts(organization, today(now)) for organization in predecessors),
    )


def _successor_problem(
    predecessors: Sequence[Organization], successor: Organization, effective_on: date
) -> str:
    if successor in predecessors:
        return _("หน่วยงานยุบรวมกับตนเองไม่ได้ เลือกหน่วยงานอื่น")
    if successor.closed_on is not None:
        return _("%(name)s สิ้นสุดแล้ว เลือกหน่วยงานที่ยังมีอยู่") % {"name": successor}
    if any(organization.level != successor.level for organization in predecessors):
        return _("ต้องเป็นหน่วยงานระดับเดียวกัน")
    if successor.founded_on > effective_on:
        return _("%(name)s เริ่มเมื่อ %(day)s ซึ่งหลังวันที่มีผล") % {
            "name": successor,
            "day": short_date(successor.founded_on),
        }
    return ""


def _below_problem(predecessors: Sequence[Organization]) -> str:
    for organization in predecessors:
        count = len(offices_below(organization))
        if count:
            return _("%(name)s ยังมีหน่วยงานในความดูแล %(count)d แห่ง ให้ย้ายก่อน") % {
                "name": organization,
                "count": count,
            }
    return ""


def merge(
    *,
    actor: Viewer,
    predecessors: Sequence[Organization],
    successor: Organization,
    effective_on: date,
    now: datetime,
    reason: str = "",
) -> Organization:
    """Close ``predecessors`` on ``effective_on`` and name ``successor`` as who goes on for them.

    Nothing is deleted: their records stay theirs, and sums of the past stay right.

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: for a closed or younger successor, another level, offices still below, a wrong day.
    """
    require_editor(actor)
    with transaction.atomic():
        lock_registry()
        ids = [organization.pk for organization in [*predecessors, successor]]
        fresh = Organization.objects.select_for_update(no_key=True).order_by("pk").in_bulk(ids)
        plan = plan_merge(
            predecessors=[fresh[organization.pk] for organization in predecessors],
            successor=fresh[successor.pk],
            effective_on=effective_on,
            now=now,
            reason=reason,
        )
        for organization in plan.predecessors:
            _close(organization, plan)
            record(
                actor=actor,
                verb="registry.merge",
                subject=organization,
                data={
                    "effective_on": effective_on,
                    "reason": plan.reason,
                    "successor": plan.successor.code,
                    "successor_name": plan.successor.name,
                },
                now=now,
            )
        hand_over_homes(plan.predecessors, plan.successor, plan.effective_on)
    return plan.successor


def _close(organization: Organization, plan: MergePlan) -> None:
    OrganizationState.objects.filter(organization=organization, valid_to=None).update(
        valid_to=plan.effective_on
    )
    organization.closed_on = plan.effective_on
    organization.save(update_fields=["closed_on"])
    Succession.objects.create(
        predecessor=organization,
        successor=plan.successor,
        effective_on=plan.effective_on,
        reason=plan.reason,
    )
