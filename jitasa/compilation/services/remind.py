"""Chase offices that have not reported: a notice to each, remembered with the month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.compilation.rules import may_remind, reminded_lately
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.selectors.rounds import round_for
from jitasa.rounds.services.returns import mark_reminded
from jitasa.thai.dates import long_date, month_name, month_of, month_slug, today


@dataclass(frozen=True)
class RemindOutcome:
    """``skipped`` had a reminder within the last hour."""

    reminded: list[Organization]
    skipped: list[Organization]


def remind(
    *,
    actor: Viewer,
    organizations: Collection[Organization],
    month: date,
    message: str = "",
    force: bool = False,
    now: datetime,
) -> RemindOutcome:
    """Send each office a reminder about ``month``; ``message`` is added in the sender's own words.

    An office reminded within the last hour is left out unless ``force``. Mail goes out by the
    setting of ``notices``.

    :raises Forbidden: the actor may not chase, or an office is not below the actor's own.
    :raises Refusal: nothing is chosen, an office that does not report itself, or the month has not begun.
    """
    _check(actor, organizations, month, now)
    with transaction.atomic():
        ids = [office.pk for office in organizations]
        list(Organization.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
        rows = MonthlyReturn.objects.filter(month=month, organization_id__in=ids)
        last = {row.organization_id: row.reminded_at for row in rows}
        skipped = [each for each in organizations if not force and reminded_lately(last.get(each.pk), now)]
        reminded = [each for each in organizations if each not in skipped]
        title, body = _words(month, message, now)
        url = reverse("compilation:board_month", args=[month_slug(month)])
        deliver(
            written(
                organization=office,
                kind=NoticeKind.REMINDER,
                title=title,
                body=body,
                url=url,
                sender=actor.organization,
                now=now,
            )
            for office in reminded
        )
        mark_reminded(organizations=reminded, month=month, now=now)
        if reminded:
            data = {
                "month": month_slug(month),
                "offices": [office.code for office in reminded],
                "message": message,
                "forced": force,
            }
            record(actor=actor, verb="month.remind", subject=actor.organization, data=data, now=now)
    return RemindOutcome(reminded, skipped)


def _check(actor: Viewer, organizations: Collection[Organization], month: date, now: datetime) -> None:
    if not may_remind(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของกรม จังหวัด และอำเภอที่เตือนหน่วยงานได้"))
    if not organizations:
        raise Refusal(_("ยังไม่ได้เลือกหน่วยงาน เลือกช่องหน้าชื่อหน่วยงานที่จะเตือน แล้วกดเตือนอีกครั้ง"))
    if month > month_of(today(now)):
        raise Refusal(_("เดือนนี้ยังไม่เริ่ม เตือนได้ตั้งแต่วันที่ 1 ของเดือน"))
    visible = set(
        Organization.objects.visible_to(actor)
        .filter(pk__in=[office.pk for office in organizations if office.pk != actor.office_id])
        .values_list("pk", flat=True)
    )
    if any(office.pk not in visible for office in organizations):
        raise Forbidden(_("เตือนได้เฉพาะหน่วยงานที่อยู่ในความดูแล เลือกจากตารางของสำนักงานท่าน"))
    above = [office.short_name for office in organizations if not office.is_lao]
    if above:
        words = _("%(names)s ไม่ได้รายงานเอง เลือก อปท. ที่ยังไม่รายงานแทน") % {"names": " ".join(above)}
        raise Refusal(words)
    closed = [office.short_name for office in organizations if office.closed_on is not None]
    if closed:
        raise Refusal(_("%(names)s สิ้นสุดไปแล้ว นำออกจากที่เลือกแล้วเตือนอีกครั้ง") % {"names": " ".join(closed)})


def _words(month: date, message: str, now: datetime) -> tuple[str, str]:
    round_ = round_for(month)
    due_on = round_.due_on
    title = f"โปรดรายงานกิจกรรมจิตอาสา เดือน{month_name(month)}"
    with translation.override("th"):
        when = " ".join(filter(None, (f"ครบกำหนด {long_date(due_on)}", round_.moved_words)))
    if today(now) > due_on:
        when = f"พ้นกำหนด {long_date(due_on)} แล้ว ยังส่งได้ตามปกติ"
    ask = "บันทึกกิจกรรมที่จัด หรือแจ้งว่าไม่มีกิจกรรม แล้วยืนยันว่าครบ"
    return title, " · ".join(part for part in (when, ask, message.strip()) if part)
