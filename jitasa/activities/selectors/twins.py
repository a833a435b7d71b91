"""Records of the same office that may be the very activity somebody is about to send again."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.values import ActivityValues
from jitasa.compiled import Compiled
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo
from jitasa.photos.rules import distance
from jitasa.thai.likeness import are_alike

SAME_WORDS = 0.85  # as between records of different offices (the review's flags)
SAME_LOOK = 6  # bits in which two pictures of one scene differ at most
BOTH = 2  # name and place
MOST = 60  # records of one office on one day


def twins(office: Organization, values: ActivityValues, uuid: UUID) -> list[Activity]:
    """The office's other records of that day with like name and place, or one of them and half of the pictures.

    One query; two more where either is alike and pictures must tell.
    """
    if values.start_date is None:
        return []
    others = _THAT_DAY.rows(office=office.pk, day=values.start_date, uuid=uuid)
    alike = {other.pk: _alike_words(values, other) for other in others}
    unsure = [other for other in others if alike[other.pk] == 1]
    looks = _same_pictures(unsure, [photo.sha256 for photo in values.photos]) if unsure else set()
    return [other for other in others if alike[other.pk] == BOTH or other.pk in looks]


_THAT_DAY = Compiled(
    lambda office, day, uuid: (
        Activity.objects.filter(organization=office, start_date=day)
        .exclude(uuid=uuid)
        .exclude(status=Status.WITHDRAWN)
        .only("uuid", "name", "place", "tambon_code", "status", "number")
        .order_by("pk")[:MOST]
    ),
    office=int,
    day=date,
    uuid=UUID,
)


def _alike_words(values: ActivityValues, other: Activity) -> int:
    """How many of name and place are alike; places that nobody wrote are alike in one tambon."""
    name = are_alike(values.name, other.name, SAME_WORDS)
    if values.place and other.place:
        return name + are_alike(values.place, other.place, SAME_WORDS)
    return name + (not (values.tambon_code and other.tambon_code) or values.tambon_code == other.tambon_code)


def _same_pictures(others: Iterable[Activity], mine: list[str]) -> set[int]:
    """Ids of those in which at least half of these pictures stand, exactly or nearly."""
    own = list(Photo.objects.filter(sha256__in=mine).values_list("pk", "dhash"))
    used = ActivityPhoto.objects.filter(activity__in=[other.pk for other in others])
    theirs: dict[int, list[tuple[int, int | None]]] = {}
    for activity, pk, dhash in used.values_list("activity_id", "photo_id", "photo__dhash"):
        theirs.setdefault(activity, []).append((pk, dhash))
    return {
        activity
        for activity, pictures in theirs.items()
        if 2 * sum(any(_alike(each, other) for other in pictures) for each in own) >= max(1, len(mine))
    }


def _alike(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    if one[0] == two[0]:
        return True
    return one[1] is not None and two[1] is not None and distance(one[1], two[1]) <= SAME_LOOK
