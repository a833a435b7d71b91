"""What a program reads before it sends: offices, lists, months, important days; and how far the office is."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from jitasa.api.answers import answer, not_found
from jitasa.api.choices import Scope
from jitasa.api.door import ApiRequest
from jitasa.api.months import month_asked, office_shown, sums_shown
from jitasa.api.operations import described, need
from jitasa.api.shapes_reading import Datasets, ListOf, Me, MonthRules, Occasions, Offices, Summary
from jitasa.occasions.models import Occasion
from jitasa.opendata.datasets import DATASETS
from jitasa.organizations.models import Organization
from jitasa.rounds.models import ListItem
from jitasa.rounds.selectors.lists import LISTS, offered
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.selectors.tallies import by_kind, by_occasion, totals
from jitasa.thai.dates import BE_OFFSET, month_slug, today
from jitasa.ui.reading import identifier
from jitasa.ui.searching import holding

router = Router(tags=["reading"])
PAGE, PAGE_MOST, MONTHS_MOST = 100, 500, 24


class OrganizationFilter(Schema):
    q: str = Field("", max_length=100)
    cursor: str = Field("", max_length=20)
    limit: int = Field(PAGE, ge=1, le=PAGE_MOST)


@router.get(
    "/me",
    **described("โทเคนนี้เป็นของใคร ทำอะไรได้", "Whose token this is and what it may do", answers={200: Me}),
)
def me(request: ApiRequest) -> HttpResponse:
    token = request.token
    return answer(
        {
            "name": token.name,
            "scopes": token.scopes,
            "expires_at": token.expires_at,
            "organization": office_shown(token.organization),
        }
    )


@router.get(
    "/organizations",
    **described(
        "สำนักงานที่โทเคนเห็น", "The token's office and those whose records it may see", answers={200: Offices}
    ),
)
def organizations(request: ApiRequest, asked: Query[OrganizationFilter]) -> HttpResponse:
    rows = Organization.objects.visible_to(request.viewer).open().order_by("pk")
    after = identifier(asked.cursor)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    if asked.q:
        rows = rows.filter(holding(asked.q, "search_text"))
    found = list(rows[: asked.limit + 1])
    page = found[: asked.limit]
    more = str(page[-1].pk) if len(found) > asked.limit else None
    return answer({"items": [office_shown(row) for row in page], "next": more})


@router.get(
    "/lists/{name}",
    **described(
        "รายการตัวเลือกของกรม",
        "A list of the department: kinds, sub-kinds, groups, measures",
        answers={200: ListOf},
    ),
)
def one_list(request: ApiRequest, name: str) -> HttpResponse:  # noqa: ARG001 (asked at the door)
    of = LISTS.get(name)
    if of is None:
        raise not_found(_("มีรายการ %(names)s") % {"names": ", ".join(LISTS)})
    return answer({"items": [_item(row, of.extra) for row in offered(of.model)]})


def _item(row: ListItem, extra: tuple[str, ...]) -> dict[str, Any]:
    return {
        "code": row.code,
        "label": row.label,
        "label_en": row.label_en,
        **{name: getattr(row, name) for name in extra},
    }


@router.get(
    "/rounds/{month}",
    **described(
        "หลักเกณฑ์การรายงานของเดือน เช่น 2569-11", "What a month asks for (2569-11)", answers={200: MonthRules}
    ),
)
def one_round(request: ApiRequest, month: str) -> HttpResponse:  # noqa: ARG001 (asked at the door)
    found = round_for(month_asked(month))
    return answer(
        {
            "month": month_slug(found.month),
            "due_on": found.due_on,
            "nominal_due_on": found.nominal_due_on,
            "required": list(found.required_fields),
            "photos_least": found.photos_least,
            "photos_most": found.photos_most,
            "nil_allowed": found.nil_allowed,
            "note": found.note,
        }
    )


class YearQuery(Schema):
    year: int | None = Field(None, ge=2500, le=2700)


@router.get(
    "/occasions",
    **described(
        "วันสำคัญของปี พ.ศ. ที่เลือกได้",
        "Important days of a Buddhist-era year that may be chosen",
        answers={200: Occasions},
    ),
)
def occasions(request: ApiRequest, asked: Query[YearQuery]) -> HttpResponse:
    year = asked.year - BE_OFFSET if asked.year else today(timezone.now()).year
    rows = Occasion.objects.active().for_office(request.viewer.organization).filter(date__year=year)
    found = rows.order_by("date", "pk")
    return answer(
        {"items": [{"id": row.pk, "date": row.date, "name": row.name, "kind": row.kind} for row in found]}
    )


@router.get(
    "/summaries/{month}",
    **described(
        "ยอดรวมของเดือน ตัวเลขเดียวกับหน้าจอ",
        "The month's sums, the same numbers as on screens",
        Scope.SUMMARIES_READ,
        answers={200: Summary},
    ),
)
def summary(request: ApiRequest, month: str) -> HttpResponse:
    need(request, Scope.SUMMARIES_READ)
    first, office = month_asked(month), request.token.organization
    return answer(
        {
            "month": month_slug(first),
            "organization": office_shown(office),
            "total": sums_shown(totals(office, first)),
            "by_kind": {code: sums_shown(sums) for code, sums in by_kind(office, first).items()},
            "by_occasion": {str(pk): sums_shown(sums) for pk, sums in by_occasion(office, first).items()},
        }
    )


@router.get(
    "/public", **described("ชุดข้อมูลเปิดสำหรับทุกคน", "The open data, for everybody", answers={200: Datasets})
)
def public(request: ApiRequest) -> HttpResponse:
    return answer(
        {
            "items": [
                {
                    "name": each.slug,
                    "title": each.words("title"),
                    "description": each.words("description"),
                    "csv": request.build_absolute_uri(reverse("opendata:download", args=[each.slug, "csv"])),
                    "json": request.build_absolute_uri(
                        reverse("opendata:download", args=[each.slug, "json"])
                    ),
                }
                for each in DATASETS
            ]
        }
    )
