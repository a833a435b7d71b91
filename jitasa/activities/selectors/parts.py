"""The parts of records as a save needs them: groups, measures and pictures of many records in one statement.

Rows of the lists and pictures come with the columns that a form, a revision or a comparison asks for
(ids, codes, words), not whole: whoever shows pictures or places reads ``selectors.values.parts_of``.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, CharField, DecimalField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from jitasa.activities.models import Activity, ActivityPhoto, MeasureValue, Participation
from jitasa.activities.selectors.values import Parts
from jitasa.photos.models import Photo
from jitasa.rounds.models import Measure, ParticipantGroup

GROUP, MEASURE, PHOTO = range(3)


def parts_by_activity(rows: Collection[Activity]) -> dict[int, Parts]:
    """Activity id → its parts in order; one statement for any number of records and parts."""
    by_id = {row.pk: row for row in rows}
    found = {pk: Parts() for pk in by_id}
    ids = list(by_id)
    union = _groups(ids).union(_measures(ids), _photos(ids), all=True)
    for line in union:
        _take_in(found[line[1]], by_id[line[1]], line)
    return {pk: parts.in_order() for pk, parts in found.items()}


def _take_in(parts: Parts, activity: Activity, line: tuple[Any, ...]) -> None:
    part, _activity_id, pk, named, code, words, english, unit, decimals, place, number, one, two = line
    if part == GROUP:
        group = ParticipantGroup(pk=named, code=code, label=words, label_en=english, position=place)
        parts.participations.append(Participation(pk=pk, activity=activity, group=group, count=int(number)))
    elif part == MEASURE:
        measure = Measure(
            pk=named,
            code=code,
            label=words,
            label_en=english,
            unit=unit,
            decimals=int(decimals),
            position=place,
        )
        parts.measures.append(MeasureValue(pk=pk, activity=activity, measure=measure, quantity=number))
    else:
        photo = Photo(pk=named, sha256=code)
        use = ActivityPhoto(
            pk=pk,
            activity=activity,
            photo=photo,
            position=place,
            caption=words,
            children_visible=bool(one),
            publish=bool(two),
        )
        parts.photos.append(use)


def _groups(ids: list[int]) -> QuerySet[Any, Any]:
    rows = Participation.objects.filter(activity__in=ids).order_by()
    return rows.values_list(
        _number(GROUP),
        "activity_id",
        "pk",
        "group_id",
        "group__code",
        _text("group__label"),
        _text("group__label_en"),
        _text(Value("")),
        _number(0),
        _whole("group__position"),
        Cast("count", DecimalField(max_digits=14, decimal_places=3)),
        _mark(False),
        _mark(False),
    )


def _measures(ids: list[int]) -> QuerySet[Any, Any]:
    rows = MeasureValue.objects.filter(activity__in=ids).order_by()
    return rows.values_list(
        _number(MEASURE),
        "activity_id",
        "pk",
        "measure_id",
        "measure__code",
        _text("measure__label"),
        _text("measure__label_en"),
        _text("measure__unit"),
        _whole("measure__decimals"),
        _whole("measure__position"),
        "quantity",
        _mark(False),
        _mark(False),
    )


def _photos(ids: list[int]) -> QuerySet[Any, Any]:
    rows = ActivityPhoto.objects.filter(activity__in=ids).order_by()
    return rows.values_list(
        _number(PHOTO),
        "activity_id",
        "pk",
        "photo_id",
        "photo__sha256",
        _text("caption"),
        _text(Value("")),
        _text(Value("")),
        _number(0),
        _whole("position"),
        Cast(Value(0), DecimalField(max_digits=14, decimal_places=3)),
        "children_visible",
        "publish",
    )


def _number(value: int) -> Value:
    return Value(value, output_field=IntegerField())


def _mark(value: bool) -> Value:
    return Value(value, output_field=BooleanField())


def _text(of: Any) -> Cast:
    return Cast(of, CharField(max_length=250))


def _whole(of: str) -> Cast:
    return Cast(of, IntegerField())
