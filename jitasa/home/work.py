"""My work: what is due, for whom, until when; what came in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Case, F, Q, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, Step
from jitasa.activities.models.history import Act
from jitasa.notices.models import NoticeKind
from jitasa.notices.selectors import unread_for
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.selectors.materials import waiting_for
from jitasa.rounds.choices import ReturnState
from jitasa.rounds.rules import MonthFacts, return_state, state_reason
from jitasa.rounds.selectors.tallies import Sums
from jitasa.thai.dates import day_of, last_day, month_of, month_slug, today
from jitasa.ui.days import month_name, short_date, time_of_day
from jitasa.ui.numerals import whole_in_own_digits

OPEN = (Status.RETURNED, Status.AWAITING, Status.DRAFT)
SHOWN = 5  # of each kind; the rest is behind a link
BACK = 12  # months that a missing report is looked for
AHEAD = timedelta(days=10)
# What came in and asks for something; the rest (accepted, compiled) is news and stands under the bell.
ASKING = (NoticeKind.REMINDER, NoticeKind.SUBMITTED, NoticeKind.INVITATION)
SOON = timedelta(days=5)


@dataclass(frozen=True)
class Item:
    """One thing to do. ``tone`` colours the first word; ``when`` says how long there is."""

    tone: str
    what: str
    when: str
    title: str
    words: str
    url: str
    button: str
    read_at: str = ""  # where somebody looks who may not act, when that is another page
    read_as: str = ""  # its title for such a reader, when the title asks for an act


def own_records(office: Organization) -> dict[Status, list[Activity]]:
    """The office's records that want something done, ``SHOWN`` of each status; one query.

    Drafts the newest first, what came back or waits for approval the oldest first.
    """
    newest_draft = Case(When(status=Status.DRAFT, then=F("updated_at"))).desc(nulls_last=True)
    rank = Window(
        RowNumber(), partition_by="status", order_by=[newest_draft, F("updated_at").asc(), F("id").asc()]
    )
    found: dict[Status, list[Activity]] = {status: [] for status in OPEN}
    rows = Activity.objects.filter(organization=office, status__in=OPEN).select_related("updated_by")
    for row in rows.annotate(rank=rank).filter(rank__lte=SHOWN).order_by("rank"):
        found[Status(row.status)].append(row)
    return found


def returned(rows: list[Activity], now: datetime) -> list[Item]:
    """Records that came back, with the reason."""
    reasons = _last_steps(rows, (Act.RETURNED, Act.REOPENED))
    return [
        Item(
            tone="bad",
            what=_("ส่งกลับแก้ไข") if step is None or step.act == Act.RETURNED else _("เปิดแก้ไข"),
            when=ago(row.updated_at, now),
            title=str(row),
            words=_reason(step),
            url=reverse("activities:edit", args=[row.uuid]),
            button=_("แก้ไข"),
            read_at=reverse("activities:detail", args=[row.uuid]),
        )
        for row in rows
        for step in [reasons.get(row.pk)]
    ]


def _reason(step: Step | None) -> str:
    if step is None:
        return ""
    return f"{step.organization}: {step.reason}" if step.organization else step.reason


def _last_steps(rows: list[Activity], acts: tuple[Act, ...]) -> dict[int, Step]:
    if not rows:
        return {}
    found = Step.objects.filter(activity__in=rows, act__in=acts).select_related("organization")
    return {step.activity_id: step for step in found.order_by("id")}


def approvals(viewer: Viewer, rows: list[Activity], now: datetime) -> list[Item]:
    """Records that wait for this person's approval."""
    if not viewer.has(Role.APPROVER):
        return []
    return [
        Item(
            tone="warn",
            what=_("รออนุมัติ"),
            when=ago(row.updated_at, now),
            title=str(row),
            words=_("%(person)s เสนอ · %(people)s คน · %(photos)d ภาพ")
            % {"person": row.updated_by or "", "people": f"{row.participants:,}", "photos": row.photo_count},
            url=reverse("activities:detail", args=[row.uuid]),
            button=_("ตรวจและอนุมัติ"),
        )
        for row in rows
    ]


def drafts(rows: list[Activity], now: datetime) -> list[Item]:
    """What was begun and not sent."""
    return [
        Item(
            tone="",
            what=_("ร่าง"),
            when=ago(row.updated_at, now),
            title=str(row),
            words=short_date(row.start_date) if row.start_date else _("ยังไม่กรอกวันที่"),
            url=reverse("activities:edit", args=[row.uuid]),
            button=_("ทำต่อ"),
            read_at=reverse("activities:detail", args=[row.uuid]),
        )
        for row in rows
    ]


def due_months(
    facts_by_month: Mapping[date, tuple[MonthFacts, Sums]], now: datetime
) -> list[tuple[Item, MonthFacts]]:
    """The months that the office has not stated yet, the longest late first, and this one near its end."""
    day, this = today(now), month_of(today(now))
    found = []
    for month, (facts, _sums) in facts_by_month.items():
        if month == this and last_day(month) - day > SOON:
            continue
        state = return_state(facts, day)
        if state in (ReturnState.LATE, ReturnState.NOTHING, ReturnState.IN_PROGRESS, ReturnState.NOT_DUE):
            found.append((_month_item(facts, state, day), facts))
    return found if len(found) <= SHOWN else [_earlier(found[: 1 - SHOWN]), *found[1 - SHOWN :]]


def _month_item(facts: MonthFacts, state: ReturnState, day: date) -> Item:
    late = state == ReturnState.LATE
    name = month_name(facts.month)
    return Item(
        tone="bad" if late else "warn",
        what=short_date(facts.due_on),
        when=_("เกินกำหนด") if late else left(facts.due_on, day),
        title=_("ยืนยันรายงานเดือน%s") % name if facts.live else _("รายงานเดือน%s") % name,
        words=state_reason(facts, day),
        url=reverse("compilation:month_return", args=[facts.month]),
        button=_("ยืนยันเดือน") if facts.live else _("เปิดเดือน"),
        read_as=_("รายงานเดือน%s") % name,
    )


def _earlier(months: list[tuple[Item, MonthFacts]]) -> tuple[Item, MonthFacts]:
    """One line for the months before those that are named; it leads to the oldest."""
    item, facts = months[0]
    title = _("รายงานก่อนหน้านี้อีก %d เดือนยังไม่ยืนยัน") % len(months)
    return replace(item, title=title, read_as=title, button=_("เปิดเดือน")), facts


def coming_days(office: Organization, now: datetime) -> list[Item]:
    """Important days of the next ten days for which nothing is written yet."""
    day = today(now)
    rows = Occasion.objects.active().for_office(office).filter(date__range=(day, day + AHEAD))
    planned = Q(activities__organization=office) & ~Q(activities__status=Status.WITHDRAWN)
    return [
        Item(
            tone="",
            what=short_date(row.date).rsplit(" ", 1)[0],
            when=left(row.date, day),
            title=row.name,
            words=row.guidance.split("\n", 1)[0][:120] or _("จัดกิจกรรมเนื่องในวันนี้ แล้วบันทึกจากภาพถ่าย"),
            url=f"{reverse('activities:new')}?occasion={row.pk}",
            button=_("วางแผน"),
            read_at=reverse("occasions:calendar"),
        )
        for row in rows.exclude(planned).order_by("date", "id")[:2]
    ]


def materials(office: Organization, now: datetime) -> list[Item]:
    """What campaigns brought and the office has not used, the most urgent first; one line each."""
    day = today(now)
    rows = sorted(waiting_for(office, day)[:SHOWN], key=lambda row: row.campaign.use_by or date.max)
    return [
        Item(
            tone=_tone_of_day(row.campaign.use_by, day),
            what=short_date(row.campaign.use_by).rsplit(" ", 1)[0] if row.campaign.use_by else _("สื่อใหม่"),
            when=_until(row.campaign.use_by, day) if row.campaign.use_by else ago(row.delivered_at, now),
            title=row.campaign.title,
            words=_("สื่อใหม่ให้เผยแพร่ จาก %s") % row.campaign.made_by,
            url=reverse("publicity:campaign", args=[row.campaign.uuid]),
            button=_("เผยแพร่"),
        )
        for row in rows[:2]
    ]


def _tone_of_day(by: date | None, day: date) -> str:
    return "info" if by is None else "bad" if by < day else "warn"


def _until(by: date, day: date) -> str:
    return _("เกินกำหนด") if by < day else left(by, day)


def notices(viewer: Viewer, now: datetime, above: Iterable[Item] = ()) -> list[Item]:
    """What came in, asks for something and was not read.

    What already stands ``above`` as work is not said twice. A local government is sent nothing to review:
    that its record waits again is news.
    """
    kinds = ASKING[:1] if viewer.is_lao else ASKING
    unread = unread_for(viewer, now).filter(kind__in=kinds)
    rows = unread.exclude(url__in={item.url for item in above})[:SHOWN]
    return [
        Item(
            tone="info",
            what=pgettext("state", "ใหม่"),
            when=ago(row.created_at, now),
            title=whole_in_own_digits(row.title),
            words=whole_in_own_digits(row.body[:160]) or (str(row.sender) if row.sender else ""),
            url=row.url or reverse("notices:list"),
            button=_("เปิด"),
        )
        for row in rows
    ]


def to_read(items: Iterable[Item]) -> list[Item]:
    """The same for somebody who only reads: what is open with the office, each led to where it is read."""
    return [
        replace(item, url=item.read_at or item.url, title=item.read_as or item.title, button=_("เปิดดู"))
        for item in items
    ]


def left(day: date, now: date) -> str:
    days = (day - now).days
    return _("วันนี้") if days == 0 else _("พรุ่งนี้") if days == 1 else _("อีก %d วัน") % days


def ago(at: datetime, now: datetime) -> str:
    """The hour of today, else how many days ago, else the day."""
    days = (today(now) - day_of(at)).days
    if days == 0:
        return time_of_day(at)
    return _("เมื่อวาน") if days == 1 else _("%d วันก่อน") % days if days < 30 else short_date(day_of(at))


def month_address(month: date) -> str:
    return f"{reverse('activities:list')}?month={month_slug(month)}"
