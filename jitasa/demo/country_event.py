"""One record of the country as chance made it, and the rows that the services would have kept of it."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from jitasa.activities.choices import LIVE, Basis, PointSource, Status
from jitasa.activities.models.history import Act
from jitasa.activities.report_line import line_of
from jitasa.activities.services.revise import written
from jitasa.column_values import JsonText
from jitasa.demo.country_told import Place, Told
from jitasa.demo.crowd import crowd, seeded_uuid
from jitasa.demo.stories import RETURN_WORDS
from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo
from jitasa.rounds.models import Measure, ParticipantGroup

PAGE = "demo"  # what writes, as an open page would be named
STATUSES, SHARES = (Status.ACCEPTED, Status.SUBMITTED, Status.RETURNED, Status.DRAFT), (80, 14, 3, 3)
FLAGGED = 0.03  # of those that are sent
CAPTIONS = ("ระหว่างทำงานร่วมกัน", "ผลงานเมื่อเสร็จสิ้น")
NO_FIELDS = JsonText("[]")


class Listed(NamedTuple):
    """What is asked of a row of a list a million times."""

    pk: int
    code: str
    words: str
    unit: str = ""


@dataclass(frozen=True)
class Lists:
    """The department's lists in their order, and who reviews: province code → office and person."""

    groups: Sequence[Listed]
    measures: Sequence[Listed]
    reviewers: Mapping[str, tuple[int, int | None]]
    bases: Mapping[str, str] = field(default_factory=lambda: {each.value: str(each.label) for each in Basis})


def lists_of(
    groups: Iterable[ParticipantGroup],
    measures: Iterable[Measure],
    reviewers: Mapping[str, tuple[int, int | None]],
) -> Lists:
    return Lists(
        [Listed(each.pk, each.code, str(each)) for each in groups],
        [Listed(each.pk, each.code, str(each), each.unit) for each in measures],
        reviewers,
    )


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. ``clerk`` wrote it at ``at``; it was accepted or returned at ``reviewed``, if at all."""

    uuid: UUID
    office: Organization
    clerk: int | None
    told: Told
    place: Place
    occasion: Occasion | None
    day: date
    at: datetime
    status: Status
    number: str
    groups: Mapping[str, int]
    amounts: Mapping[str, int]
    pictures: Sequence[Photo]
    reviewed: datetime | None
    flagged: bool

    @property
    def people(self) -> int:
        return sum(self.groups.values())


def drawn(
    rng: random.Random,
    office: Organization,
    clerk: int | None,
    told: Told,
    place: Place,
    *,
    occasion: Occasion | None,
    day: date,
    at: datetime,
    now: datetime,
    number: str,
    status: Status,
    pictures: Sequence[Photo],
) -> Event:
    """An event whose crowd, amounts and fate chance gives."""
    over = status in (Status.ACCEPTED, Status.RETURNED)
    return Event(
        uuid=seeded_uuid(at, rng),
        office=office,
        clerk=clerk,
        told=told,
        place=place,
        occasion=occasion,
        day=day,
        at=at,
        status=status,
        number=number,
        groups=crowd(rng.randint(*told.story.people), rng),
        amounts={code: rng.randint(*span) for code, span in told.story.measures.items()},
        pictures=pictures,
        reviewed=min(at + timedelta(days=rng.randint(1, 9)), now) if over else None,
        flagged=status in LIVE and rng.random() < FLAGGED,
    )


def columns_of(event: Event, key: int, month: date, lists: Lists) -> dict[str, Any]:
    """The record's own columns, by attribute name."""
    people, place, reviewed = event.people, event.place, event.reviewed
    person = lists.reviewers.get(event.office.province_code, (0, None))[1]
    return {
        **event.told.columns,
        "id": key,
        "uuid": event.uuid,
        "organization_id": event.office.pk,
        "organization_code": event.office.code,
        "organization_name": event.office.short_name,
        "status": event.status.value,
        "revision": 1 if reviewed is None else 2,
        "number": event.number,
        "month": month,
        "name": place.name,
        "basis": Basis.OCCASION.value if event.occasion else Basis.NONE.value,
        "occasion_id": event.occasion.pk if event.occasion else None,
        "start_date": event.day,
        "end_date": event.day,
        "place": place.place,
        "tambon_code": place.tambon_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "point_source": PointSource.MAP.value if place.latitude is not None else "",
        "chair_position": place.chair,
        "participants": people,
        "men": people // 2,
        "women": people - people // 2,
        "photo_count": len(event.pictures),
        "flag_count": int(event.flagged),
        "search_text": place.searched(event.number),
        "created_at": event.at,
        "created_by_id": event.clerk,
        "updated_at": reviewed or event.at,
        "updated_by_id": person if reviewed else event.clerk,
        "submitted_at": event.at if event.number else None,
        "reviewed_at": reviewed if event.status == Status.ACCEPTED else None,
    }


def people_rows(event: Event, key: int, lists: Lists) -> Iterator[tuple[Any, ...]]:
    return ((key, each.pk, event.groups[each.code]) for each in lists.groups if each.code in event.groups)


def measure_rows(event: Event, key: int, lists: Lists) -> Iterator[tuple[Any, ...]]:
    amounts = event.amounts
    return ((key, each.pk, Decimal(amounts[each.code])) for each in lists.measures if each.code in amounts)


def photo_rows(event: Event, key: int) -> Iterator[tuple[Any, ...]]:
    return (
        (key, photo.pk, place, CAPTIONS[place], False, True) for place, photo in enumerate(event.pictures)
    )


def step_rows(event: Event, key: int, lists: Lists) -> Iterator[tuple[Any, ...]]:
    office, clerk = event.office.pk, event.clerk
    yield key, Act.CREATED.value, event.at, 1, clerk, office, "", NO_FIELDS
    if event.number:
        yield key, Act.SUBMITTED.value, event.at, 1, clerk, office, "", NO_FIELDS
    if event.reviewed is None:
        return
    above, person = lists.reviewers.get(event.office.province_code, (None, None))
    fields, reason = RETURN_WORDS[key % len(RETURN_WORDS)]
    if event.status == Status.RETURNED:
        said = JsonText('["' + '","'.join(fields) + '"]')
        yield key, Act.RETURNED.value, event.reviewed, 2, person, above, reason, said
    else:
        yield key, Act.ACCEPTED.value, event.reviewed, 2, person, above, "", NO_FIELDS


def revision_rows(
    event: Event, key: int, columns: Mapping[str, Any], words_of_day: str, lists: Lists
) -> Iterator[tuple[Any, ...]]:
    """What the clerk sent, and what was accepted or returned: the same content, from another page."""
    data = snapshot_of(event, columns, words_of_day, lists)
    first = event.status if event.reviewed is None else Status.SUBMITTED
    text = written(data | {"page": PAGE})
    line = line_of(data) if event.status in LIVE or first in LIVE else None
    yield _revision(key, 1, event.at, event.clerk, first, text, line)
    if event.reviewed is not None:
        from_another_page = JsonText(text.replace(f'"page":"{PAGE}"', '"page":""', 1))
        by = columns["updated_by_id"]
        yield _revision(key, 2, event.reviewed, by, event.status, from_another_page, line)


def _revision(
    key: int, number: int, at: datetime, by: int | None, status: Status, text: JsonText, line: str | None
) -> tuple[Any, ...]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return key, number, at, by, status.value, text, digest, line if status in LIVE else None


def snapshot_of(event: Event, columns: Mapping[str, Any], words_of_day: str, lists: Lists) -> dict[str, Any]:
    """As ``activities.services.revise.snapshot`` makes it (held to it by ``demo/tests/test_country.py``)."""
    told, place, day = event.told, event.place, columns["start_date"].isoformat()
    own = ("name", "basis", "occasion_id", "place", "tambon_code", "latitude", "longitude", "point_source",
           "chair_position", "men", "women")  # fmt: skip
    return {
        **told.data,
        "uuid": str(event.uuid),
        "organization": {"id": event.office.pk, "code": event.office.code, "name": event.office.short_name},
        "number": event.number,
        "month": columns["month"].isoformat(),
        "participants": columns["participants"],
        "values": {
            **told.values,
            **{name: columns[name] for name in own},
            "start_date": day,
            "end_date": day,
            "groups": event.groups,
            "measures": {code: str(amount) for code, amount in event.amounts.items()},
            "photos": [
                {"sha256": photo.sha256, "caption": CAPTIONS[n], "children_visible": False, "publish": True}
                for n, photo in enumerate(event.pictures)
            ],
        },
        "words": {
            **told.words,
            **place.words,
            **_words(event, columns, lists),
            "start_date": words_of_day,
            "end_date": words_of_day,
        },
    }


def _words(event: Event, columns: Mapping[str, Any], lists: Lists) -> dict[str, str]:
    return {
        "basis": lists.bases[columns["basis"]],
        "occasion_id": str(event.occasion or ""),
        "groups": " · ".join(
            f"{each.words} {event.groups[each.code]:,}" for each in lists.groups if each.code in event.groups
        ),
        "men": f"{columns['men']:,}",
        "women": f"{columns['women']:,}",
        "measures": " · ".join(
            f"{each.words} {event.amounts[each.code]:,} {each.unit}"
            for each in lists.measures
            if each.code in event.amounts
        ),
        "photos": " · ".join(f"{photo.sha256[:8]} {CAPTIONS[n]}" for n, photo in enumerate(event.pictures)),
    }


def evidence(people: int) -> JsonText:
    """Why a machine would have marked it: a head count far from the usual."""
    usual = max(1, people // 4)
    return written({"count": people, "usual": usual, "basis": "country", "times": round(people / usual, 1)})
