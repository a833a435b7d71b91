"""Take a picture in pieces: the same for programs of an office (API) and for the pages of its officers."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext as _

from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos import pieces, rules
from jitasa.photos.models import Photo
from jitasa.photos.pieces import Piece, PieceRefused
from jitasa.photos.selectors import usable_photos
from jitasa.photos.services.receive import receive
from jitasa.problems import Forbidden, Refusal


@dataclass(frozen=True)
class Arrived:
    """``offset`` bytes are here; ``photo`` once it is whole; ``before``: it was whole already."""

    offset: int
    photo: Photo | None = None
    before: bool = False


def receive_piece(
    *, actor: Viewer, organization: Organization, sha256: str, piece: Piece, name: str, now: datetime
) -> Arrived:
    """Put a piece behind those that are here; with the last one the picture is taken.

    The same piece again changes nothing, so one whose answer was lost may be sent again.

    :raises Forbidden: the actor sends no pictures.
    :raises PieceRefused: out of place, other bytes than before or than ``sha256`` says, too many begun.
    :raises Refusal: whole, and no picture that can be taken.
    """
    if not rules.may_upload(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานจึงส่งภาพได้"))
    whole = usable_photos(actor, [sha256]).first()
    if whole is not None:  # the answer to the last piece was lost, or another client was faster
        return Arrived(whole.bytes, whole, before=True)
    here = _added(organization.pk, sha256, piece)
    if here < piece.total:
        return Arrived(here)
    try:
        with pieces.content(organization.pk, sha256) as file:
            same(hashlib.file_digest(file, "sha256").hexdigest(), sha256)
            photo = receive(actor=actor, organization=organization, file=File(file), name=name, now=now)
    except FileNotFoundError:  # another request with the last piece has just taken it
        words = _("ภาพนี้กำลังรับจากคำขออื่น ถามอีกครั้งว่ามาถึงแล้วหรือยัง")
        raise PieceRefused(409, "piece_missing", words, offset=0) from None
    except Refusal:  # these bytes will never do; after anything else the last piece is sent once more
        pieces.forget(organization.pk, sha256)
        raise
    pieces.forget(organization.pk, sha256)
    return Arrived(here, photo)


def same(found: str, said: str) -> None:
    """:raises PieceRefused: 422, the content is not what the address says."""
    if found != said:
        words = _("เนื้อไฟล์ไม่ตรงกับ SHA-256 ในที่อยู่ คำนวณใหม่จากไฟล์ที่จะส่ง แล้วส่งอีกครั้ง")
        raise PieceRefused(422, "other_hash", words, found=found)


def _added(office_id: int, sha256: str, piece: Piece) -> int:
    """How many bytes are here now. :raises PieceRefused:"""
    try:
        return pieces.add(office_id, sha256, piece)
    except pieces.OutOfPlace as wrong:
        words = _("ส่วนนี้มาก่อนส่วนที่ยังขาด ส่งต่อจากไบต์ที่ %(offset)d") % {"offset": wrong.offset}
        raise PieceRefused(409, "piece_missing", words, offset=wrong.offset) from None
    except pieces.OtherBytes:
        pieces.forget(office_id, sha256)
        words = _("ส่วนนี้เคยมาแล้วแต่เนื้อไม่ตรงกัน ลบที่เก็บไว้แล้ว ส่งใหม่ตั้งแต่ไบต์แรก")
        raise PieceRefused(409, "piece_differs", words, offset=0) from None
    except pieces.TooMany:
        words = _("มีภาพที่ส่งค้างไว้ %(most)d ภาพแล้ว ส่งภาพเหล่านั้นให้จบก่อน")
        raise PieceRefused(409, "too_many_unfinished", words % {"most": pieces.UNFINISHED_MOST}) from None
