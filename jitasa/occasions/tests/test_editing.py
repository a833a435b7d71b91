"""Days are added, replaced, retired and restored by whoever keeps them; windows; what is offered."""

from dataclasses import replace
from datetime import date

import pytest

from jitasa.audit.models import Entry
from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.rules import in_window
from jitasa.occasions.selectors import history, of_year, offered_for, retired_of_year
from jitasa.occasions.services.copy_year import copy_year
from jitasa.occasions.services.edit import (
    OccasionContent,
    add_occasion,
    content_of,
    edit_occasion,
    restore_occasion,
    retire_occasion,
)
from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Conflict, Forbidden, Refusal
from tests.cast import NOW, Cast

CONTENT = OccasionContent(
    date=date(2026, 11, 14), name="วันฝนหลวงกระบี่", short_name="วันฝนหลวง", kind=OccasionKind.LOCAL
)


def test_the_window_includes_both_ends() -> None:
    day = Occasion(date=date(2026, 10, 13), window_before=7, window_after=2)
    days = [date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 15), date(2026, 10, 16)]
    assert [in_window(day, each) for each in days] == [False, True, True, False]


def test_what_is_offered_is_near_and_ours_the_nearest_first(cast: Cast) -> None:
    install_occasions(years=[2569], actor=SYSTEM, now=NOW)
    own = add_occasion(actor=cast.ek, content=replace(CONTENT, date=date(2026, 10, 20)), now=NOW)
    names = [day.short_name for day in offered_for(cast.aonang, date(2026, 10, 20))]
    assert names[0] == own.short_name
    assert names[1:4] == ["วันรักต้นไม้ประจำปีของชาติ", "วันพระจอมเกล้าฯ (ร.4)", "วันปิยมหาราช (ร.5)"]
    assert own not in offered_for(cast.department, date(2026, 10, 20))
    retire_occasion(actor=cast.ek, occasion=own, now=NOW)
    assert own not in offered_for(cast.aonang, date(2026, 10, 20))


def test_adding_twice_is_one_day_and_whose_it_is_follows_from_who_adds(cast: Cast) -> None:
    first = add_occasion(actor=cast.ek, content=CONTENT, now=NOW)
    assert add_occasion(actor=cast.ek, content=CONTENT, now=NOW) == first
    national = add_occasion(actor=cast.fah, content=CONTENT, now=NOW)
    assert (first.organization, first.code) == (cast.krabi, "81-day-1")
    assert (national.organization, national.code) == (None, "day-1")
    assert Entry.objects.filter(verb="occasion.add").count() == 2


def test_only_the_keeper_of_a_day_changes_it(cast: Cast) -> None:
    national = add_occasion(actor=cast.fah, content=CONTENT, now=NOW)
    own = add_occasion(actor=cast.ek, content=CONTENT, now=NOW)
    changed = replace(CONTENT, name="วันอื่น")
    for actor, day in ((cast.ek, national), (cast.fah, own), (cast.dao, own), (cast.anong, national)):
        with pytest.raises(Forbidden):
            edit_occasion(actor=actor, occasion=day, content=changed, now=NOW)
        with pytest.raises(Forbidden):
            retire_occasion(actor=actor, occasion=day, now=NOW)
        with pytest.raises(Forbidden):
            restore_occasion(actor=actor, occasion=day, now=NOW)
    for actor in (cast.dao, cast.anong):
        with pytest.raises(Forbidden):
            add_occasion(actor=actor, content=CONTENT, now=NOW)
    assert set(Occasion.objects.values_list("name", "retired_at")) == {(CONTENT.name, None)}


def test_a_new_name_replaces_the_row_and_records_keep_the_old_one(cast: Cast) -> None:
    old = add_occasion(actor=cast.fah, content=CONTENT, now=NOW)
    new = edit_occasion(
        actor=cast.fah, occasion=old, content=replace(CONTENT, name="วันพระบิดาแห่งฝนหลวง"), now=NOW
    )
    old.refresh_from_db()
    assert (old.name, old.retired_at) == ("วันฝนหลวงกระบี่", NOW)
    assert (new.code, new.name, new.retired_at) == (old.code, "วันพระบิดาแห่งฝนหลวง", None)
    assert list(of_year(cast.anong, 2569)) == [new]
    assert retired_of_year(cast.fah, 2569) == []
    acts = history(new)
    assert [act.entry.verb for act in acts] == ["occasion.edit", "occasion.add"]
    assert acts[0].changes == [("ชื่อทางการ", "วันฝนหลวงกระบี่", "วันพระบิดาแห่งฝนหลวง")]
    with pytest.raises(Conflict):
        edit_occasion(actor=cast.fah, occasion=old, content=CONTENT, now=NOW)
    with pytest.raises(Refusal):
        restore_occasion(actor=cast.fah, occasion=old, now=NOW)


def test_a_wider_window_changes_the_row_in_place(cast: Cast) -> None:
    old = add_occasion(actor=cast.fah, content=CONTENT, now=NOW)
    new = edit_occasion(actor=cast.fah, occasion=old, content=replace(CONTENT, window_after=14), now=NOW)
    assert (new.pk, new.window_after) == (old.pk, 14)
    edit_occasion(actor=cast.fah, occasion=new, content=content_of(new), now=NOW)  # the same form again
    assert Entry.objects.filter(verb="occasion.edit").count() == 1


def test_retired_and_restored_once(cast: Cast) -> None:
    day = add_occasion(actor=cast.ek, content=CONTENT, now=NOW)
    for _ in range(2):
        retire_occasion(actor=cast.ek, occasion=day, now=NOW)
    assert retired_of_year(cast.ek, 2569) == [day]
    for _ in range(2):
        restore_occasion(actor=cast.ek, occasion=day, now=NOW)
    assert list(of_year(cast.chai, 2569)) == [day]
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "occasion.add",
        "occasion.retire",
        "occasion.restore",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"short_name": ""}, "short_name"),
        ({"date": date(1926, 11, 14)}, "date"),
        ({"window_before": 61}, "window_before"),
        ({"window_after": -1}, "window_after"),
        ({"kind": "holiday"}, "kind"),
    ],
)
def test_content_that_cannot_be(cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        add_occasion(actor=cast.fah, content=replace(CONTENT, **changes), now=NOW)  # type: ignore[arg-type]  # by name
    assert list(refusal.value.fields) == [field]
    assert not Occasion.objects.exists()


def test_a_province_takes_its_days_over_into_the_next_year(cast: Cast) -> None:
    leap = replace(CONTENT, date=date(2028, 2, 29), name="วันอธิกสุรทิน")
    add_occasion(actor=cast.ek, content=leap, now=NOW)
    add_occasion(actor=cast.fah, content=replace(leap, name="วันของชาติ"), now=NOW)
    for _ in range(2):
        copy_year(actor=cast.ek, year=2572, now=NOW)
    assert [(day.name, day.date) for day in of_year(cast.ek, 2572)] == [("วันอธิกสุรทิน", date(2029, 2, 28))]
    with pytest.raises(Forbidden):
        copy_year(actor=cast.fah, year=2572, now=NOW)
