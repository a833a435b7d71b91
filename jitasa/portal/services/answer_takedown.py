"""Answer a request about a picture: take it down, blur it, refuse with a reason; undo either."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jitasa.activities.services.hide_photo import hide_photo, others_with, show_photo
from jitasa.audit.services.record import record
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.viewer import Viewer
from jitasa.photos.rules import Area
from jitasa.photos.services.blur import blur, unblur
from jitasa.portal import rules
from jitasa.portal.models import State, TakedownRequest
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.text import normalise

Row = TakedownRequest
OPEN = (State.RECEIVED,)


def remove_picture(*, actor: Viewer, request: Row, reason: str = "", now: datetime) -> Row:
    """The picture is public nowhere any more. Raises what :func:`_answer` raises."""

    def act(row: Row) -> dict[str, Any]:
        words = reason or str(row.get_reason_display())
        hide_photo(actor=actor, activity=row.activity, photo=row.photo, reason=words, now=now)
        _tell_others(row, actor, "ภาพในกิจกรรมของท่านถูกนำลงจากเว็บไซต์ตามคำขอของประชาชน", now)
        return {}

    return _answer(actor, request, OPEN, State.REMOVED, reason, act, now)


def blur_picture(
    *, actor: Viewer, request: Row, areas: Sequence[Area], reason: str = "", now: datetime
) -> Row:
    """Blur ``areas`` in every public copy, in every record the picture stands in.

    :raises Refusal: no area, or one that is not inside the picture. Raises what :func:`_answer` raises.
    """

    def act(row: Row) -> dict[str, Any]:
        made = blur(actor=actor, photo=row.photo, areas=areas, now=now)
        _tell_others(row, actor, "ภาพในกิจกรรมของท่านถูกเบลอบางส่วนตามคำขอของประชาชน", now)
        return {"blurs": made}

    return _answer(actor, request, OPEN, State.BLURRED, reason, act, now)


def refuse(*, actor: Viewer, request: Row, reason: str, now: datetime) -> Row:
    """Leave the picture as it is; the asker reads why. Raises what :func:`_answer` raises."""
    return _answer(actor, request, OPEN, State.REFUSED, _needed(reason), lambda _row: {}, now)


def restore(*, actor: Viewer, request: Row, reason: str, now: datetime) -> Row:
    """Undo what the answer did: the picture is shown again, its areas no longer blurred.

    What another request did to the same picture stays done. Raises what :func:`_answer` raises.
    """

    def act(row: Row) -> dict[str, Any]:
        if row.blurs:
            unblur(photo=row.photo, blurs=row.blurs, now=now)
        still = Row.objects.filter(photo=row.photo_id, state=State.REMOVED).exclude(pk=row.pk)
        if row.state == State.REMOVED and not still.exists():
            show_photo(actor=actor, activity=row.activity, photo=row.photo, reason=reason, now=now)
        return {"blurs": []}

    return _answer(actor, request, (State.REMOVED, State.BLURRED), State.RESTORED, _needed(reason), act, now)


def _needed(reason: str) -> str:
    if not reason.strip():
        raise Refusal(fields={"reason": [_("ระบุเหตุผล ผู้ขอจะอ่านข้อความนี้จากลิงก์ส่วนตัว")]}, code="invalid")
    return reason


def _answer(
    actor: Viewer,
    request: Row,
    sources: Sequence[State],
    to: State,
    reason: str,
    act: Callable[[Row], dict[str, Any]],
    now: datetime,
) -> Row:
    """Take a step of the request under its lock, with one audit entry.

    :raises Forbidden: the actor's office neither owns the record nor stands above it.
    :raises Conflict: somebody answered meanwhile. :raises Refusal: the reason is too long.
    """
    if not rules.may_answer(actor, request):
        raise Forbidden(_("เฉพาะหน่วยงานเจ้าของกิจกรรมและหน่วยงานระดับเหนือขึ้นไปตอบคำขอนี้ได้"))
    reason = normalise(reason)
    if len(reason) > rules.WORDS_LONGEST:
        text = _("เขียนได้ไม่เกิน %(most)s ตัวอักษร") % {"most": f"{rules.WORDS_LONGEST:,}"}
        raise Refusal(fields={"reason": [text]}, code="invalid")
    with transaction.atomic():
        rows = Row.objects.select_for_update(of=("self",), no_key=True).select_related(
            "activity__organization", "photo"
        )
        row = rows.get(pk=request.pk)
        if row.state not in sources:
            words = _("คำขอนี้เปลี่ยนเป็น “%(state)s” แล้ว เปิดหน้านี้ใหม่เพื่อดูผลล่าสุด")
            raise Conflict(words % {"state": row.get_state_display()}, code="answered")
        changes = act(row)
        row.state, row.answer, row.answered_at = to, reason, now
        row.answered_by, row.answered_for = actor.user, actor.organization
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
        data = {"number": row.register_number, "reason": reason}
        record(actor=actor, verb=f"takedown.{to.value}", subject=row, data=data, now=now)
    return row


def _tell_others(row: Row, actor: Viewer, title: str, now: datetime) -> None:
    """Offices whose own record holds the same bytes: one notice a record, in Thai for every reader."""
    with translation.override("th"):
        body = f"ภาพเดียวกันอยู่ในกิจกรรมของ {row.organization} ทะเบียนคำขอที่ {row.register_number}"
    for other in others_with(row.photo, row.activity):
        notify(
            organization=other.organization,
            kind=NoticeKind.SUBMITTED,
            title=f"{title}: {other}",
            body=body,
            url=reverse("activities:detail", args=[other.uuid]),
            sender=actor.organization,
            now=now,
        )
