"""Take a picture out of the public's sight, and show it again. The record stays as it was accepted.

What the office wrote (``ActivityPhoto.publish``) is not touched: a later edit of the record by its
clerk could tick that box again, and the same bytes may stand in other records. The picture itself is
withheld (``Photo.withheld_at``), therefore no revision is written and nothing has to be reopened;
``selectors.public.CLEARED`` asks for it wherever something is public (PDPA 2562, docs/domain.md §7).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.rules_photos import may_hide_photo
from jitasa.audit.services.record import record
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo
from jitasa.problems import Forbidden


def hide_photo(*, actor: Viewer, activity: Activity, photo: Photo, reason: str, now: datetime) -> bool:
    """Withhold a picture of ``activity``, in whatever other record it stands too; whether it changed.

    :raises Forbidden: the actor's office neither owns the record nor stands above it.
    """
    return _set(actor, activity, photo, "activity.hide_photo", reason, now, hidden=True)


def show_photo(*, actor: Viewer, activity: Activity, photo: Photo, reason: str, now: datetime) -> bool:
    """No longer withhold it: public again where the record is accepted and its office left it so.

    :raises Forbidden: as :func:`hide_photo`.
    """
    return _set(actor, activity, photo, "activity.show_photo", reason, now, hidden=False)


def others_with(photo: Photo, activity: Activity) -> list[Activity]:
    """Records of other offices in which the same bytes stand."""
    uses = ActivityPhoto.objects.filter(photo=photo).exclude(
        activity__organization_id=activity.organization_id
    )
    rows = Activity.objects.filter(pk__in=uses.values("activity"))
    return list(rows.select_related("organization").order_by("pk"))


def _set(
    actor: Viewer, activity: Activity, photo: Photo, verb: str, reason: str, now: datetime, *, hidden: bool
) -> bool:
    if not may_hide_photo(actor, activity):
        raise Forbidden(_("เฉพาะหน่วยงานเจ้าของกิจกรรมและหน่วยงานระดับเหนือขึ้นไปจัดการภาพนี้ได้"))
    with transaction.atomic():
        locked = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
        if (locked.withheld_at is not None) == hidden:
            return False
        Photo.objects.filter(pk=photo.pk).update(withheld_at=now if hidden else None)
        data = {"picture": photo.sha256[:12], "reason": reason}
        record(actor=actor, verb=verb, subject=activity, data=data, now=now)
    photo.refresh_from_db()
    return True
