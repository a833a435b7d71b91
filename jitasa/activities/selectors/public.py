"""What of a record is public: accepted records and the pictures cleared for publication, nothing else.

Portal, feeds, open data, posts and share cards all read from here, so that a record withdrawn or a
picture taken down is gone from all of them at once.
"""

from django.db.models import Prefetch, Q, QuerySet

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.photos.models import PhotoState

# A picture is cleared when its office left it for publication, nobody marked a child's face in it and
# nobody's request took it down (PDPA 2562, docs/domain.md §7).
CLEARED = Q(publish=True, children_visible=False, photo__state=PhotoState.READY, photo__withheld_at=None)


def published() -> "QuerySet[Activity]":
    """Accepted records of every office. Never narrowed to a viewer: everybody may read these."""
    return Activity.objects.filter(status=Status.ACCEPTED)


def cleared_photos() -> "QuerySet[ActivityPhoto]":
    """Pictures of accepted records that anybody may see, in the order of their record."""
    return (
        ActivityPhoto.objects.filter(CLEARED, activity__status=Status.ACCEPTED)
        .select_related("photo")
        .order_by("activity_id", "position")
    )


def with_cleared_photos(rows: "QuerySet[Activity]") -> "QuerySet[Activity]":
    """The same records, each with ``public_photos``: a list of its cleared pictures (one query for all)."""
    return rows.prefetch_related(Prefetch("photos", queryset=cleared_photos(), to_attr="public_photos"))
