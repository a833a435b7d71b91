"""Record that a material, or a post of an own activity, was published on channels; correct, withdraw."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q
from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.audit.services.record import record
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo
from jitasa.photos.selectors import usable_photos
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models import Broadcast, Campaign, Channel, Delivery, Material
from jitasa.thai.dates import short_date, today
from jitasa.thai.text import normalise

OLDEST = timedelta(days=730)  # what is older belongs to no report any more; a slip of the year
MOST_CHANNELS = 30


@dataclass(frozen=True)
class OnChannel:
    """One channel of a use: people reached (``None``: as registered) and where it can be seen."""

    channel_id: int
    reach: int | None = None
    link: str = ""


@dataclass(frozen=True)
class Use:
    """What an officer says of a use: the day, one entry a channel, a picture by its hash, a note."""

    on: date
    channels: Sequence[OnChannel]
    photo: str = ""
    note: str = ""


def record_broadcast(
    *, actor: Viewer, batch: UUID, subject: Material | Activity, use: Use, now: datetime
) -> list[Broadcast]:
    """One row a channel. The same ``batch`` again returns the rows there are and changes nothing.

    Campaigns that brought the material to the office are marked as used by it.

    :raises Forbidden: the person records nothing for an office. :raises Refusal: by field.
    """
    office = actor.organization
    if office is None or not rules.may_write(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่บันทึกการเผยแพร่ได้"))
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=office.pk)
        known = list(Broadcast.objects.filter(batch=batch, organization=office).order_by("pk"))
        if known:
            return known
        if isinstance(subject, Activity) and not rules.may_publish(actor, subject):
            raise Forbidden(_("บันทึกได้เฉพาะโพสต์ของกิจกรรมหน่วยงานตนเองที่รับรายงานแล้ว"))
        channels = _channels(office, use)
        tidy = _checked(subject, use, channels, now)
        photo = _photo(actor, use.photo)
        rows = _rows(actor, batch, subject, tidy, channels, photo, now)
        Broadcast.objects.bulk_create(rows)
        data = {"title": str(subject), "on": use.on, "channels": [str(row.channel) for row in rows]}
        record(actor=actor, verb="broadcast.record", subject=subject, data=data, now=now)
        if isinstance(subject, Material):
            mark_used(office=office, material_id=subject.pk)
    return rows


def _channels(office: Organization, use: Use) -> dict[int, Channel]:
    ids = {each.channel_id for each in use.channels}
    found = Channel.objects.active().filter(organization=office).in_bulk(ids)
    if not ids:
        raise Refusal(fields={"channels": [_("เลือกช่องทางที่เผยแพร่อย่างน้อยหนึ่งช่องทาง")]})
    if len(found) != len(ids) or len(ids) > MOST_CHANNELS:
        raise Refusal(fields={"channels": [_("มีช่องทางที่เลิกใช้แล้วหรือไม่ใช่ของหน่วยงาน เลือกใหม่จากรายการ")]})
    return found


def _checked(subject: Material | Activity, use: Use, channels: dict[int, Channel], now: datetime) -> Use:
    """The use with tidy links and every reach filled in. :raises Refusal: by field."""
    problems: dict[str, list[str]] = _day_problems(subject, use.on, now)
    tidy = []
    for each in use.channels:
        channel, link = channels[each.channel_id], rules.tidy_link(each.link)
        reach = channel.reach if each.reach is None else each.reach
        if wrong := rules.link_problem(channel.kind, link):
            problems[f"link_{channel.pk}"] = [wrong]
        if not 0 <= reach <= rules.MOST_REACH:
            most = f"{rules.MOST_REACH:,}"
            problems[f"reach_{channel.pk}"] = [_("จำนวนคนต้องอยู่ระหว่าง 0 ถึง %(most)s") % {"most": most}]
        tidy.append(OnChannel(channel.pk, reach, link))
    if problems:
        raise Refusal(fields=problems)
    return replace(use, channels=tidy, note=normalise(use.note)[:250])


def _day_problems(subject: Material | Activity, on: date, now: datetime) -> dict[str, list[str]]:
    if on > today(now):
        return {"on": [_("วันที่เผยแพร่ต้องไม่เกินวันนี้ บันทึกเมื่อเผยแพร่แล้ว")]}
    if on < today(now) - OLDEST:
        return {"on": [_("วันที่เก่าเกิน 2 ปี ตรวจปี พ.ศ. อีกครั้ง")]}
    if isinstance(subject, Material) and subject.withdrawn_at and on > today(subject.withdrawn_at):
        day = short_date(today(subject.withdrawn_at))
        return {"on": [_("สื่อนี้ถูกถอนเมื่อ %(day)s บันทึกได้เฉพาะการเผยแพร่ก่อนหน้านั้น") % {"day": day}]}
    return {}


def _photo(actor: Viewer, sha256: str) -> Photo | None:
    if not sha256:
        return None
    photo = usable_photos(actor, [sha256]).first()
    if photo is None:
        raise Refusal(fields={"photo": [_("ไม่พบภาพที่ส่ง เลือกภาพใหม่อีกครั้ง")]})
    return photo


def _rows(
    actor: Viewer, batch: UUID, subject: Material | Activity, use: Use,
    channels: dict[int, Channel], photo: Photo | None, now: datetime,
) -> list[Broadcast]:  # fmt: skip
    office = actor.organization
    assert office is not None
    province, district = _place(office, use.on)
    material = subject if isinstance(subject, Material) else None
    activity = subject if isinstance(subject, Activity) else None
    campaign = _campaign(office, material, use.on) if material else None
    return [
        Broadcast(
            batch=batch,
            organization=office,
            material=material,
            activity=activity,
            channel=channels[each.channel_id],
            campaign=campaign,
            channel_kind=channels[each.channel_id].kind,
            province_code=province,
            district_code=district,
            on=use.on,
            reach=each.reach or 0,
            link=each.link,
            photo=photo,
            note=use.note,
            created_at=now,
            created_by=actor.user,
            updated_at=now,
        )
        for each in use.channels
    ]


def _place(office: Organization, day: date) -> tuple[str, str]:
    """Province and district the office stood in on the day; as now where its history begins later."""
    states = OrganizationState.objects.as_at(day).filter(organization=office)
    codes = states.values_list("province_code", "district_code").first()
    return codes or (office.province_code, office.district_code)


def _campaign(office: Organization, material: Material, day: date) -> Campaign | None:
    """The latest campaign that had brought the material to the office by the end of the day."""
    came = Delivery.objects.filter(
        recipient=office, campaign__materials=material, campaign__status=CampaignStatus.SENT
    ).select_related("campaign")
    found = came.filter(delivered_at__date__lte=day).order_by("-delivered_at").first()
    return found.campaign if found else None


def mark_used(*, office: Organization, material_id: int) -> None:
    """Set or take back ``used_at`` of the deliveries that brought the material to the office.

    A delivery is used when a live broadcast of any of its materials was recorded; before it came
    does not count.
    """
    rows = Delivery.objects.filter(recipient=office, campaign__materials=material_id)
    for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        live = Broadcast.objects.live().filter(
            Q(campaign=row.campaign_id) | Q(created_at__gte=row.delivered_at),
            organization=office,
            material__campaigns=row.campaign_id,
        )
        first = live.aggregate(first=Min("created_at"))["first"]
        if first != row.used_at:
            Delivery.objects.filter(pk=row.pk).update(used_at=first, seen_at=row.seen_at or first)


def edit_broadcast(
    *, actor: Viewer, broadcast: Broadcast, on: date, reach: int, link: str, note: str, now: datetime
) -> Broadcast:
    """Correct day, reach, link or note of one row; channel and material stay.

    :raises Forbidden: another office's, or withdrawn. :raises Refusal: by field.
    """
    if not rules.may_change_broadcast(actor, broadcast):
        raise Forbidden(_("แก้ได้เฉพาะการเผยแพร่ของหน่วยงานตนเองที่ยังไม่ถอน"))
    with transaction.atomic():
        rows = Broadcast.objects.select_for_update(of=("self",), no_key=True).select_related(
            "channel", "material", "activity"
        )
        row = rows.get(pk=broadcast.pk)
        use = Use(on=on, channels=[OnChannel(row.channel_id, reach, link)], note=note)
        tidy = _checked(row.subject, use, {row.channel_id: row.channel}, now)
        given = tidy.channels[0]
        after = {"on": tidy.on, "reach": given.reach or 0, "link": given.link, "note": tidy.note}
        before = {name: getattr(row, name) for name in after}
        if before == after:
            return row
        province, district = _place(row.organization, tidy.on)
        Broadcast.objects.filter(pk=row.pk).update(
            **after, province_code=province, district_code=district, updated_at=now
        )
        row.refresh_from_db()
        data = {"before": before, "after": after}
        record(actor=actor, verb="broadcast.edit", subject=row, data=data, now=now)
    return row


def withdraw_broadcast(*, actor: Viewer, broadcast: Broadcast, reason: str, now: datetime) -> None:
    """Take one row out of every count; it stays readable with its reason."""
    if not rules.may_change_broadcast(actor, broadcast):
        raise Forbidden(_("ถอนได้เฉพาะการเผยแพร่ของหน่วยงานตนเอง"))
    reason = normalise(reason)[:400]
    if not reason:
        raise Refusal(fields={"reason": [_("ระบุเหตุผลที่ถอนโดยย่อ เช่น บันทึกซ้ำ")]})
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=broadcast.organization_id)
        fresh = Broadcast.objects.live().filter(pk=broadcast.pk)
        if not fresh.update(withdrawn_at=now, withdraw_reason=reason, updated_at=now):
            return
        record(actor=actor, verb="broadcast.withdraw", subject=broadcast, data={"reason": reason}, now=now)
        if broadcast.material_id:
            mark_used(office=broadcast.organization, material_id=broadcast.material_id)


def last_channels(office: Organization, *, limit: int = MOST_CHANNELS) -> Collection[int]:
    """The channels of the office's latest use, to be ticked again."""
    last = Broadcast.objects.live().filter(organization=office).order_by("-created_at", "-pk").first()
    if last is None:
        return []
    return Broadcast.objects.filter(batch=last.batch).values_list("channel_id", flat=True)[:limit]
