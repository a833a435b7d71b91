"""An office keeps the register of its channels."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.models import Channel
from jitasa.thai.search import stored
from jitasa.thai.text import normalise, sort_key

NOT_YOURS = gettext_noop("แก้ได้เฉพาะช่องทางของหน่วยงานตนเอง และเฉพาะเจ้าหน้าที่ของหน่วยงานนั้น")


@dataclass(frozen=True)
class ChannelContent:
    """What an officer enters about a channel; ``reach`` in people."""

    kind: str
    name: str
    link: str = ""
    reach: int = 0


def add_channel(*, actor: Viewer, content: ChannelContent, now: datetime) -> Channel:
    """Register a channel of the actor's office; the very same one sent twice is one row.

    :raises Forbidden: the person keeps no channels there. :raises Refusal: by field.
    """
    office = actor.organization
    if office is None or not rules.may_write(actor):
        raise Forbidden(_(NOT_YOURS))
    content = _checked(content)
    with transaction.atomic():
        type(office).objects.select_for_update(no_key=True).get(pk=office.pk)
        same = Channel.objects.active().filter(organization=office, kind=content.kind, name=content.name)
        known = same.first()
        if known is not None:
            if (known.link, known.reach) == (content.link, content.reach):
                return known
            raise _taken()
        channel = Channel.objects.create(
            organization=office, created_at=now, created_by=actor.user, updated_at=now, **_columns(content)
        )
        record(actor=actor, verb="channel.add", subject=channel, data={"after": asdict(content)}, now=now)
    return channel


def edit_channel(*, actor: Viewer, channel: Channel, content: ChannelContent, now: datetime) -> Channel:
    """Change name, link or reach. The kind stays: what was broadcast is counted by it.

    :raises Refusal: another kind, a link of the wrong form, a name that is taken.
    """
    if not rules.may_edit_channel(actor, channel):
        raise Forbidden(_(NOT_YOURS))
    content = _checked(content)
    with transaction.atomic():
        row = Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
        if content.kind != row.kind:
            raise Refusal(fields={"kind": [_("เปลี่ยนประเภทไม่ได้ ให้เลิกใช้ช่องทางนี้ แล้วเพิ่มช่องทางใหม่")]})
        same = Channel.objects.active().filter(
            organization=row.organization_id, kind=row.kind, name=content.name
        )
        if row.retired_at is None and same.exclude(pk=row.pk).exists():
            raise _taken()
        before = ChannelContent(kind=row.kind, name=row.name, link=row.link, reach=row.reach)
        if before == content:
            return row
        Channel.objects.filter(pk=row.pk).update(updated_at=now, **_columns(content))
        data = {"before": asdict(before), "after": asdict(content)}
        row.refresh_from_db()
        record(actor=actor, verb="channel.edit", subject=row, data=data, now=now)
    return row


def retire_channel(*, actor: Viewer, channel: Channel, now: datetime) -> None:
    """Offer a channel no longer; its broadcasts stay. Doing it twice changes nothing."""
    if not rules.may_edit_channel(actor, channel):
        raise Forbidden(_(NOT_YOURS))
    with transaction.atomic():
        if Channel.objects.active().filter(pk=channel.pk).update(retired_at=now, updated_at=now):
            record(actor=actor, verb="channel.retire", subject=channel, now=now)


def restore_channel(*, actor: Viewer, channel: Channel, now: datetime) -> None:
    """Use a retired channel again. :raises Refusal: one of that name is in use."""
    if not rules.may_edit_channel(actor, channel):
        raise Forbidden(_(NOT_YOURS))
    with transaction.atomic():
        row = Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
        if row.retired_at is None:
            return
        taken = Channel.objects.active().filter(
            organization=row.organization_id, kind=row.kind, name=row.name
        )
        if taken.exists():
            raise Refusal(_("มีช่องทางชื่อนี้ที่ใช้อยู่แล้ว แก้ชื่อช่องทางนั้นก่อน แล้วนำกลับมาใช้อีกครั้ง"))
        Channel.objects.filter(pk=row.pk).update(retired_at=None, updated_at=now)
        record(actor=actor, verb="channel.restore", subject=row, now=now)


def _columns(content: ChannelContent) -> dict[str, Any]:
    """What is stored of it, with what it is found and sorted by."""
    return {**asdict(content), "search_text": stored(content.name), "sort_key": sort_key(content.name)[:400]}


def _taken() -> Refusal:
    return Refusal(fields={"name": [_("มีช่องทางประเภทนี้ชื่อนี้อยู่แล้ว ใช้ชื่ออื่น หรือแก้ช่องทางเดิม")]})


def _checked(content: ChannelContent) -> ChannelContent:
    tidy = ChannelContent(
        kind=content.kind,
        name=normalise(content.name),
        link=rules.tidy_link(content.link),
        reach=content.reach,
    )
    problems: dict[str, list[str]] = {}
    if tidy.kind not in ChannelKind.values:
        problems["kind"] = [_("เลือกประเภทของช่องทาง")]
    if not tidy.name:
        problems["name"] = [_("กรอกชื่อช่องทาง เช่น เพจ อบต.อ่าวนาง")]
    if not 0 <= tidy.reach <= rules.MOST_REACH:
        problems["reach"] = [_("จำนวนคนต้องอยู่ระหว่าง 0 ถึง %(most)s") % {"most": f"{rules.MOST_REACH:,}"}]
    if tidy.kind in rules.ONLINE and not tidy.link:
        problems["link"] = [_("วางลิงก์ของช่องทางนี้ เพื่อให้ผู้อื่นเปิดดูได้")]
    elif wrong := rules.link_problem(tidy.kind, tidy.link):
        problems["link"] = [wrong]
    if problems:
        raise Refusal(fields=problems)
    return tidy
