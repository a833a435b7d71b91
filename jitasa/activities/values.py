"""The content of a record as clean values: what a form, the API or an import hands to ``save_draft``.

Codes and ids instead of rows, so that two versions can be compared, kept as JSON and hashed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from jitasa.activities.choices import Basis, BudgetSource, Part


@dataclass(frozen=True, kw_only=True)
class PhotoValue:
    """One picture in its place; ``sha256`` names a picture already sent."""

    sha256: str
    caption: str = ""
    children_visible: bool = False
    publish: bool = True


@dataclass(frozen=True, kw_only=True)
class ActivityValues:
    """One version of a record.

    ``kind``, ``sub_kind``, the keys of ``groups`` and ``measures`` are codes of the department's
    lists; ``groups`` counts people, ``measures`` are quantities in the measure's own unit;
    ``host_activity`` is the client UUID of the host's record; ``budget_amount`` is in baht;
    ``day_confirmed`` is the day, far from today, that the writer said yes to (``rules_days``);
    ``latitude``/``longitude`` in degrees (WGS 84). Groups and measures left out count as none.
    """

    name: str = ""
    kind: str = ""
    sub_kind: str = ""
    basis: str = Basis.NONE
    occasion_id: int | None = None
    part: str = Part.HOST
    host_organization_id: int | None = None
    host_name: str = ""
    host_activity: UUID | None = None
    start_date: date | None = None
    start_time: time | None = None
    end_date: date | None = None
    end_time: time | None = None
    place: str = ""
    moo: int | None = None
    tambon_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    point_source: str = ""
    chair_position: str = ""
    chair_name: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)
    men: int | None = None
    women: int | None = None
    measures: Mapping[str, Decimal] = field(default_factory=dict)
    result: str = ""
    budget_source: str = BudgetSource.NONE
    budget_project: str = ""
    budget_amount: Decimal | None = None
    publicity: tuple[str, ...] = ()
    publicity_link: str = ""
    problems: str = ""
    suggestions: str = ""
    photos: tuple[PhotoValue, ...] = ()
    day_confirmed: date | None = None

    @property
    def participants(self) -> int:
        """All people, the sum of the groups."""
        return sum(self.groups.values())


FIELD_NAMES: tuple[str, ...] = tuple(each.name for each in fields(ActivityValues))
PLAIN_FIELDS: tuple[str, ...] = tuple(
    name
    for name in FIELD_NAMES
    if name not in {"kind", "sub_kind", "host_activity", "groups", "measures", "photos", "publicity"}
)


def as_json(values: ActivityValues) -> dict[str, Any]:
    """The values as plain JSON types, in a fixed shape."""
    return {name: _plain(getattr(values, name)) for name in FIELD_NAMES}


def _plain(value: Any) -> Any:
    return _AS_JSON[type(value)](value) if type(value) in _AS_JSON else _other_plain(value)


def _other_plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in sorted(value.items())}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return (
        {each.name: getattr(value, each.name) for each in fields(PhotoValue)}
        if isinstance(value, PhotoValue)
        else value
    )


def _same(value: Any) -> Any:
    return value


_AS_JSON: Mapping[type, Callable[[Any], Any]] = {
    **dict.fromkeys((str, int, float, bool, type(None)), _same),
    Decimal: lambda value: format(value.normalize(), "f"),
    date: date.isoformat,
    time: time.isoformat,
    UUID: str,
}


def differing(one: ActivityValues, other: ActivityValues) -> tuple[str, ...]:
    """The names of the fields in which two versions differ, in the order of the form; a yes goes with its day."""
    left, right = as_json(one), as_json(other)
    return tuple(name for name in FIELD_NAMES if left[name] != right[name] and name != "day_confirmed")
