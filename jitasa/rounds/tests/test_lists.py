"""The lists: defaults, edits that leave the past alone, order, who may."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from jitasa.audit.models import Entry
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds.choices import RETURNABLE
from jitasa.rounds.models import Kind, Measure, ParticipantGroup, ReturnReason, SubKind
from jitasa.rounds.selectors import lists
from jitasa.rounds.selectors.lists import LISTS
from jitasa.rounds.services.install import install_defaults
from jitasa.rounds.services.items import (
    add_item,
    edit_item,
    move_item,
    reorder,
    restore_item,
    retire_item,
)
from tests.cast import NOW, Cast

KINDS, MEASURES, SUB_KINDS = LISTS["kinds"], LISTS["measures"], LISTS["sub-kinds"]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def filled(cast: Cast) -> Cast:
    install_defaults(actor=cast.fah, now=NOW)
    return cast


def kind(code: str) -> Kind:
    return Kind.objects.get(code=code, retired_at=None)


def test_defaults_fill_every_list_once_and_leave_edits_alone(filled: Cast) -> None:
    assert [each.code for each in lists.current_kinds()] == ["development", "disaster", "special", "training"]
    assert lists.current_groups().count() == 10
    assert all(each.unit for each in lists.current_measures())
    assert lists.current_return_reasons().count() == 10
    edit_item(actor=filled.fah, of=KINDS, item=kind("training"), content={"label": "ฝึกอบรม"}, now=LATER)
    retire_item(actor=filled.fah, of=KINDS, item=kind("special"), now=LATER)
    assert set(install_defaults(actor=filled.fah, now=LATER).values()) == {0}
    assert [each.label for each in lists.current_kinds()] == ["จิตอาสาพัฒนา", "จิตอาสาภัยพิบัติ", "ฝึกอบรม"]
    assert Entry.objects.filter(verb="list.install").count() == 1


def test_default_reasons_point_at_fields_that_exist(filled: Cast) -> None:
    for reason in lists.current_return_reasons():
        assert reason.text
        assert reason.fields
        assert set(reason.fields) <= set(RETURNABLE)
    known = set(Kind.objects.values_list("code", flat=True)) | {""}
    assert set(SubKind.objects.values_list("kind_code", flat=True)) <= known


def test_sub_kinds_of_a_kind_include_those_that_fit_every_kind(filled: Cast) -> None:
    codes = {each.code for each in lists.current_sub_kinds("disaster")}
    assert {"relief", "other"} <= codes
    assert "ceremony" not in codes


def test_a_new_label_leaves_what_was_recorded_as_it_was(filled: Cast) -> None:
    old = kind("development")
    record = apps.get_model("activities", "Activity").objects.create(
        uuid=uuid.uuid4(), organization=filled.aonang, organization_code="06810104",
        organization_name="อบต.อ่าวนาง", month=date(2026, 10, 1), name="ปลูกป่า", kind=old,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    new = edit_item(actor=filled.fah, of=KINDS, item=old, content={"label": "จิตอาสาพัฒนาชุมชน"}, now=LATER)
    record.refresh_from_db()
    assert record.kind is not None
    assert record.kind.label == "จิตอาสาพัฒนา"
    assert (new.label, new.code, new.position, new.pk != old.pk) == (
        "จิตอาสาพัฒนาชุมชน", "development", old.position, True,
    )  # fmt: skip
    assert lists.kind_labels()["development"] == "จิตอาสาพัฒนาชุมชน"
    versions = lists.versions(KINDS, "development")
    assert [version.item.label for version in versions] == ["จิตอาสาพัฒนาชุมชน", "จิตอาสาพัฒนา"]
    assert str(versions[0].by) == "Fah"
    assert versions[0].changes[0][1:] == ("จิตอาสาพัฒนา", "จิตอาสาพัฒนาชุมชน")


def test_the_same_edit_twice_is_one_and_a_stale_one_a_conflict(filled: Cast) -> None:
    old = kind("special")
    content = {"label": "จิตอาสาเฉพาะกิจ", "label_en": "Special duty"}
    assert edit_item(actor=filled.fah, of=KINDS, item=old, content=content, now=LATER) == old
    edit_item(actor=filled.fah, of=KINDS, item=old, content={"label": "เฉพาะกิจ"}, now=LATER)
    with pytest.raises(Conflict):
        edit_item(actor=filled.fah, of=KINDS, item=old, content={"label": "งานเฉพาะกิจ"}, now=LATER)
    assert kind("special").label == "เฉพาะกิจ"


@pytest.mark.parametrize(
    ("slug", "content", "field"),
    [
        ("kinds", {"label": ""}, "label"),
        ("kinds", {"label": "ก" * 151}, "label"),
        ("kinds", {"label": "จิตอาสาพัฒนา"}, "label"),
        ("sub-kinds", {"label": "งานใหม่", "kind_code": "nonsense"}, "kind_code"),
        ("sub-kinds", {"label": "งานใหม่", "keywords": "หญ้าแฝก, ปา"}, "keywords"),
        ("sub-kinds", {"label": "งานใหม่", "keywords": "หญ้าแฝก " * 200}, "keywords"),
        ("sub-kinds", {"label": "งานใหม่", "measures": ["shoe-sizes"]}, "measures"),
        ("measures", {"label": "หญ้าแฝก", "unit": "", "decimals": 0}, "unit"),
        ("measures", {"label": "หญ้าแฝก", "unit": "กอ", "decimals": 4}, "decimals"),
        ("return-reasons", {"label": "อื่น", "text": ""}, "text"),
        ("return-reasons", {"label": "อื่น", "text": "แก้", "fields": ["shoe_size"]}, "fields"),
    ],
)
def test_words_that_cannot_be(filled: Cast, slug: str, content: dict[str, Any], field: str) -> None:
    of = LISTS[slug]
    before = of.model._default_manager.count()
    with pytest.raises(Refusal) as refusal:
        add_item(actor=filled.fah, of=of, content=content, now=LATER)
    assert list(refusal.value.fields) == [field]
    assert of.model._default_manager.count() == before


def test_a_sub_kind_goes_by_the_words_the_department_gives_it(filled: Cast) -> None:
    content = {"label": "หญ้าแฝก", "keywords": " แฝก ,ปลูกแฝก\nแฝก,", "measures": ["area", "trees", "area"]}
    added = add_item(actor=filled.fah, of=SUB_KINDS, content=content, now=LATER)
    assert isinstance(added, SubKind)
    assert (added.keywords, added.measures) == ("แฝก, ปลูกแฝก", ["area", "trees"])
    cells = next(row.cells for row in lists.rows_of(SUB_KINDS) if row.item == added)
    assert cells == ["ทุกประเภท", "แฝก, ปลูกแฝก", "พื้นที่ดำเนินการ, ต้นไม้ที่ปลูก"]
    known = set(Measure.objects.values_list("code", flat=True))
    assert all(set(row.measures) <= known for row in SubKind._default_manager.all())


def test_a_word_is_added_at_the_end_once_with_a_code_of_its_own(filled: Cast) -> None:
    content = {"label": "หญ้าแฝก", "label_en": "Trees", "unit": "กอ", "decimals": 0}
    added = add_item(actor=filled.fah, of=MEASURES, content=content, now=LATER)
    assert add_item(actor=filled.fah, of=MEASURES, content=content, now=LATER) == added
    assert added.code == "trees-2"
    assert lists.current_measures().last() == added
    thai_only = add_item(actor=filled.fah, of=LISTS["groups"], content={"label": "พระสงฆ์"}, now=LATER)
    assert thai_only.code == "group-2"


def test_a_unit_cannot_change_under_the_numbers_of_before(filled: Cast) -> None:
    trees = Measure.objects.get(code="trees")
    content = {"label": "ต้นไม้ที่ปลูก", "unit": "กล้า", "decimals": 0}
    with pytest.raises(Refusal) as refusal:
        edit_item(actor=filled.fah, of=MEASURES, item=trees, content=content, now=LATER)
    assert "unit" in refusal.value.fields
    assert Measure.objects.filter(code="trees").count() == 1


def test_retired_and_restored_at_the_end(filled: Cast) -> None:
    special = kind("special")
    for _ in range(2):
        retire_item(actor=filled.fah, of=KINDS, item=special, now=LATER)
    assert [row.code for row in lists.retired_items(KINDS)] == ["special"]
    for _ in range(2):
        restore_item(actor=filled.fah, of=KINDS, item=special, now=LATER)
    assert [each.code for each in lists.current_kinds()][-1] == "special"
    verbs = Entry.objects.exclude(verb="list.install").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["list.retire", "list.restore"]


def test_the_last_kind_stays(filled: Cast) -> None:
    *others, last = lists.current_kinds()
    for each in others:
        retire_item(actor=filled.fah, of=KINDS, item=each, now=LATER)
    with pytest.raises(Refusal):
        retire_item(actor=filled.fah, of=KINDS, item=last, now=LATER)
    assert lists.current_kinds().get() == last


def test_order(filled: Cast) -> None:
    def codes() -> list[str]:
        return [each.code for each in lists.current_kinds()]

    move_item(actor=filled.fah, of=KINDS, item=kind("training"), step=-1, now=LATER)
    assert codes() == ["development", "disaster", "training", "special"]
    move_item(actor=filled.fah, of=KINDS, item=kind("development"), step=-1, now=LATER)  # stays on top
    assert codes()[0] == "development"
    reorder(actor=filled.fah, of=KINDS, codes=codes()[::-1], now=LATER)
    assert codes() == ["special", "training", "disaster", "development"]
    with pytest.raises(Conflict):
        reorder(actor=filled.fah, of=KINDS, codes=["special"], now=LATER)
    assert Entry.objects.filter(verb="list.reorder").count() == 2


def test_only_the_department_changes_a_list(filled: Cast) -> None:
    group = ParticipantGroup.objects.first()
    assert group is not None
    of, content = LISTS["groups"], {"label": "อื่น ๆ ทั้งหมด"}
    for actor in (filled.anong, filled.boonmee, filled.dao, filled.ek):
        for act in (
            lambda a=actor: add_item(actor=a, of=of, content=content, now=LATER),
            lambda a=actor: edit_item(actor=a, of=of, item=group, content=content, now=LATER),
            lambda a=actor: retire_item(actor=a, of=of, item=group, now=LATER),
            lambda a=actor: restore_item(actor=a, of=of, item=group, now=LATER),
            lambda a=actor: move_item(actor=a, of=of, item=group, step=1, now=LATER),
            lambda a=actor: install_defaults(actor=a, now=LATER),
        ):
            with pytest.raises(Forbidden):
                act()
    assert ParticipantGroup.objects.count() == 10
    assert ReturnReason.objects.count() == 10


def test_the_command_fills_lists_and_days(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("install_lists", "--years", "2569", "--json")
    call_command("install_lists", "--years", "2569")
    out = capsys.readouterr().out
    assert '"kind": 4' in out
    assert "kind: เพิ่ม 0 รายการ" in out
