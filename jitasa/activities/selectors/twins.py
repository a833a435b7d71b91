"""Records of the same office that may be the very activity somebody is about to send again."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.values import ActivityValues
from jitasa.compiled import PREPARED_MOST, Compiled
from jitasa.photos.models import Photo
from jitasa.photos.rules import distance
from jitasa.thai.likeness import alike, letters

SAME_WORDS = 0.85  # as between records of different offices (the review's flags)
SAME_LOOK = 6  # bits in which two pictures of one scene differ at most
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
    """A record it may be: stored (``row``), or an earlier one of the same batch (``sought``)."""

    uuid: UUID
    tambon_code: str
    row: Activity | None = None
    sought: Sought | None = None

    def shown(self) -> Activity:
        """As a row; that of an earlier one has no id."""
        return self.row or _as_row(self.sought)  # type: ignore[arg-type]  # one of the two is there


class _Day:
    """Records of one office and day, and what is compared of them, folded once."""

    def __init__(self) -> None:
        self.others: list[_Other] = []
        self.names: list[str] = []
        self.places: list[str] = []

    def add(self, other: _Other, name: str, place: str) -> None:
        self.others.append(other)
        self.names.append(name)
        self.places.append(place)

    def like(self, each: Sought, name: str, place: str, first: int) -> Iterator[tuple[_Other, bool]]:
        """Those from the ``first`` on of which name or place is alike, and whether both are."""
        names = alike(name, self.names[first:], SAME_WORDS)
        places = self._alike_places(place, each.values.tambon_code, first)
        for number in sorted(names | places):
            other = self.others[first + number]
            if other.uuid != each.uuid:
                yield other, number in names and number in places

    def _alike_places(self, place: str, tambon: str, first: int) -> set[int]:
        """Places that nobody wrote are alike in one tambon."""
        written = self.places[first:]
        found = alike(place, written, SAME_WORDS)
        if place and all(written):
            return found
        unwritten = (number for number, words in enumerate(written) if not (place and words))
        return found | {
            number
            for number in unwritten
            if not tambon or self.others[first + number].tambon_code in ("", tambon)
        }


def twins(sought: Sought) -> list[Activity]:
    """The office's other records of that day with like name and place, or one of them and half of the pictures.

    One query; two more where either is alike and pictures must tell.
    """
    return twins_of([sought])[sought.uuid]


def twins_of(sought: Sequence[Sought]) -> dict[UUID, list[Activity]]:
    """The same for many, by UUID; what stands earlier among them counts as recorded (a row without id).

    As many queries as for one.
    """
    stored, earlier = _by_day(_stored(sought)), _by_day([])
    found: dict[UUID, list[Activity]] = {}
    unsure: list[tuple[Sought, _Other]] = []
    for each in sought:
        theirs = found.setdefault(each.uuid, [])
        if each.values.start_date is None:
            continue
        day, folded = (each.office, each.values.start_date), _folded(each.values.name, each.values.place)
        before = earlier[day]
        for others, first in ((stored[day], 0), (before, max(0, len(before.others) - MOST))):
            for other, both in others.like(each, *folded, first):
                if both:
                    theirs.append(other.shown())
                elif each.values.photos:  # they must tell
                    unsure.append((each, other))
        before.add(_Other(uuid=each.uuid, tambon_code=each.values.tambon_code, sought=each), *folded)
    for each, other in _with_like_pictures(unsure):
        found[each.uuid].append(other.shown())
    return found


def _by_day(rows: Sequence[Activity]) -> defaultdict[tuple[int, date | None], _Day]:
    """The first ``MOST`` of each office and day."""
    days: defaultdict[tuple[int, date | None], _Day] = defaultdict(_Day)
    for row in rows:
        day = days[row.organization_id, row.start_date]
        if len(day.others) < MOST:
            day.add(
                _Other(uuid=row.uuid, tambon_code=row.tambon_code, row=row), *_folded(row.name, row.place)
            )
    return days


def _folded(name: str, place: str) -> tuple[str, str]:
    return letters(name), letters(place)


def _stored(sought: Sequence[Sought]) -> list[Activity]:
    dated = [each for each in sought if each.values.start_date is not None]
    if len(dated) == 1 and (day := dated[0].values.start_date):
        return _THAT_DAY.rows(office=dated[0].office, day=day, uuid=dated[0].uuid)
    if not dated:
        return []
    if len(dated) <= PREPARED_MOST:
        offices = [each.office for each in dated]
        return _THOSE_DAYS.rows(offices=offices, days=[each.values.start_date for each in dated])
    days = {each.values.start_date for each in dated}
    rows = Activity.objects.filter(organization__in={each.office for each in dated}, start_date__in=days)
    return list(_others(rows)[: MOST * len(days)])


def _as_row(sought: Sought) -> Activity:
    """What stood before another in the same batch, as a row that nobody has saved."""
    values = sought.values
    return Activity(
        uuid=sought.uuid,
        organization_id=sought.office,
        start_date=values.start_date,
        name=values.name,
        place=values.place,
        tambon_code=values.tambon_code,
    )


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


_THOSE_DAYS = Compiled(
    lambda offices, days: _others(Activity.objects.filter(organization__in=offices, start_date__in=days))[
        : MOST * len(days)
    ],
    offices=[int],
    days=[date],
)


def _with_like_pictures(unsure: Sequence[tuple[Sought, _Other]]) -> list[tuple[Sought, _Other]]:
    """The pairs in which at least half of what is sent stands in the other, exactly or nearly. Two queries."""
    if not unsure:
        return []
    theirs = _pictures_of({other.row.pk for _each, other in unsure if other.row})
    batch = [each for each, _other in unsure] + [other.sought for _each, other in unsure if other.sought]
    hashes = {photo.sha256 for each in batch for photo in each.values.photos}
    looks = dict(Photo.objects.filter(sha256__in=hashes).values_list("sha256", "dhash"))
    return [
        (each, other)
        for each, other in unsure
        if _half_alike(
            [(photo.sha256, looks[photo.sha256]) for photo in each.values.photos if photo.sha256 in looks],
            theirs.get(other.row.pk, [])
            if other.row
            else [(sha, looks.get(sha)) for sha in _hashes(other.sought)],
            len(each.values.photos),
        )
    ]


def _pictures_of(ids: Collection[int]) -> dict[int, list[Look]]:
    found: dict[int, list[Look]] = {}
    used = ActivityPhoto.objects.filter(activity__in=ids)
    for activity, sha, dhash in used.values_list("activity_id", "photo__sha256", "photo__dhash"):
        found.setdefault(activity, []).append((sha, dhash))
    return found


def _hashes(sought: Sought | None) -> set[str]:
    return {photo.sha256 for photo in sought.values.photos} if sought else set()


def _half_alike(mine: Sequence[Look], theirs: Sequence[Look], sent: int) -> bool:
    return 2 * sum(any(_same_look(each, other) for other in theirs) for each in mine) >= max(1, sent)


def _same_look(one: Look, two: Look) -> bool:
    if one[0] == two[0]:
        return True
    return one[1] is not None and two[1] is not None and distance(one[1], two[1]) <= SAME_LOOK
