"""Make areas of a picture unrecognisable in every copy anybody is shown, and take that back.

The copies of a picture are addressed by the hash of its original, so one set of copies serves every
record it stands in: blurred once, it is blurred everywhere. Until the worker has made the new copies
the picture is ``PENDING``, and what is pending is shown to nobody. Who may ask for it is decided by
the caller, who knows the record and writes the audit entry.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.files.reading import remove
from jitasa.organizations.viewer import Viewer
from jitasa.photos import rules, store
from jitasa.photos.choices import LONG_SIDE
from jitasa.photos.models import Blur, Photo, PhotoState
from jitasa.photos.rules import Area
from jitasa.photos.services.prepare import after_commit
from jitasa.problems import Refusal, StoreAway

log = logging.getLogger(__name__)


def blur(*, actor: Viewer, photo: Photo, areas: Sequence[Area], now: datetime) -> list[int]:
    """Blur ``areas`` (fractions of the upright picture) besides those blurred before; their row ids.

    :raises Refusal: no area, too many, or one that is not inside the picture.
    """
    if not areas:
        raise Refusal(fields={"areas": [_("ลากกรอบบนภาพอย่างน้อยหนึ่งกรอบ แล้วกดเบลอ")]})
    if len(areas) > rules.MOST_BLURS:
        words = _("เบลอได้ครั้งละไม่เกิน %(most)d กรอบ ถ้ามีมากกว่านี้ให้นำภาพลงแทน")
        raise Refusal(fields={"areas": [words % {"most": rules.MOST_BLURS}]})
    if not all(rules.is_area(area) for area in areas):
        raise Refusal(fields={"areas": [_("กรอบอยู่นอกภาพหรือเล็กเกินไป ลากกรอบใหม่")]})
    with transaction.atomic():
        locked = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
        rows = [
            Blur.objects.create(
                photo=locked,
                left=area[0],
                top=area[1],
                width=area[2],
                height=area[3],
                made_at=now,
                made_by=actor.user,
            )
            for area in areas
        ]
        _make_anew(locked)
    photo.refresh_from_db()
    return [row.pk for row in rows]


def unblur(*, photo: Photo, blurs: Sequence[int], now: datetime) -> int:
    """Show these areas again; how many were blurred until now. Others of the picture stay blurred."""
    with transaction.atomic():
        locked = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
        undone = locked.blurs.filter(pk__in=blurs, undone_at=None).update(undone_at=now)
        if undone:
            _make_anew(locked)
    photo.refresh_from_db()
    return undone


def _make_anew(photo: Photo) -> None:
    """Out of sight at once; the old copies go when the act is certain, new ones come from the worker."""
    Photo.objects.filter(pk=photo.pk).update(
        state=PhotoState.PENDING, copies=photo.copies + 1, claimed_until=None, bulk=False
    )

    def afterwards() -> None:
        try:
            for size in LONG_SIDE:
                remove(store.published(photo.sha256, size))
        except StoreAway:  # nobody is given a picture that waits; the new copies take the place of the old
            log.exception("the old copies of picture %s could not be removed", photo)
        after_commit(photo)

    transaction.on_commit(afterwards)
