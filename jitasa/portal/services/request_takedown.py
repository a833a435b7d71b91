"""Take in a request about a picture, from anybody."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jitasa import counters
from jitasa.activities.models import ActivityPhoto
from jitasa.activities.selectors.public import cleared_photos
from jitasa.audit.services.record import record
from jitasa.idempotent import idempotent
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.rules import Area, is_area
from jitasa.portal import rules
from jitasa.portal.models import Reason, State, TakedownCounter, TakedownRequest, Wish
from jitasa.problems import Refusal
from jitasa.thai.dates import be_year, today
from jitasa.thai.text import normalise

CHAIN = "takedown"  # of the audit: strangers have no office


@dataclass(frozen=True)
class TakedownWish:
    """What somebody asks for; ``areas`` as fractions of the picture."""

    wish: Wish
    reason: Reason
    areas: tuple[Area, ...] = ()
    words: str = ""
    contact: str = ""


def token_of(key: UUID, kept_hash: str = "") -> str:
    """The secret part of the asker's private link; the same for a form sent twice.

    ``kept_hash`` is the hash kept with an entered request: its link stays the same after a change of keys.
    """
    tokens = [mac[:40] for mac in settings.KEYS["tokens"].macs(str(key), purpose="portal.takedown")]
    return next((token for token in tokens if hash_of(token) == kept_hash), tokens[0])


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@idempotent
def request_takedown(
    *, actor: Viewer, picture_id: int, asked: TakedownWish, key: UUID, now: datetime
) -> TakedownRequest:
    """Enter a request in the register of the office that owns the record and tell it and those above.

    The same ``key`` again gives the same request.

    :raises Refusal: the picture is not public (any more), the same was asked already, or a text is too
        long; nothing was entered.
    """
    known = TakedownRequest.objects.filter(key=key).first()
    if known is not None:
        return known
    asked = _checked(asked)
    use = _public(picture_id)
    _refuse_twin(use, asked, key)
    office = use.activity.organization
    year = be_year(today(now))
    row = TakedownRequest.objects.create(
        organization=office,
        year=year,
        number=_next_number(office, year),
        key=key,
        token_hash=hash_of(token_of(key)),
        activity=use.activity,
        photo=use.photo,
        wish=asked.wish,
        reason=asked.reason,
        areas=[list(area) for area in asked.areas],
        words=asked.words,
        contact=asked.contact,
        received_at=now,
    )
    data = {"number": row.register_number, "office": str(office), "wish": row.wish, "reason": row.reason}
    record(actor=actor, verb="takedown.request", subject=row, data=data, now=now, chain=CHAIN)
    _tell(row, now)
    return row


def _checked(asked: TakedownWish) -> TakedownWish:
    words = "\n".join(normalise(line) for line in asked.words.splitlines()).strip()
    problems: dict[str, list[str]] = {}
    if len(words) > rules.WORDS_LONGEST:
        text = _("เขียนได้ไม่เกิน %(most)s ตัวอักษร ขณะนี้ %(n)s ตัวอักษร ตัดให้สั้นลงแล้วส่งใหม่")
        problems["words"] = [text % {"most": f"{rules.WORDS_LONGEST:,}", "n": f"{len(words):,}"}]
    if len(asked.contact) > rules.CONTACT_LONGEST:
        problems["contact"] = [_("เขียนได้ไม่เกิน %(most)s ตัวอักษร") % {"most": f"{rules.CONTACT_LONGEST:,}"}]
    if asked.reason == Reason.OTHER and not words:
        problems["words"] = [_("เลือก “เหตุผลอื่น” แล้ว โปรดระบุเหตุผลสั้น ๆ")]
    if asked.wish == Wish.BLUR and not asked.areas and not words:
        problems["areas"] = [_("ชี้ส่วนที่ต้องการให้เบลอบนภาพ หรือเขียนบอกว่าอยู่ตรงไหน")]
    if problems:
        raise Refusal(fields=problems, code="invalid")
    areas = tuple(area for area in asked.areas if is_area(area))[: rules.MOST_AREAS]
    return TakedownWish(asked.wish, asked.reason, areas, words, normalise(asked.contact))


def _public(picture_id: int) -> ActivityPhoto:
    use = cleared_photos().select_related("photo", "activity__organization").filter(pk=picture_id).first()
    if use is None:
        raise Refusal(_("ภาพนี้ไม่อยู่บนเว็บไซต์แล้ว ไม่ต้องส่งคำขออีก"), code="gone")
    return use


def _refuse_twin(use: ActivityPhoto, asked: TakedownWish, key: UUID) -> None:
    """Another form with the very same content while the first one waits."""
    waiting = TakedownRequest.objects.filter(
        photo=use.photo_id, activity=use.activity_id, state=State.RECEIVED
    ).exclude(key=key)
    same = waiting.filter(wish=asked.wish, reason=asked.reason, words=asked.words, contact=asked.contact)
    areas = [list(area) for area in asked.areas]
    twin = next((row for row in same if row.areas == areas), None)
    if twin is not None:
        text = _("มีคำขอเหมือนกันนี้รออยู่แล้ว (ทะเบียนที่ %(number)s) ไม่ต้องส่งซ้ำ หน่วยงานจะตอบภายใน %(days)d วัน")
        raise Refusal(text % {"number": twin.register_number, "days": rules.ANSWER_WITHIN.days}, code="twin")


def _next_number(office: Organization, year: int) -> int:
    key = {"organization": office.pk, "year": year}
    return counters.next_number(TakedownCounter, key=key)[0]


def _tell(row: TakedownRequest, now: datetime) -> None:
    """The office that owns the record and every office above it."""
    ids = [int(part) for part in row.organization.path.split("/") if part] or [row.organization_id]
    with translation.override("th"):
        title = f"คำขอเรื่องภาพ ทะเบียนที่ {row.register_number}: {Wish(row.wish).label} ({row.organization})"
        body = f"เหตุผล: {Reason(row.reason).label} · กิจกรรม {row.activity}"
    for office in Organization.objects.filter(pk__in=ids):
        notify(
            organization=office,
            kind=NoticeKind.SUBMITTED,
            title=title,
            body=body,
            url=reverse("portal_desk:request", args=[row.pk]),
            now=now,
        )
