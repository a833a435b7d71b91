"""Put a material into the library, change it, withdraw it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.idempotent import idempotent
from jitasa.occasions.models import Occasion
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import rules
from jitasa.publicity.choices import Licence, MaterialKind
from jitasa.publicity.models import Material
from jitasa.thai.search import stored
from jitasa.thai.text import normalise

NOT_YOURS = gettext_noop("แก้ได้เฉพาะสื่อที่หน่วยงานของท่านเผยแพร่ และยังไม่ถอนออก")
LONGEST_WORDS = 8000


@dataclass(frozen=True)
class MaterialContent:
    """What an officer enters about a material; ``words`` is the text itself or words about it."""

    kind: str
    title: str
    words: str = ""
    occasion_id: int | None = None
    use_from: date | None = None
    use_to: date | None = None
    licence: str = Licence.OFFICIAL
    is_public: bool = False


def content_of(material: Material) -> MaterialContent:
    """A material's content as a value to compare or edit."""
    return MaterialContent(**{name: getattr(material, name) for name in MaterialContent.__dataclass_fields__})


@idempotent
def save_material(*, actor: Viewer, uuid: UUID, content: MaterialContent, now: datetime) -> Material:
    """Add the material of that id, or change it; the same sent twice changes nothing.

    :raises Forbidden: it is another office's, or withdrawn. :raises Refusal: by field.
    """
    office = actor.organization
    if office is None or not rules.may_add_material(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่เพิ่มสื่อได้"))
    row = Material.objects.select_for_update(of=("self",), no_key=True).filter(uuid=uuid).first()
    if row is not None and not rules.may_edit_material(actor, row):
        raise Forbidden(_(NOT_YOURS))
    before = content_of(row) if row else None
    tidy = _checked(actor, content, before)
    if row is not None and before == tidy:
        return row
    values = asdict(tidy) | {"search_text": stored(tidy.title, tidy.words), "updated_at": now}
    if row is None:
        row = Material.objects.create(
            uuid=uuid,
            organization=office,
            by_centre=actor.only_steers,
            created_at=now,
            created_by=actor.user,
            **values,
        )
        record(actor=actor, verb="material.add", subject=row, data={"after": asdict(tidy)}, now=now)
    else:
        Material.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
        data = {"before": asdict(before) if before else {}, "after": asdict(tidy)}
        record(actor=actor, verb="material.edit", subject=row, data=data, now=now)
    return row


def withdraw_material(*, actor: Viewer, material: Material, reason: str, now: datetime) -> None:
    """Take a material out of use: nobody fetches or sends it any more, what was broadcast stays.

    :raises Refusal: without a reason, which offices that used it will read.
    """
    if not rules.may_edit_material(actor, material):
        raise Forbidden(_(NOT_YOURS))
    reason = normalise(reason)[:400]
    if not reason:
        raise Refusal(fields={"reason": [_("ระบุเหตุผลโดยย่อ หน่วยงานที่ใช้สื่อนี้จะเห็นข้อความนี้")]})
    with transaction.atomic():
        fresh = Material.objects.filter(pk=material.pk, withdrawn_at=None)
        if fresh.update(withdrawn_at=now, withdraw_reason=reason, updated_at=now):
            record(actor=actor, verb="material.withdraw", subject=material, data={"reason": reason}, now=now)


def _checked(actor: Viewer, content: MaterialContent, before: MaterialContent | None) -> MaterialContent:
    tidy = MaterialContent(
        **asdict(content) | {"title": normalise(content.title), "words": _lines(content.words)}
    )
    problems: dict[str, list[str]] = {}
    if tidy.kind not in MaterialKind.values:
        problems["kind"] = [_("เลือกชนิดของสื่อ")]
    elif before is not None and before.kind != tidy.kind:
        problems["kind"] = [_("เปลี่ยนชนิดของสื่อไม่ได้ ให้ถอนสื่อนี้แล้วเพิ่มใหม่")]
    if not tidy.title:
        problems["title"] = [_("กรอกชื่อสื่อ เช่น โปสเตอร์วันพ่อแห่งชาติ 2569")]
    if tidy.kind == MaterialKind.SCRIPT and not tidy.words:
        problems["words"] = [_("พิมพ์ข้อความที่จะอ่านออกเสียงตามสาย")]
    if len(tidy.words) > LONGEST_WORDS:
        problems["words"] = [_("ข้อความยาวเกิน %(most)s ตัวอักษร") % {"most": f"{LONGEST_WORDS:,}"}]
    if tidy.use_from and tidy.use_to and tidy.use_to < tidy.use_from:
        problems["use_to"] = [_("วันสุดท้ายต้องไม่มาก่อนวันแรกที่ใช้ได้")]
    problems |= _release_problems(actor, tidy)
    if tidy.occasion_id is not None:
        seen = Occasion.objects.visible_to(actor).filter(pk=tidy.occasion_id).exists()
        if not seen and (before is None or before.occasion_id != tidy.occasion_id):
            problems["occasion"] = [_("เลือกวันสำคัญจากรายการ")]
    if problems:
        raise Refusal(fields=problems)
    return tidy


def _release_problems(actor: Viewer, content: MaterialContent) -> dict[str, list[str]]:
    if content.licence not in Licence.values:
        return {"licence": [_("เลือกสัญญาอนุญาตของสื่อ")]}
    if content.is_public and not rules.may_release(actor):
        return {
            "is_public": [
                _("การเปิดให้ประชาชนดาวน์โหลดเป็นหน้าที่ของอำเภอ จังหวัด และกรม ส่งสื่อให้หน่วยงานระดับเหนือขึ้นไปพิจารณา")
            ]
        }
    wrong = rules.licence_problem(content.licence, is_public=content.is_public)
    return {"licence": [wrong]} if wrong else {}


def _lines(text: str) -> str:
    """Text of several lines, each normalised, without blank ends."""
    return "\n".join(normalise(line) for line in text.splitlines()).strip()
