"""Add, change, retire and restore important days."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.occasions import rules
from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.services.orders import Order
from jitasa.organizations import versions
from jitasa.organizations.models import Organization, Topic
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.text import normalise

WORDING = ("date", "name", "short_name", "kind")  # what records show; the rest guides new ones only
NOT_YOURS = gettext_noop("แก้ได้เฉพาะวันที่หน่วยงานของท่านเป็นผู้กำหนด หากเห็นว่าควรแก้ โปรดแจ้งหน่วยงานเจ้าของวัน")


@dataclass(frozen=True)
class OccasionContent:
    """What a person enters about a day. Windows are in days before and after it."""

    date: date
    name: str
    short_name: str
    kind: str
    window_before: int = 7
    window_after: int = 7
    guidance: str = ""
    order_reference: str = ""


def content_of(occasion: Occasion) -> OccasionContent:
    """A day's content as a value to compare or edit."""
    return OccasionContent(**{name: getattr(occasion, name) for name in OccasionContent.__dataclass_fields__})


def add_occasion(
    *, actor: Viewer, content: OccasionContent, order: Order | None = None, now: datetime
) -> Occasion:
    """Add a day: national when the department (or the ministry's centre) adds it, else the area's own.

    A centre gives the order it sets the day by. The same day sent twice is one row.

    :raises Forbidden: unless the actor is an officer of the department or a province, or of a centre.
    :raises Refusal: for content that cannot be, by field.
    """
    if not rules.may_add(actor):
        raise Forbidden(_(rules.SETTERS))
    centre, owner = actor.is_centre, rules.owner_for(actor)
    content = _checked(content, by_centre=centre, has_order=order is not None)
    with transaction.atomic():
        if actor.organization is not None:  # the same day sent twice at once: the second sees the first
            Organization.objects.select_for_update(no_key=True).get(pk=actor.organization.pk)
        same = Occasion.objects.active().filter(organization=owner, date=content.date, name=content.name)
        same = same.filter(by_centre=centre)
        known = same.first()
        if known is not None:
            return known
        occasion = Occasion.objects.create(
            code=_new_code(owner),
            organization=owner,
            by_centre=centre,
            changed_at=now,
            **asdict(content),
            **_columns(order),
        )
        versions.changed(Topic.OCCASIONS)
        data = {"after": asdict(content), **_noted(order)}
        record(actor=actor, verb="occasion.add", subject=occasion, data=data, now=now)
    return occasion


def edit_occasion(
    *, actor: Viewer, occasion: Occasion, content: OccasionContent, order: Order | None = None, now: datetime
) -> Occasion:
    """Change a day; answers the row in use afterwards. Without an ``order`` the one it has is kept.

    A change of name, date or kind retires the row and opens a new one with the same code: records
    keep pointing at the old one. Windows and guidance change in place.

    :raises Conflict: when somebody else changed or retired the row first.
    :raises Refusal: for content that cannot be, or a date in another year: a row is one year's day.
    """
    if not rules.may_edit(actor, occasion):
        raise Forbidden(_(NOT_YOURS))
    has_order = order is not None or bool(occasion.order_sha256)
    content = _checked(content, by_centre=occasion.by_centre, has_order=has_order)
    with transaction.atomic():
        row = Occasion.objects.select_for_update(no_key=True).get(pk=occasion.pk)
        if row.retired_at is not None:
            raise Conflict(_("มีผู้แก้หรือยกเลิกวันนี้ไปก่อนแล้ว กลับไปที่รายการแล้วเปิดใหม่อีกครั้ง"))
        before = content_of(row)
        if before.date.year != content.date.year:
            raise Refusal(fields={"date": [_("ย้ายไปปีอื่นไม่ได้ ให้เลิกใช้วันนี้ แล้วเพิ่มในปีที่ต้องการ")]})
        if before == content and (order is None or order == _order_of(row)):
            return row
        data: dict[str, Any] = {"before": asdict(before), "after": asdict(content), **_noted(order)}
        values = asdict(content) | _columns(order or _order_of(row))
        if any(getattr(before, name) != getattr(content, name) for name in WORDING):
            Occasion.objects.filter(pk=row.pk).update(retired_at=now)
            data["replaces"] = row.pk
            kept = {"code": row.code, "organization_id": row.organization_id, "by_centre": row.by_centre}
            row = Occasion.objects.create(changed_at=now, **kept, **values)
        else:
            Occasion.objects.filter(pk=row.pk).update(changed_at=now, **values)
            row.refresh_from_db()
        versions.changed(Topic.OCCASIONS)
        record(actor=actor, verb="occasion.edit", subject=row, data=data, now=now)
    return row


def retire_occasion(*, actor: Viewer, occasion: Occasion, now: datetime) -> None:
    """Offer a day no longer. Records that name it keep it; doing it twice changes nothing."""
    if not rules.may_edit(actor, occasion):
        raise Forbidden(_(NOT_YOURS))
    with transaction.atomic():
        if Occasion.objects.active().filter(pk=occasion.pk).update(retired_at=now):
            versions.changed(Topic.OCCASIONS)
            record(actor=actor, verb="occasion.retire", subject=occasion, now=now)


def restore_occasion(*, actor: Viewer, occasion: Occasion, now: datetime) -> None:
    """Offer a retired day again.

    :raises Refusal: when a newer row of the same day is in use in that year.
    """
    if not rules.may_edit(actor, occasion):
        raise Forbidden(_(NOT_YOURS))
    with transaction.atomic():
        row = Occasion.objects.select_for_update(no_key=True).get(pk=occasion.pk)
        if row.retired_at is None:
            return
        newer = Occasion.objects.active().filter(
            code=row.code, organization=row.organization_id, date__year=row.date.year
        )
        if newer.exists():
            raise Refusal(_("วันนี้มีรายการที่ใช้อยู่ในปีเดียวกันแล้ว ให้แก้รายการนั้นแทน"))
        Occasion.objects.filter(pk=row.pk).update(retired_at=None, changed_at=now)
        versions.changed(Topic.OCCASIONS)
        record(actor=actor, verb="occasion.restore", subject=row, now=now)


def _order_of(row: Occasion) -> Order | None:
    if not row.order_sha256:
        return None
    return Order(sha256=row.order_sha256, name=row.order_name, media_type=row.order_media_type)


def _columns(order: Order | None) -> dict[str, str]:
    return {f"order_{name}": value for name, value in asdict(order).items()} if order else {}


def _noted(order: Order | None) -> dict[str, str]:
    """A new file of the order, as the audit keeps it: name and hash."""
    return {"order": order.name, "sha256": order.sha256} if order else {}


def _checked(content: OccasionContent, *, by_centre: bool, has_order: bool) -> OccasionContent:
    values = asdict(content) | {
        "name": normalise(content.name),
        "short_name": normalise(content.short_name),
        "guidance": content.guidance.strip(),
        "order_reference": normalise(content.order_reference),
    }
    tidy = OccasionContent(**values)
    problems = rules.occasion_problems(
        name=tidy.name,
        short_name=tidy.short_name,
        day=tidy.date,
        window_before=tidy.window_before,
        window_after=tidy.window_after,
    )
    problems |= rules.order_problems(by_centre=by_centre, reference=tidy.order_reference, has_file=has_order)
    if tidy.kind not in OccasionKind.values:
        problems["kind"] = [_("เลือกประเภทของวันจากรายการ")]
    if problems:
        raise Refusal(fields=problems)
    return tidy


def _new_code(owner: Organization | None) -> str:
    """A code nobody used yet: ``day-12`` for the nation, ``81-day-3`` for a province, ``8101-day-1`` for a district."""
    prefix = f"{owner.code}-day" if owner else "day"
    rows = Occasion.objects.filter(organization=owner, code__startswith=f"{prefix}-")
    numbers = [int(code.rsplit("-", 1)[1]) for code in rows.values_list("code", flat=True)]
    return f"{prefix}-{max(numbers, default=0) + 1}"
