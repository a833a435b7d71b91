"""The registry: its list and one office, today or as it was on any day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization, OrganizationState, RegistryDoubt
from jitasa.organizations.rules import may_edit_registry, may_edit_settings
from jitasa.organizations.rules_people import may_see_people
from jitasa.organizations.selectors import geography, registry
from jitasa.organizations.selectors.listing import RegistryFilters, filters_of, listed
from jitasa.problems import Refusal
from jitasa.thai.dates import parse_date, today
from jitasa.ui.reading import page_of

PER_PAGE = 50
BELOW_SHOWN = 200


@dataclass(frozen=True)
class HistoryLine:
    """One office in a list, today's or a past one."""

    pk: int
    code: str
    name: str
    short_name: str
    type: str
    place: str
    closed_on: date | None = None


def line_of(row: Organization | OrganizationState) -> HistoryLine:
    state = isinstance(row, OrganizationState)
    place = (
        row.district_code
        if row.type not in (OrganizationType.DISTRICT, OrganizationType.PROVINCE)
        else row.province_code
    )
    return HistoryLine(
        pk=row.organization_id if isinstance(row, OrganizationState) else row.pk,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        type=str(OrganizationType(row.type).label),
        place=geography.place_label(place),
        closed_on=None if state else getattr(row, "closed_on", None),
    )


def lines_on(page: Page[Any]) -> list[Organization | OrganizationState]:
    return list(page.object_list)


def day_asked(request: ViewerRequest) -> date | None:
    """The day of ``?as_at=``; ``None`` for today. :raises Refusal: for what is no day, or one to come."""
    text = request.GET.get("as_at", "").strip()
    if not text:
        return None
    now = today(timezone.now())
    try:
        day = parse_date(text, near=now)
    except ValueError as error:
        raise Refusal(str(error), fields={"as_at": [str(error)]}) from None
    if day > now:
        problem = _("ดูทะเบียนล่วงหน้าไม่ได้ เลือกวันนี้หรือวันที่ผ่านมาแล้ว")
        raise Refusal(problem, fields={"as_at": [problem]})
    return day if day != now else None


@require_GET
@login_required
def organization_list(request: ViewerRequest) -> HttpResponse:
    """Offices within the viewer's sight: filtered, searched, sorted, as at any day."""
    problem = ""
    try:
        day = day_asked(request)
    except Refusal as refusal:
        day, problem = None, refusal.message
    filters = filters_of(request.GET)
    rows: QuerySet[Organization] | QuerySet[OrganizationState] = listed(request.viewer, filters, day)
    page = page_of(request, rows, PER_PAGE)
    edits = may_edit_registry(request.viewer)
    context = {
        "page": page,
        "lines": [line_of(row) for row in lines_on(page)],
        "filters": filters,
        "day": day,
        "day_problem": problem,
        "as_at": request.GET.get("as_at", ""),
        "may_edit": edits,
        "to_check": RegistryDoubt.objects.filter(settled_at=None).count() if edits else 0,
        **_choices(request, filters),
    }
    template = (
        "organizations/list_rows.html"
        if request.headers.get("HX-Target") == "rows"
        else "organizations/list.html"
    )
    return render(request, template, context)


def _choices(request: ViewerRequest, filters: RegistryFilters) -> dict[str, object]:
    office = request.viewer.organization
    own = office.province_code if office is not None else ""
    provinces = [row for row in geography.provinces() if not own or row.code == own]
    province = filters.province or own
    return {
        "provinces": provinces if len(provinces) > 1 else [],
        "districts": geography.districts(province) if province else [],
        "types": [(type_.value, type_.label) for type_ in OrganizationType],
        "levels": [
            ("lao", _("อปท.")),
            ("district", _("อำเภอ")),
            ("province", _("จังหวัด")),
            ("all", _("ทั้งหมด")),
            ("closed", _("ยุบรวมหรือยุบเลิกแล้ว")),
        ],
        "sorts": [("name", _("ชื่อ")), ("code", _("รหัส")), ("place", _("พื้นที่"))],
    }


@require_GET
@login_required
def detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One office: what it is or was, its history, whom it answers to, what stands under it."""
    office = get_object_or_404(
        Organization.objects.visible_to(request.viewer).select_related("reports_to", "lies_in"), pk=pk
    )
    problem = ""
    try:
        day = day_asked(request)
    except Refusal as refusal:
        day, problem = None, refusal.message
    history = registry.history(office)
    at = day or today(timezone.now())
    state = next((row for row in history.states if _valid(row, at)), None)
    shown = state or history.states[0]
    below = list(registry.reporting_as_at(office, at)[:BELOW_SHOWN]) if state else []
    lying = list(registry.lying_as_at(office, at)[:BELOW_SHOWN]) if state else []
    related: list[int | None] = [shown.reports_to_id, shown.lies_in_id]
    if history.succession is not None:
        related.append(history.succession.successor_id)
    related += [row.predecessor_id for row in history.predecessions]
    context = {
        "office": office,
        "state": state,
        "shown": shown,
        "type": OrganizationType(shown.type).label,
        "day": day,
        "day_problem": problem,
        "as_at": request.GET.get("as_at", ""),
        "history": history,
        "below": [line_of(row) for row in below],
        "lying": [line_of(row) for row in lying],
        "visible": _visible(request, related),
        "place": geography.place_label(shown.district_code or shown.province_code),
        "open": office.closed_on is None,
        "is_lao": office.level == Level.LAO,
        "may_edit": may_edit_registry(request.viewer),
        "may_set": may_edit_settings(request.viewer, office.pk),
        "may_see_people": may_see_people(request.viewer, office),
    }
    return render(request, "organizations/detail.html", context)


def _valid(state: OrganizationState, day: date) -> bool:
    return state.valid_from <= day and (state.valid_to is None or state.valid_to > day)


def _visible(request: ViewerRequest, ids: Iterable[int | None]) -> set[int]:
    """Those of the offices that may be opened, so that no link leads to a 404."""
    wanted = {pk for pk in ids if pk}
    rows = Organization.objects.visible_to(request.viewer).filter(Q(pk__in=wanted))
    return set(rows.values_list("pk", flat=True))
