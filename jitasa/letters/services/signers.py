"""Who signs for an office: people by their posts, people who stand for them for a time, and their signatures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import pyvips
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.accounts.models import User
from jitasa.audit.services.record import record
from jitasa.files import store
from jitasa.letters import rules
from jitasa.letters.models import Signature, Signer
from jitasa.letters.services.settings import office_of
from jitasa.letters.store import path_of
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today

SIGNATURE_MOST_BYTES = 4 * 1024 * 1024
SIGNATURE_MOST_PIXELS = 40_000_000
SIGNATURE_WIDTH, SIGNATURE_HEIGHT = 900, 360  # pixels: 4.5 by 1.8 cm at 500 a cm is far more than is printed


def add_signer(*, actor: Viewer, user: User, texts: Mapping[str, str], now: datetime) -> Signer:
    """A person of the office who signs by her post.

    :raises Forbidden: the actor does not administer the office. :raises Refusal: the person has no post there.
    """
    office = office_of(actor)
    _refuse_stranger(office, user, today(now))
    with transaction.atomic():
        signer = Signer.objects.create(organization=office, user=user, **texts)
        record(actor=actor, verb="letter.signer_add", subject=signer, data={"to": str(user)}, now=now)
    return signer


def delegate(
    *,
    actor: Viewer,
    signer: Signer,
    user: User,
    texts: Mapping[str, str],
    from_date: date,
    to_date: date,
    now: datetime,
) -> Signer:
    """From one day to another ``user`` signs what is laid before ``signer``, under her own name.

    Written down by the office's administrator, or by the signer herself of her own post. ``texts``: name,
    position, capacity and the order by which it was given.

    :raises Forbidden: neither of them. :raises Refusal: no post, or the days are the wrong way round.
    """
    office = actor.organization
    if office is None or signer.organization_id != office.pk or signer.stands_for_id is not None:
        raise Forbidden(_("มอบหมายให้ลงนามแทนได้เฉพาะผู้ลงนามของหน่วยงานตนเอง"))
    if not rules.may_sign_as(actor, signer, today(now)):
        office_of(actor)
    _refuse_stranger(office, user, today(now))
    if to_date < from_date or to_date < today(now):
        raise Refusal(fields={"to_date": [_("วันสิ้นสุดต้องไม่ก่อนวันเริ่มและไม่ก่อนวันนี้")]})
    if user.pk == signer.user_id:
        raise Refusal(fields={"user": [_("บุคคลนี้เป็นผู้ลงนามอยู่แล้ว เลือกบุคคลอื่น")]})
    with transaction.atomic():
        made = Signer.objects.create(
            organization=office, user=user, stands_for=signer, on_behalf_of=signer.position,
            from_date=from_date, to_date=to_date, **texts,
        )  # fmt: skip
        days = {"from": from_date.isoformat(), "until": to_date.isoformat(), "order": made.order_text}
        data = {"to": str(user), "stands_for": signer.pk, **days}
        record(actor=actor, verb="letter.signer_delegate", subject=made, data=data, now=now)
    return made


def retire_signer(*, actor: Viewer, signer: Signer, now: datetime) -> Signer:
    """No longer offered, and nobody signs by it; letters already signed keep the name."""
    if office_of(actor).pk != signer.organization_id:
        raise Forbidden(_("เป็นผู้ลงนามของหน่วยงานอื่น"))
    with transaction.atomic():
        row = Signer.objects.select_for_update(no_key=True).get(pk=signer.pk)
        if row.retired_at is None:
            row.retired_at = now
            row.save(update_fields=["retired_at"])
            record(actor=actor, verb="letter.signer_retire", subject=row, now=now)
    return row


def save_signature(*, actor: Viewer, chunks: Iterable[bytes], now: datetime) -> Signature:
    """The actor's own signature: the picture drawn anew as a PNG, with nothing else that was in the file.

    :raises Forbidden: nobody's signer. :raises Refusal: no picture that can be read, or far too large.
    """
    user = actor.user
    if user is None or not Signer.objects.active().filter(user=user).exists():
        raise Forbidden(_("เฉพาะผู้ลงนามของหน่วยงานจึงใส่ภาพลายมือชื่อได้"))
    content = _drawn_anew(b"".join(_no_more(chunks)))
    temporary, sha256, _size = store.write_incoming([content], SIGNATURE_MOST_BYTES)
    with store.holding(sha256):
        store.keep(temporary, path_of(sha256))
        with transaction.atomic():
            values = {"sha256": sha256, "updated_at": now}
            row, _created = Signature.objects.update_or_create(user=user, defaults=values)
            record(actor=actor, verb="letter.signature", subject=row, data={"sha256": sha256}, now=now)
    return row


def _no_more(chunks: Iterable[bytes]) -> Iterable[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > SIGNATURE_MOST_BYTES:
            raise Refusal(fields={"picture": [_("ภาพใหญ่เกิน 4 MB ลดขนาดแล้วเลือกใหม่")]})
        yield chunk


def _drawn_anew(content: bytes) -> bytes:
    try:
        image = pyvips.Image.new_from_buffer(content, "", fail_on="error")
        if image.get("vips-loader") not in ("pngload_buffer", "jpegload_buffer"):
            raise Refusal(fields={"picture": [_("ใช้ภาพ PNG หรือ JPEG")]})
        if image.width * image.height > SIGNATURE_MOST_PIXELS:
            raise Refusal(fields={"picture": [_("ภาพละเอียดเกินไป ลดขนาดแล้วเลือกใหม่")]})
        small = image.thumbnail_image(SIGNATURE_WIDTH, height=SIGNATURE_HEIGHT, size="down")
        drawn: bytes = small.pngsave_buffer(strip=True)
    except pyvips.Error as error:
        raise Refusal(fields={"picture": [_("เปิดภาพนี้ไม่ได้ บันทึกเป็น PNG หรือ JPEG แล้วเลือกใหม่")]}) from error
    return drawn


def _refuse_stranger(office: Organization, user: User, day: date) -> None:
    if not Post.objects.valid_on(day).filter(user=user, organization=office).exists():
        raise Refusal(fields={"user": [_("เลือกบุคคลที่มีตำแหน่งในหน่วยงานนี้วันนี้")]})
