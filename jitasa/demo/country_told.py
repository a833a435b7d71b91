"""The words of the country's records: what a story says at one office, made once and used for every month.

Everything that the recording service would make of a record (snapshot, search text) is made here by the same
functions from a record that is not stored; what differs from record to record is put in afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from jitasa.activities.choices import PointSource
from jitasa.activities.models import Activity
from jitasa.activities.selectors.values import Parts, in_words
from jitasa.activities.services.content import search_text
from jitasa.activities.services.revise import snapshot
from jitasa.demo.stories import CHAIRS, STORIES, Story
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.geography import tambons
from jitasa.rounds.selectors.lists import current_kinds, current_sub_kinds

NUMBER = "00-0000-000000"  # stands in a kept search text where each record's number goes
BEGINS, ENDS = time(8, 30), time(10, 30)


@dataclass(frozen=True)
class Told:
    """One story of the country: the columns all its records share, and the snapshot of such a record."""

    story: Story
    columns: Mapping[str, Any]
    data: Mapping[str, Any]

    @property
    def values(self) -> Mapping[str, Any]:
        values: Mapping[str, Any] = self.data["values"]
        return values

    @property
    def words(self) -> Mapping[str, str]:
        words: Mapping[str, str] = self.data["words"]
        return words


@dataclass(frozen=True)
class Place:
    """Where an office holds a story's event, and what is found by it."""

    name: str
    place: str
    tambon_code: str
    latitude: float | None
    longitude: float | None
    chair: str
    search_text: str
    words: Mapping[str, str]  # of the columns above, as the snapshot has them

    def searched(self, number: str) -> str:
        """The search text with a number, or without one."""
        return (
            self.search_text.replace(NUMBER, number) if number else self.search_text.replace(f" {NUMBER}", "")
        )


def stories() -> list[Told]:
    """Every story, with the department's lists as they are today."""
    kinds = {row.code: row for row in current_kinds()}
    sub_kinds = {row.code: row for row in current_sub_kinds()}
    return [_told(story, kinds, sub_kinds) for story in STORIES]


def _told(story: Story, kinds: Mapping[str, Any], sub_kinds: Mapping[str, Any]) -> Told:
    row = Activity(
        kind=kinds[story.kind],
        sub_kind=sub_kinds[story.sub_kind],
        start_time=BEGINS,
        end_time=ENDS,
        result=story.result,
        month=date(2026, 1, 1),  # every record puts its own in the place of it
    )
    columns = {field.attname: getattr(row, field.attname) for field in Activity._meta.concrete_fields}
    return Told(story, columns, snapshot(row, Parts()))


def place_of(office: Organization, told: Told, index: int, point: tuple[float, float] | None) -> Place:
    """The same place for every event of a story at an office; every second office pins its records."""
    story = told.story
    row = Activity(
        name=f"{story.name} {office.short_name.split('.', 1)[-1]}",
        place=story.places[(office.pk + index) % len(story.places)],
        tambon_code=_tambon(office, index),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        point_source=PointSource.MAP if point else "",
        organization_name=office.short_name,
        number=NUMBER,
        chair_position=_chair(office, index),
        result=story.result,
    )
    words = in_words(row, Parts())
    own = ("name", "place", "tambon_code", "latitude", "longitude", "point_source", "chair_position")
    return Place(
        row.name,
        row.place,
        row.tambon_code,
        row.latitude,
        row.longitude,
        row.chair_position,
        search_text(row),
        {name: words[name] for name in own},
    )


def _tambon(office: Organization, index: int) -> str:
    rows = tambons(office.district_code)
    return rows[(office.pk + index) % len(rows)].code if rows and (office.pk + index) % 3 else ""


def _chair(office: Organization, index: int) -> str:
    chairs: Sequence[str] = CHAIRS.get(office.type, ("",))
    return chairs[index % len(chairs)]
