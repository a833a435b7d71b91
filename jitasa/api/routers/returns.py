"""The office's months: where they stand; confirming one, stating that nothing was held, taking either back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from jitasa.api.answers import answer
from jitasa.api.choices import Scope
from jitasa.api.door import ApiRequest
from jitasa.api.months import month_asked, sums_shown
from jitasa.api.operations import described, need
from jitasa.api.schemas import ConfirmIn, NilIn
from jitasa.api.shapes_reading import Months, MonthState
from jitasa.rounds import rules
from jitasa.rounds.selectors.returns import facts_of_months
from jitasa.rounds.services.returns import confirm, state_nil, take_back_nil, unconfirm
from jitasa.thai.dates import add_months, month_of, month_slug, today

router = Router(tags=["returns"])
MONTHS_MOST = 24


class MonthsQuery(Schema):
    """``since``: the latest month wanted, as 2569-11; ``months``: so many, backwards."""

    since: str = Field("", max_length=10)
    months: int = Field(12, ge=1, le=MONTHS_MOST)


@router.get(
    "/returns",
    **described(
        "สถานะรายงานประจำเดือนของสำนักงาน",
        "Where the office stands with its months",
        Scope.RETURNS_READ,
        answers={200: Months},
    ),
)
def returns(request: ApiRequest, asked: Query[MonthsQuery]) -> HttpResponse:
    need(request, Scope.RETURNS_READ)
    last = month_asked(asked.since) if asked.since else month_of(today(timezone.now()))
    wanted = [last]
    while len(wanted) < asked.months:
        wanted.append(add_months(wanted[-1], -1))
    return answer({"items": _shown(request, wanted)})


def _shown(request: ApiRequest, months: Sequence[date]) -> list[dict[str, Any]]:
    day = today(timezone.now())
    found = facts_of_months(request.token.organization, months)
    return [
        {
            "month": month_slug(month),
            "state": rules.return_state(facts, day).value,
            "reason": rules.state_reason(facts, day),
            "due_on": facts.due_on,
            "confirmed_at": facts.confirmed_at,
            "on_time": facts.on_time,
            "nil_reason": facts.nil_reason,
            "sums": sums_shown(sums),
        }
        for month, (facts, sums) in sorted(found.items(), reverse=True)
    ]


def _one(request: ApiRequest, month: date) -> HttpResponse:
    return answer(_shown(request, [month])[0])


@router.put(
    "/returns/{month}/confirmation",
    **described(
        "ยืนยันว่าส่งครบทั้งเดือนแล้ว พ้นกำหนดต้องระบุสาเหตุ (late_reason) ยืนยันซ้ำได้",
        "Confirm that all activities of the month are in; after the due day with `late_reason`. Again changes nothing.",
        Scope.RETURNS_WRITE,
        answers={200: MonthState},
    ),
)
def confirm_month(request: ApiRequest, month: str, body: ConfirmIn) -> HttpResponse:
    need(request, Scope.RETURNS_WRITE)
    first = month_asked(month)
    confirm(
        actor=request.viewer,
        organization=request.token.organization,
        month=first,
        late_reason=body.late_reason,
        now=timezone.now(),
    )
    return _one(request, first)


@router.delete(
    "/returns/{month}/confirmation",
    **described(
        "ถอนการยืนยันของเดือน", "Cancel the confirmation", Scope.RETURNS_WRITE, answers={200: MonthState}
    ),
)
def unconfirm_month(request: ApiRequest, month: str) -> HttpResponse:
    need(request, Scope.RETURNS_WRITE)
    first = month_asked(month)
    unconfirm(actor=request.viewer, organization=request.token.organization, month=first, now=timezone.now())
    return _one(request, first)


@router.put(
    "/returns/{month}/nil",
    **described(
        "แจ้งว่าเดือนนี้ไม่มีกิจกรรม พร้อมเหตุผล",
        "State that the office held no activity in the month, and why; another reason replaces the first",
        Scope.RETURNS_WRITE,
        answers={200: MonthState},
    ),
)
def nil_month(request: ApiRequest, month: str, body: NilIn) -> HttpResponse:
    need(request, Scope.RETURNS_WRITE)
    first = month_asked(month)
    state_nil(
        actor=request.viewer,
        organization=request.token.organization,
        month=first,
        reason=body.reason,
        now=timezone.now(),
    )
    return _one(request, first)


@router.delete(
    "/returns/{month}/nil",
    **described(
        "ถอนการแจ้งไม่มีกิจกรรม",
        "Withdraw the nil statement",
        Scope.RETURNS_WRITE,
        answers={200: MonthState},
    ),
)
def not_nil_month(request: ApiRequest, month: str) -> HttpResponse:
    need(request, Scope.RETURNS_WRITE)
    first = month_asked(month)
    take_back_nil(
        actor=request.viewer, organization=request.token.organization, month=first, now=timezone.now()
    )
    return _one(request, first)
