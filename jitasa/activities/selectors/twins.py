"""Records of the same office that may be the very activity somebody is about to send again."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.values import ActivityValues
from jitasa.compiled import Compiled
from jitasa.photos.models import Photo
from jitasa.photos.rules import distance
from jitasa.thai.likeness import are_alike

SAME_WORDS = 0.85  # as between records of different offices (the review's flags)
SAME_LOOK = 6  # bits in which two pictures of one scene differ at most
BOTH = 2  # name and place
MOST = 60  # records of one office on one day
COLUMNS = ("uuid", "organization", "start_date", "name", "place", "tambon_code", "status", "number")

Look = tuple[
    str, int | None
]  # a picture's SHA-256, and what it looks like (``Photo.dhash``) once that is known


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is about to be sent, for the office with that id."""

    uuid: UUID
    office: int
    values: ActivityValues


@dataclass(frozen=True, kw_only=True)
class _Other:
    """A record it may be: stored, or an earlier one of the same batch with these pictures."""

    row: Activity
    pictures: frozenset[str] | None = None


def twins(sought: Sought) -> list[Activity]:
    """The office's other records of that day with like name and place, or one of them and half of the pictures.

    One query; two more where either is alike and pictures must tell.
    """
    return twins_of([sought])[sought.uuid]


def twins_of(sought: Sequence[Sought]) -> dict[UUID, list[Activity]]:
    """The same for many, by UUID; what stands earlier among them counts as recorded (a row without id).

    As many queries as for one.
    """
    stored: dict[tuple[int, date | None], list[_Other]] = defaultdict(list)
    for row in _stored(sought):
        stored[row.organization_id, row.start_date].append(_Other(row=row))
    found: dict[UUID, list[Activity]] = {}
    unsure: list[tuple[Sought, _Other]] = []
    earlier: dict[tuple[int, date | None], list[_Other]] = defaultdict(list)
    for each in sought:
        found.setdefault(each.uuid, [])
        day = (each.office, each.values.start_date)
        before = [other for other in stored[day] if other.row.uuid != each.uuid][:MOST]
        for other in before + [other for other in earlier[day] if other.row.uuid != each.uuid][-MOST:]:
            alike = _alike_words(each.values, other.row)
            if alike == BOTH:
                found[each.uuid].append(other.row)
            elif alike:
                unsure.append((each, other))
        if each.values.start_date is not None:
            earlier[day].append(_as_row(each))
    for each, other in _with_like_pictures(unsure):
        found[each.uuid].append(other.row)
    return found


def _stored(sought: Sequence[Sought]) -> list[Activity]:
    dated = [each for each in sought if each.values.start_date is not None]
    if len(dated) == 1 and (day := dated[0].values.start_date):
        return _THAT_DAY.rows(office=dated[0].office, day=day, uuid=dated[0].uuid)
    if not dated:
        return []
    days = {each.values.start_date for each in dated}
    rows = Activity.objects.filter(organization__in={each.office for each in dated}, start_date__in=days)
    return list(_others(rows)[: MOST * len(days)])


def _as_row(sought: Sought) -> _Other:
    """What stood before another in the same batch, as a row that nobody has saved."""
    values = sought.values
    row = Activity(
        uuid=sought.uuid,
        organization_id=sought.office,
        start_date=values.start_date,
        name=values.name,
        place=values.place,
        tambon_code=values.tambon_code,
    )
    return _Other(row=row, pictures=frozenset(photo.sha256 for photo in values.photos))


def _others(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.exclude(status=Status.WITHDRAWN).only(*COLUMNS).order_by("pk")


_THAT_DAY = Compiled(
    lambda office, day, uuid: _others(
        Activity.objects.filter(organization=office, start_date=day).exclude(uuid=uuid)
    )[:MOST],
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


def _with_like_pictures(unsure: Sequence[tuple[Sought, _Other]]) -> list[tuple[Sought, _Other]]:
    """The pairs in which at least half of what is sent stands in the other, exactly or nearly. Two queries."""
    if not unsure:
        return []
    theirs = _pictures_of({other.row.pk for _each, other in unsure if other.row.pk})
    hashes = {photo.sha256 for each, _other in unsure for photo in each.values.photos}
    hashes |= {sha for _each, other in unsure for sha in other.pictures or ()}
    looks = dict(Photo.objects.filter(sha256__in=hashes).values_list("sha256", "dhash"))
    return [
        (each, other)
        for each, other in unsure
        if _half_alike(
            [(photo.sha256, looks[photo.sha256]) for photo in each.values.photos if photo.sha256 in looks],
            theirs.get(other.row.pk, [])
            if other.pictures is None
            else [(sha, looks.get(sha)) for sha in other.pictures],
            len(each.values.photos),
        )
    ]


def _pictures_of(ids: Collection[int]) -> dict[int, list[Look]]:
    found: dict[int, list[Look]] = {}
    used = ActivityPhoto.objects.filter(activity__in=ids)
    for activity, sha, dhash in used.values_list("activity_id", "photo__sha256", "photo__dhash"):
        found.setdefault(activity, []).append((sha, dhash))
    return found


def _half_alike(mine: Sequence[Look], theirs: Sequence[Look], sent: int) -> bool:
    return 2 * sum(any(_alike(each, other) for other in theirs) for each in mine) >= max(1, sent)


def _alike(one: Look, two: Look) -> bool:
    if one[0] == two[0]:
        return True
    return one[1] is not None and two[1] is not None and distance(one[1], two[1]) <= SAME_LOOK
