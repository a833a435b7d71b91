"""Compare the rows of a registry file with the registry: what is new, what differs, what cannot be."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from jitasa.organizations import rules
from jitasa.organizations.choices import Change, Level
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.registry_row import CODE, RegistryRow, RowProblem
from jitasa.organizations.services.facts import StateFacts, facts_of
from jitasa.ui.days import short_date


@dataclass
class Registry:
    """What is needed of the registry, read in four queries however long the file."""

    laos: list[Organization]
    districts: dict[str, Organization]
    open_states: dict[int, OrganizationState]
    codes_in_use: dict[str, tuple[int, str]]

    @classmethod
    def read(cls, *, since: date) -> "Registry":
        """``since``: codes borne at any time from this day on are in use."""
        offices = Organization.objects.open()
        districts = offices.filter(level=Level.DISTRICT).select_related("lies_in", "reports_to")
        laos = list(offices.laos())
        by_id = {office.pk: office for office in districts}
        by_id |= {office.lies_in.pk: office.lies_in for office in by_id.values() if office.lies_in}
        for office in laos:  # parents are shared objects: no query per office
            office.lies_in = by_id.get(office.lies_in_id or 0)
            office.reports_to = by_id.get(office.reports_to_id or 0)
        states = OrganizationState.objects.filter(organization__level=Level.LAO)
        current = states.filter(Q(valid_to=None) | Q(valid_to__gt=since))
        return cls(
            laos=laos,
            districts={office.code: office for office in by_id.values() if office.level == Level.DISTRICT},
            open_states={state.organization_id: state for state in current if state.valid_to is None},
            codes_in_use={state.code: (state.organization_id, state.short_name) for state in current},
        )


@dataclass
class Changed:
    """A dated change of a known office."""

    line: int
    office: Organization
    state: OrganizationState
    before: StateFacts
    after: StateFacts
    kind: Change

    @property
    def is_first(self) -> bool:
        """Whether the present state is the one the office began with: a file of the same day still mends it."""
        return Change(self.state.change) == Change.FOUNDED

    def data(self) -> dict[str, str]:
        pairs = (
            ("code", self.before.code, self.after.code),
            ("name", self.before.name, self.after.name),
            ("lies_in", str(self.before.lies_in or ""), str(self.after.lies_in or "")),
        )
        return {"change": self.kind.value} | {
            name: f"{old} → {new}" for name, old, new in pairs if old != new
        }


@dataclass
class ImportPlan:
    """What an import will write. ``founded`` and ``changed`` hold from ``day``, ``amended`` at once."""

    day: date
    founded: list[tuple[RegistryRow, StateFacts]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    amended: list[tuple[Organization, dict[str, Any]]] = field(default_factory=list)
    doubtful: list[RegistryRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0


def plan_import(
    rows: Sequence[RegistryRow], registry: Registry, *, as_of: date | None, today: date
) -> ImportPlan:
    """The plan for ``rows``, one per code."""
    plan = ImportPlan(day=as_of or today)
    known = {office.code: office for office in registry.laos}
    named = {row.code for row in rows}
    by_rest: dict[str, list[Organization]] = defaultdict(list)
    for office in registry.laos:
        if office.code not in named:
            by_rest[office.code[2:]].append(office)
    taken: set[int] = set()
    for row in rows:
        candidates = by_rest[row.code[2:]]
        match = known.get(row.code) or (candidates[0] if len(candidates) == 1 else None)
        if match is not None and match.pk in taken:
            plan.problems.append(RowProblem(row.line, CODE, row.code, _("รหัสนี้ชี้ไปยัง อปท. เดียวกันกับอีกบรรทัดหนึ่ง")))
        elif match is not None:
            taken.add(match.pk)
            _compare(plan, registry, row, match)
        else:
            _enter(plan, registry, row)
    plan.absent = len(registry.laos) - len(taken)
    return plan


def _enter(plan: ImportPlan, registry: Registry, row: RegistryRow) -> None:
    district = registry.districts.get(row.district_code)
    text = _district_problem(district, plan.day)
    if not text and row.code in registry.codes_in_use:
        text = _("รหัสนี้เคยใช้กับ %(name)s ในช่วงวันที่มีผล") % {"name": registry.codes_in_use[row.code][1]}
    if text or district is None:
        plan.problems.append(RowProblem(row.line, CODE, row.code, text))
        return
    plan.founded.append((row, _facts(row, district)))
    if row.doubts:
        plan.doubtful.append(row)


def _facts(row: RegistryRow, district: Organization) -> StateFacts:
    level = rules.parent_level(row.type)
    above = district.lies_in if level == Level.PROVINCE else district
    return StateFacts(row.type, row.code, row.proper, above, district)


def _compare(plan: ImportPlan, registry: Registry, row: RegistryRow, office: Organization) -> None:
    district = registry.districts.get(row.district_code)
    before = facts_of(office)
    if district is None:
        plan.problems.append(
            RowProblem(row.line, "district_code", row.district_code, _district_problem(None, plan.day))
        )
        return
    after = _facts(row, district)
    if row.doubts_about("type"):  # what cannot be right changes nothing that is known
        after = replace(after, type=before.type, reports_to=before.reports_to)
    if (before.type, before.lies_in) == (after.type, after.lies_in):
        # Whom it answers to was perhaps set by hand; the file says nothing about that.
        after = StateFacts(after.type, after.code, after.proper, before.reports_to, after.lies_in)
    change = Changed(row.line, office, registry.open_states[office.pk], before, after, _kind(before, after))
    if after != before and (text := _change_problem(plan, registry, change, district)):
        plan.problems.append(RowProblem(row.line, CODE, row.code, text))
        return
    fresh = _undated(row, office)
    if after != before:
        plan.changed.append(change)
    if fresh:
        plan.amended.append((office, fresh))
    if after == before and not fresh:
        plan.unchanged += 1
    if row.doubts:
        plan.doubtful.append(row)


def _change_problem(plan: ImportPlan, registry: Registry, change: Changed, district: Organization) -> str:
    since = change.state.valid_from
    if plan.day < since or (plan.day == since and not change.is_first):
        return _("%(name)s ต่างจากไฟล์ แต่ข้อมูลปัจจุบันเริ่มใช้เมื่อ %(since)s วันที่มีผลต้องหลังจากวันนั้น") % {
            "name": change.office.short_name,
            "since": short_date(since),
        }
    owner = registry.codes_in_use.get(change.after.code)
    if owner is not None and owner[0] != change.office.pk:
        return _("รหัสนี้ใช้อยู่กับ %(name)s") % {"name": owner[1]}
    return _district_problem(district, plan.day)


def _district_problem(district: Organization | None, day: date) -> str:
    if district is None:
        return _("ไม่มีอำเภอนี้ในทะเบียน ให้กรมเพิ่มอำเภอก่อน")
    if district.founded_on > day:
        return _("อำเภอนี้เริ่มเมื่อ %(day)s ซึ่งหลังวันที่มีผล") % {"day": short_date(district.founded_on)}
    return ""


def _kind(before: StateFacts, after: StateFacts) -> Change:
    if before.type != after.type:
        return Change.UPGRADED
    if before.lies_in != after.lies_in:
        return Change.MOVED
    return Change.RECODED if before.code != after.code else Change.RENAMED


def _undated(row: RegistryRow, office: Organization) -> dict[str, Any]:
    """What the file says of point, area and website that the registry does not; blanks say nothing."""
    said: dict[str, Any] = {"area_km2": row.area_km2, "website": row.website}
    if row.latitude is not None:
        said |= {"latitude": row.latitude, "longitude": row.longitude}
    return {
        name: value
        for name, value in said.items()
        if value not in (None, "") and value != getattr(office, name)
    }
