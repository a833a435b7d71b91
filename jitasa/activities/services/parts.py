"""Write the parts of records (people by group, measures, pictures) where they differ from what is stored.

Rows in hand are handed on: nothing is read that the caller has, nothing deleted that was never there,
and any number of parts costs the same statements.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from jitasa.activities.models import Activity, ActivityPhoto, MeasureValue, Participation
from jitasa.activities.selectors.values import Parts
from jitasa.activities.values import ActivityValues
from jitasa.inserting import insert, new_row
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.selectors import photos_to_use
from jitasa.problems import Refusal
from jitasa.rounds.models import ListItem, Measure, ParticipantGroup
from jitasa.rounds.selectors.lists import offered_by_code
from jitasa.ui.forms import ThaiDecimalField

Item = TypeVar("Item", bound=ListItem)
PHOTO_COLUMNS = ("position", "caption", "children_visible", "publish")


@dataclass
class PartChanges:
    """What is to be written for one record or many: ``write`` takes them all at once.

    ``all_new``: every one belongs to a new record, so that none can be there already.
    """

    all_new: bool = True
    gone: dict[type[Model], list[int]] = field(default_factory=dict)
    participations: list[Participation] = field(default_factory=list)
    measures: list[MeasureValue] = field(default_factory=list)
    photos: list[ActivityPhoto] = field(default_factory=list)

    def drop(self, rows: Iterable[Model]) -> None:
        for row in rows:
            self.gone.setdefault(type(row), []).append(row.pk)

    def take(self, other: "PartChanges") -> None:
        """Add what another one holds."""
        self.all_new = self.all_new and other.all_new
        for model, ids in other.gone.items():
            self.gone.setdefault(model, []).extend(ids)
        self.participations += other.participations
        self.measures += other.measures
        self.photos += other.photos


def new_photos(actor: Viewer, records: Iterable[tuple[ActivityValues, Parts]]) -> dict[str, Photo]:
    """SHA-256 → picture, of those that ``actor`` may use and that records want and do not have.

    ``records``: what each shall hold, and its parts as they are stored. One statement, none for no picture.
    """
    shas: set[str] = set()
    for values, stored in records:
        shas |= {photo.sha256 for photo in values.photos} - {use.photo.sha256 for use in stored.photos}
    return {photo.sha256: photo for photo in photos_to_use(actor, shas)} if shas else {}


def changed_parts(
    row: Activity,
    values: ActivityValues,
    *,
    stored: Parts,
    photos: Mapping[str, Photo],
    into: PartChanges,
) -> Parts:
    """The parts that ``row`` shall have, put down ``into`` where they differ from ``stored``.

    ``photos``: the new pictures by :func:`new_photos`.

    :raises Refusal: an unknown group or measure, a picture that was not sent or cannot be opened.
    """
    into.all_new = into.all_new and row._state.adding
    groups = _items(
        ParticipantGroup, values.groups, "participants", [part.group for part in stored.participations]
    )
    people = [
        new_row(Participation, activity=row, group=groups[code], count=count)
        for code, count in values.groups.items()
    ]
    counts = {part.group.code: part for part in stored.participations}
    into.drop(part for code, part in counts.items() if code not in values.groups)
    into.participations += [
        part for part in people if (was := counts.get(part.group.code)) is None or was.count != part.count
    ]
    measures = _items(Measure, values.measures, "measures", [part.measure for part in stored.measures])
    amounts = [
        new_row(MeasureValue, activity=row, measure=measures[code], quantity=quantity)
        for code, quantity in values.measures.items()
    ]
    quantities = {part.measure.code: part for part in stored.measures}
    into.drop(part for code, part in quantities.items() if code not in values.measures)
    other = [
        part
        for part in amounts
        if (old := quantities.get(part.measure.code)) is None or old.quantity != part.quantity
    ]
    _refuse_finer(other)
    into.measures += other
    uses = _photos(row, values, stored, photos, into)
    return Parts(people, amounts, uses).in_order()


def _refuse_finer(amounts: Iterable[MeasureValue]) -> None:
    """:raises Refusal: an amount has more decimals than its measure is counted in."""
    for part in amounts:
        most = max(part.measure.decimals, 0)
        if part.quantity % Decimal(10) ** -most:
            words = str(ThaiDecimalField.default_error_messages["max_decimal_places"]) % {"max": most}
            raise Refusal(fields={"measures": [f"{part.measure.label}: {words}"]}, code="invalid")


def write(changes: PartChanges) -> None:
    """One statement for each kind of part that differs, two where some are gone."""
    for model, ids in changes.gone.items():
        model._default_manager.filter(pk__in=ids).delete()
    for rows, unique, update in (
        (changes.participations, ("activity", "group"), ("count",)),
        (changes.measures, ("activity", "measure"), ("quantity",)),
        (changes.photos, ("activity", "photo"), PHOTO_COLUMNS),
    ):
        if changes.all_new:
            insert(rows, keys=False)
        else:  # new rows and stored ones in one statement: the natural key decides
            insert(rows, unique=unique, update=update, keys=False)


def _items(model: type[Item], wanted: Mapping[str, object], name: str, stored: list[Item]) -> dict[str, Item]:
    """The list's rows by code: the one the record was written with stays, also when retired since."""
    rows = {**offered_by_code(model), **{item.code: item for item in stored}}
    unknown = sorted(set(wanted) - rows.keys())
    if unknown:
        words = _("ไม่มีรายการ %(codes)s แล้ว โหลดหน้านี้ใหม่เพื่อดูรายการล่าสุด") % {"codes": ", ".join(unknown)}
        raise Refusal(fields={name: [words]}, code="invalid")
    return rows


def _photos(
    row: Activity, values: ActivityValues, stored: Parts, photos: Mapping[str, Photo], into: PartChanges
) -> list[ActivityPhoto]:
    known = {use.photo.sha256: use.photo for use in stored.photos}
    _refuse_unusable(values, known, photos)
    wanted = [
        ActivityPhoto(
            activity=row,
            photo=known.get(photo.sha256) or photos[photo.sha256],
            position=position,
            caption=photo.caption[:200],
            children_visible=photo.children_visible,
            publish=photo.publish,
        )
        for position, photo in enumerate(values.photos)
    ]
    before = [use.photo.sha256 for use in stored.photos]
    same_order = before == [use.photo.sha256 for use in wanted[: len(before)]]
    if not same_order:  # places are unique: they are given anew
        into.drop(stored.photos)
        into.photos += wanted
        return wanted
    into.photos += [
        use
        for position, use in enumerate(wanted)
        if position >= len(before) or _describes(use) != _describes(stored.photos[position])
    ]
    return wanted


def _describes(use: ActivityPhoto) -> tuple[object, ...]:
    return tuple(getattr(use, name) for name in PHOTO_COLUMNS)


def _refuse_unusable(values: ActivityValues, known: Mapping[str, Photo], photos: Mapping[str, Photo]) -> None:
    shas = [photo.sha256 for photo in values.photos]
    absent = [sha for sha in shas if sha not in known and sha not in photos]
    if absent:
        words = _("ภาพ %(n)d ภาพยังส่งไม่ถึงระบบ เลือกภาพนั้นแล้วส่งอีกครั้ง") % {"n": len(absent)}
        raise Refusal(fields={"photos": [words]}, code="invalid")
    broken = [sha for sha in shas if sha in photos and photos[sha].state == PhotoState.BROKEN]
    if broken:
        words = _("เปิดภาพไม่ได้ %(n)d ภาพ นำออกแล้วเลือกภาพใหม่") % {"n": len(broken)}
        raise Refusal(fields={"photos": [words]}, code="invalid")
