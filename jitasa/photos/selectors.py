"""Which pictures a viewer may see or use, and which look alike."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from jitasa.compiled import Compiled
from jitasa.organizations.viewer import Viewer
from jitasa.photos import rules
from jitasa.photos.models import Photo, Upload


def visible_photos(viewer: Viewer) -> QuerySet[Photo]:
    """Pictures the viewer's office sent, or that stand in a record the viewer may see."""
    if viewer.is_system:
        return Photo.objects.all()
    return Photo.objects.filter(Exists(_sent_by(viewer)) | Exists(_uses_seen_by(viewer)))


def visible_photo(viewer: Viewer, sha256: str) -> Photo:
    """One picture by its hash. :raises Http404: there is none, or none this viewer may see."""
    return get_object_or_404(visible_photos(viewer), sha256=sha256)


def usable_photos(viewer: Viewer, shas: Collection[str]) -> QuerySet[Photo]:
    """Of these hashes, the pictures the viewer's office may put into a record: those it has sent itself.

    Knowing a hash is not enough. The caller looks at ``state`` (a broken picture is among them).
    """
    photos = Photo.objects.filter(sha256__in=shas)
    return photos if viewer.is_system else _of_those_sent(photos, _sent_by(viewer))


def photos_to_use(viewer: Viewer, shas: Collection[str]) -> list[Photo]:
    """The rows of :func:`usable_photos`, for the road of a record."""
    if viewer.is_system or viewer.office_id is None or not viewer.roles:
        return list(usable_photos(viewer, shas))
    return _USABLE.rows(shas=sorted(shas), office=viewer.office_id)


def _of_those_sent(photos: QuerySet[Photo], sent: QuerySet[Upload]) -> QuerySet[Photo]:
    """A value and no EXISTS: PostgreSQL would begin a join with the office's uploads, and until it has counted the
    new rows of the day it reads all pictures for each of them. So the hashes come first, then one upload of each.
    """
    return photos.alias(sent=Subquery(sent.values("pk")[:1])).filter(sent__isnull=False)


_USABLE = Compiled(
    lambda shas, office: _of_those_sent(
        Photo.objects.filter(sha256__in=shas),
        Upload.objects.filter(photo=OuterRef("pk"), organization=office),
    ),
    shas=[str],
    office=int,
)


def missing(viewer: Viewer, shas: Iterable[str]) -> list[str]:
    """Of these hashes, those the viewer's office still has to send, in the order asked.

    A picture only others have sent counts as missing: sending the bytes is the proof of having them.
    """
    asked = list(dict.fromkeys(shas))
    there = set(usable_photos(viewer, asked).values_list("sha256", flat=True))
    return [sha for sha in asked if sha not in there]


def similar(photo: Photo, *, max_distance: int = 6, limit: int = 20) -> list[Photo]:
    """Other pictures anywhere that look the same, nearest first; the very same file shares the row.

    Every picture within 3 differing bits is found: two hashes so close agree in one of their four
    16-bit bands, which are indexed. Farther ones, up to ``max_distance``, are found when they happen
    to agree in a band. Flat pictures have no hash and are like nothing.
    """
    if photo.dhash is None:
        return []
    band = Q(band0=photo.band0) | Q(band1=photo.band1) | Q(band2=photo.band2) | Q(band3=photo.band3)
    candidates = Photo.objects.filter(band).exclude(pk=photo.pk).values_list("pk", "dhash")
    near = sorted(
        (rules.distance(photo.dhash, dhash), pk)
        for pk, dhash in candidates.iterator()
        if dhash is not None and rules.distance(photo.dhash, dhash) <= max_distance
    )[:limit]
    found = Photo.objects.in_bulk([pk for _distance, pk in near])
    return [found[pk] for _distance, pk in near]


def _sent_by(viewer: Viewer) -> QuerySet[Upload]:
    office = viewer.office_id if viewer.roles else None
    return Upload.objects.filter(photo=OuterRef("pk"), organization=office)


def _uses_seen_by(viewer: Viewer) -> QuerySet[Any]:
    """Uses of a picture in records of a floor above, reached by the relation's name, not by import.

    The record's own ``visible_to`` decides, so a draft's pictures are as private as the draft. It is a value of each
    use and no join (see :func:`_of_those_sent`): else all records in sight are read for one picture.
    """
    use: Any = Photo._meta.get_field("uses").related_model
    record: Any = use._meta.get_field("activity").related_model
    seen = record.objects.visible_to(viewer).filter(pk=OuterRef("activity")).order_by().values("pk")[:1]
    uses = use.objects.filter(photo=OuterRef("pk"))
    return uses.alias(seen=Subquery(seen)).filter(seen__isnull=False)  # type: ignore[no-any-return]  # reached by name
