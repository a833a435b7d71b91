"""Write a campaign, send it, stop it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.selectors.areas import areas_of, key_of
from jitasa.distribution.selectors.recipients import presets_for, resolve
from jitasa.distribution.values import Recipients
from jitasa.idempotent import idempotent
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.choices import CampaignStatus
from jitasa.publicity.models import Campaign, Material
from jitasa.publicity.services.send import courier
from jitasa.thai.dates import short_date, today
from jitasa.thai.search import stored
from jitasa.thai.text import normalise

NOT_YOURS = gettext_noop("ส่งสื่อได้เฉพาะรอบเผยแพร่ของหน่วยงานท่าน และเฉพาะที่ยังเป็นร่าง")
MOST_MATERIALS = 20


@dataclass(frozen=True)
class CampaignContent:
    """What an officer enters: ids of materials, and the offices by presets and one by one."""

    title: str
    message: str = ""
    use_by: date | None = None
    materials: Sequence[int] = ()
    recipients: Recipients = field(default_factory=Recipients)


def recipients_of(campaign: Campaign) -> Recipients:
    """The choice as it was made."""
    return Recipients.stored(campaign.recipients)


@idempotent
def save_campaign(*, actor: Viewer, uuid: UUID, content: CampaignContent, now: datetime) -> Campaign:
    """Keep a draft; a draft may still lack materials or recipients. The same sent twice changes nothing.

    :raises Forbidden: another office's, or sent already. :raises Refusal: by field.
    """
    office = actor.organization
    if office is None or not rules.may_campaign(actor):
        raise Forbidden(_("การส่งสื่อถึงหน่วยงานเป็นหน้าที่ของอำเภอ จังหวัด และกรม"))
    row = Campaign.objects.select_for_update(of=("self",), no_key=True).filter(uuid=uuid).first()
    if row is not None and not rules.may_edit_campaign(actor, row):
        raise Forbidden(_(NOT_YOURS))
    materials = _materials(actor, content.materials)
    values = _values(actor, content)
    if row is not None and _is_same(row, values, materials):
        return row
    values |= {"updated_at": now}
    if row is None:
        row = Campaign.objects.create(
            uuid=uuid,
            organization=office,
            by_centre=actor.only_steers,
            created_at=now,
            created_by=actor.user,
            **values,
        )
        verb = "campaign.add"
    else:
        Campaign.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
        verb = "campaign.edit"
    row.materials.set(materials)
    data = {"title": row.title, "materials": [each.pk for each in materials]} | row.recipients
    record(actor=actor, verb=verb, subject=row, data=data, now=now)
    return row


def _is_same(row: Campaign, values: dict[str, Any], materials: Sequence[Material]) -> bool:
    chosen = set(row.materials.values_list("pk", flat=True))
    return chosen == {each.pk for each in materials} and all(
        getattr(row, name) == value for name, value in values.items()
    )


def _materials(actor: Viewer, ids: Sequence[int]) -> list[Material]:
    if len(ids) > MOST_MATERIALS:
        raise Refusal(fields={"materials": [_("เลือกสื่อได้ไม่เกิน %(most)d รายการ") % {"most": MOST_MATERIALS}]})
    found = list(Material.objects.visible_to(actor).filter(pk__in=ids).order_by("pk"))
    if len(found) != len(set(ids)):
        raise Refusal(fields={"materials": [_("มีสื่อที่เลือกไว้ซึ่งไม่มีแล้ว เลือกใหม่จากรายการ")]})
    return found


def _values(actor: Viewer, content: CampaignContent) -> dict[str, Any]:
    title = normalise(content.title)
    problems: dict[str, list[str]] = {}
    if not title:
        problems["title"] = [_("กรอกชื่อรอบเผยแพร่ เช่น สื่อวันพ่อแห่งชาติ 2569")]
    if not _may_choose(actor, content.recipients.presets):
        problems["presets"] = [_("เลือกกลุ่มหน่วยงานจากรายการ")]
    offices = set(content.recipients.offices)
    if Organization.objects.visible_to(actor).filter(pk__in=offices).count() != len(offices):
        problems["offices"] = [_("ส่งสื่อได้เฉพาะหน่วยงานในพื้นที่ของท่าน")]
    if not _may_use_groups(actor, content.recipients.groups):
        problems["groups"] = [_("กลุ่มนี้มีหน่วยงานนอกพื้นที่ของท่าน ส่งสื่อได้เฉพาะหน่วยงานในพื้นที่ เลือกทีละแห่งแทน")]
    if problems:
        raise Refusal(fields=problems)
    return {
        "title": title,
        "search_text": stored(title),
        "message": content.message.strip()[:4000],
        "use_by": content.use_by,
        "recipients": {
            "presets": list(content.recipients.presets),
            "groups": list(content.recipients.groups),
            "offices": list(content.recipients.offices),
        },
    }


def _may_choose(actor: Viewer, keys: Sequence[str]) -> bool:
    """Whether every key is a group of the office's level or the LAOs of an area it may write to."""
    office = actor.organization
    if office is None:
        return not keys
    left = set(keys) - set(presets_for(office))
    return not left or left <= {key_of(area) for area in areas_of(office)}


def _may_use_groups(actor: Viewer, ids: Sequence[int]) -> bool:
    """Whether every group is the office's own and holds only offices that materials may be sent to."""
    groups = RecipientGroup.objects.filter(pk__in=ids, organization=actor.office_id)
    if groups.count() != len(set(ids)):
        return False
    members = Organization.objects.filter(pk__in=groups.values("members"))
    return not members.exclude(pk__in=Organization.objects.visible_to(actor).values("pk")).exists()


def send_campaign(*, actor: Viewer, campaign: Campaign, now: datetime) -> Campaign:
    """Send a draft to its recipients. A second press finds it sent and changes nothing.

    :raises Refusal: no material, one that is over or not ready, nobody to send to, a day that has passed.
    """
    if not rules.may_send(actor, campaign):
        raise Forbidden(_(NOT_YOURS))
    with transaction.atomic():
        row = (
            Campaign.objects.select_for_update(of=("self",), no_key=True)
            .select_related("organization")
            .get(pk=campaign.pk)
        )
        if row.status == CampaignStatus.SENT:
            return row
        if row.status != CampaignStatus.DRAFT:
            raise Refusal(_("รอบเผยแพร่นี้ยุติแล้ว ทำรอบใหม่จากสื่อเดิมได้"))
        _check_sendable(row, today(now))
        addressees = resolve(row.organization, recipients_of(row))
        if not addressees:
            raise Refusal(fields={"presets": [_("ยังไม่มีผู้รับ เลือกกลุ่มหน่วยงานหรือเพิ่มทีละแห่ง แล้วบันทึกร่างก่อนส่ง")]})
        row.status, row.sent_at, row.sent_by = CampaignStatus.SENT, now, actor.user
        courier.prepare(row, addressees)
        row.save(update_fields=["status", "sent_at", "sent_by", "pending", "send_total", "sent_count"])
        data = {"title": row.title, "recipients": len(addressees)}
        record(actor=actor, verb="campaign.send", subject=row, data=data, now=now)
        courier.start(row, addressees, now)
    return row


def _check_sendable(campaign: Campaign, day: date) -> None:
    materials = list(campaign.materials.prefetch_related("files"))
    if not materials:
        raise Refusal(fields={"materials": [_("เลือกสื่ออย่างน้อยหนึ่งรายการ แล้วบันทึกร่างก่อนส่ง")]})
    if campaign.use_by and campaign.use_by < day:
        raise Refusal(fields={"use_by": [_("วันที่ขอให้เผยแพร่ผ่านมาแล้ว แก้วันแล้วบันทึกร่างก่อนส่ง")]})
    problems = [words for each in materials if (words := unsendable(each, day))]
    if problems:
        raise Refusal(fields={"materials": problems})


def unsendable(material: Material, day: date) -> str:
    """Why a material cannot be sent, or an empty string."""
    named = {"title": material.title}
    if material.withdrawn_at is not None:
        return _("“%(title)s” ถูกถอนแล้ว นำออกจากรอบนี้") % named
    if rules.is_over(material, day) and material.use_to:
        named["day"] = short_date(material.use_to)
        return _("“%(title)s” ใช้ได้ถึง %(day)s หมดเวลาแล้ว แก้วันใช้งานหรือเลือกสื่ออื่น") % named
    usable = [each for each in material.files.all() if each.state != "broken"]
    if not material.words and not usable:
        return _("“%(title)s” ยังไม่มีไฟล์หรือข้อความ เพิ่มก่อนแล้วจึงส่ง") % named
    return ""


def stop_campaign(*, actor: Viewer, campaign: Campaign, reason: str, now: datetime) -> None:
    """End a campaign: it goes no further, leaves the offices' work lists, and says why."""
    if not rules.may_stop(actor, campaign):
        raise Forbidden(_("ยุติได้เฉพาะรอบเผยแพร่ที่หน่วยงานของท่านส่งไว้"))
    reason = normalise(reason)[:400]
    if not reason:
        raise Refusal(fields={"reason": [_("ระบุเหตุผลโดยย่อ หน่วยงานที่ได้รับจะเห็นข้อความนี้")]})
    with transaction.atomic():
        fresh = Campaign.objects.filter(pk=campaign.pk, status=CampaignStatus.SENT)
        if fresh.update(status=CampaignStatus.STOPPED, stopped_at=now, stop_reason=reason, updated_at=now):
            record(actor=actor, verb="campaign.stop", subject=campaign, data={"reason": reason}, now=now)
