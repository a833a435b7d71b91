"""Records: list, read, create or replace, send, withdraw, many at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from jitasa.activities.selectors.listing import RecordFilters, listed
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.record_batch import Answer, BatchRecord, Result, record_batch
from jitasa.activities.services.save_draft import Saved, save_draft
from jitasa.activities.services.submit import submit
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.values import ActivityValues
from jitasa.api import records
from jitasa.api.answers import answer, field_errors, not_found
from jitasa.api.choices import Scope
from jitasa.api.door import ApiRequest
from jitasa.api.operations import described, need, revision_asked
from jitasa.api.schemas import TOLD_APART_MOST, ActivityIn, BatchIn, ReasonIn
from jitasa.api.shapes_records import Activities, ActivityOut, BatchAnswers, Receipt, SavedAs
from jitasa.problems import Refusal
from jitasa.ui.reading import identifier

router = Router(tags=["activities"])
PAGE, PAGE_MOST = 50, 200


class ActivityFilter(Schema):
    """``month`` as 2569-11 (Buddhist era), ``office`` an organization's code."""

    status: str = Field("", max_length=12)
    month: str = Field("", max_length=10)
    kind: str = Field("", max_length=40)
    q: str = Field("", max_length=100)
    changed_since: datetime | None = None
    cursor: str = Field("", max_length=20)
    limit: int = Field(PAGE, ge=1, le=PAGE_MOST)


class ToldApart(Schema):
    """UUIDs of records that look like this one and are other activities."""

    told_apart: list[UUID] = Field([], max_length=TOLD_APART_MOST)


@router.get(
    "/activities",
    **described(
        "รายการกิจกรรม ใหม่สุดก่อน",
        "Records, the newest first; `next` is the next cursor",
        Scope.ACTIVITIES_READ,
        answers={200: Activities},
    ),
)
def list_activities(request: ApiRequest, asked: Query[ActivityFilter]) -> HttpResponse:
    need(request, Scope.ACTIVITIES_READ)
    filters = RecordFilters.read(
        {"status": asked.status, "month": asked.month, "kind": asked.kind, "q": asked.q}
    )
    rows = listed(request.viewer, filters).select_related(
        "organization", "kind", "sub_kind", "host_organization", "host_activity"
    )
    if asked.changed_since is not None:
        since = asked.changed_since
        rows = rows.filter(updated_at__gte=since if since.tzinfo else timezone.make_aware(since))
    before = identifier(asked.cursor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: asked.limit + 1])
    page = found[: asked.limit]
    more = str(page[-1].pk) if len(found) > asked.limit else None
    return answer({"items": records.shown_all(page), "next": more})


@router.get(
    "/activities/{uuid:uuid}",
    **described("กิจกรรมหนึ่งรายการ", "One record", Scope.ACTIVITIES_READ, answers={200: ActivityOut}),
)
def read_activity(request: ApiRequest, uuid: UUID) -> HttpResponse:
    need(request, Scope.ACTIVITIES_READ)
    row = records.to_see(request.viewer, uuid)
    if row is None:
        raise not_found()
    return answer(records.shown_all([row])[0], headers={"ETag": f'"{row.revision}"'})


@router.put(
    "/activities/{uuid:uuid}",
    **described(
        "สร้างหรือแทนที่กิจกรรมด้วย UUID ของผู้ส่ง ส่งซ้ำไม่เกิดรายการใหม่ · submit=true ส่งให้หน่วยงานระดับเหนือขึ้นไปด้วย",
        "Create or replace a record by the client's UUID; the same again changes nothing. With submit=true it is submitted, "
        "too, unless `problems` say what is missing: then it is kept as a draft.",
        Scope.ACTIVITIES_WRITE,
        answers={200: SavedAs, 201: SavedAs},
    ),
)
def put_activity(request: ApiRequest, uuid: UUID, body: ActivityIn, submit: bool = False) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    values = records.values_in(body, records.office_ids([body]))
    base = revision_asked(request, body.revision)
    return keep(request, uuid, values, base=base, send=submit, told_apart=body.told_apart)


def keep(
    request: ApiRequest,
    uuid: UUID,
    values: ActivityValues,
    *,
    base: int | None,
    send: bool,
    told_apart: Collection[UUID] = (),
) -> HttpResponse:
    """Keep a record, or keep and send it; the receipt, 201 for a new one."""
    now = timezone.now()
    if send:
        saved = record_and_submit(
            actor=request.viewer,
            uuid=uuid,
            base_revision=base,
            values=values,
            now=now,
            confirmed=told_apart,
        )
    else:
        row = save_draft(actor=request.viewer, uuid=uuid, base_revision=base, values=values, now=now)
        saved = Saved(activity=row)
    status = 201 if saved.activity.created_at == now else 200
    return answer(
        records.saved_answer(saved), status=status, headers={"ETag": f'"{saved.activity.revision}"'}
    )


@router.post(
    "/activities/{uuid:uuid}/submit",
    **described(
        "ส่งกิจกรรมที่เก็บไว้", "Submit a record that was kept", Scope.ACTIVITIES_WRITE, answers={200: Receipt}
    ),
)
def submit_activity(request: ApiRequest, uuid: UUID, asked: Query[ToldApart]) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    row = records.to_see(request.viewer, uuid)
    if row is None:
        raise not_found()
    base = revision_asked(request, None)
    sent = submit(
        actor=request.viewer,
        activity=row,
        now=timezone.now(),
        base_revision=base,
        confirmed=asked.told_apart,
    )
    return answer(records.receipt(sent), headers={"ETag": f'"{sent.revision}"'})


@router.post(
    "/activities/{uuid:uuid}/withdraw",
    **described(
        "ถอนกิจกรรม",
        "Withdraw a record; one that was submitted needs a reason",
        Scope.ACTIVITIES_WRITE,
        answers={200: Receipt},
    ),
)
def withdraw_activity(request: ApiRequest, uuid: UUID, body: ReasonIn) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    row = records.to_see(request.viewer, uuid)
    if row is None:
        raise not_found()
    gone = withdraw(
        actor=request.viewer,
        activity=row,
        reason=body.reason,
        now=timezone.now(),
        base_revision=revision_asked(request, body.revision),
    )
    return answer(records.receipt(gone), headers={"ETag": f'"{gone.revision}"'})


@router.post(
    "/activities/batch",
    **described(
        "ส่งกิจกรรมหลายรายการ ไม่เกิน 500 ในครั้งเดียว ตอบทีละรายการ",
        "Up to 500 records at once, an answer for each: `sent`, `kept`, `same` or `refused`",
        Scope.ACTIVITIES_WRITE,
        answers={200: BatchAnswers},
    ),
)
def batch(request: ApiRequest, body: BatchIn) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    offices = records.office_ids(item.record for item in body.records)
    answers: list[dict[str, Any] | None] = [None] * len(body.records)
    taken: list[tuple[int, BatchRecord]] = []
    for place, item in enumerate(body.records):
        try:
            values = records.values_in(item.record, offices)
        except Refusal as refusal:
            answers[place] = _refused(item.uuid, refusal)
            continue
        kept = BatchRecord(
            uuid=item.uuid,
            values=values,
            base_revision=item.record.revision,
            send=item.submit,
            confirmed=item.record.told_apart,
        )
        taken.append((place, kept))
    done = record_batch(actor=request.viewer, records=[each for _place, each in taken], now=timezone.now())
    for (place, _kept), each in zip(taken, done, strict=True):
        answers[place] = _answered(each)
    return answer({"answers": answers})


def _answered(each: Answer) -> dict[str, Any]:
    return {
        "uuid": str(each.uuid),
        "result": each.result.value,
        "number": each.number,
        "revision": each.revision,
        "code": each.code,
        "message": each.message,
        "errors": field_errors(each.fields, each.code or "invalid"),
        "looks_like": [str(uuid) for uuid in each.twins],
    }


def _refused(uuid: UUID, refusal: Refusal) -> dict[str, Any]:
    return _answered(
        Answer(
            uuid=uuid,
            result=Result.REFUSED,
            code=refusal.code,
            message=refusal.message or _("ทำรายการนี้ไม่ได้"),
            fields=dict(refusal.fields),
        )
    )
