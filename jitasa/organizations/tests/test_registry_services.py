"""Changes of the registry through its services: dates, parents, codes, who may."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jitasa.audit.models import Entry
from jitasa.organizations.choices import Change, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState, Succession
from jitasa.organizations.selectors import registry
from jitasa.organizations.selectors.search import search
from jitasa.organizations.services.correct import correct
from jitasa.organizations.services.found import found
from jitasa.organizations.services.merge import merge
from jitasa.organizations.services.move import move
from jitasa.organizations.services.recode import recode
from jitasa.organizations.services.rename import rename
from jitasa.organizations.services.upgrade import upgrade
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast, make_organization

pytestmark = pytest.mark.django_db
DAY = date(2022, 10, 1)
BEFORE = date(2022, 9, 30)
T = OrganizationType


def states() -> list[Any]:
    return list(OrganizationState.objects.order_by("pk").values())


def test_a_report_of_the_past_shows_the_offices_of_the_past(cast: Cast) -> None:
    upgrade(
        actor=cast.fah, organization=cast.aonang, type=T.TOWN_MUNICIPALITY, code="04810104", name="อ่าวนางใหม่",
        effective_on=DAY, now=NOW,
    )  # fmt: skip
    was, now = registry.state_as_at(cast.aonang, BEFORE), registry.state_as_at(cast.aonang, DAY)
    assert was is not None
    assert now is not None
    assert (was.short_name, was.code, was.reports_to) == ("อบต.อ่าวนาง", "06810104", cast.mueang)
    assert (now.short_name, now.code, now.reports_to) == ("ทม.อ่าวนางใหม่", "04810104", cast.krabi)
    assert now.lies_in == cast.mueang  # it still stands in the district
    assert now.path == f"{cast.krabi.path}{cast.aonang.pk}/"
    assert registry.names_as_at([cast.aonang.pk], BEFORE)[cast.aonang.pk].name == was.name
    assert registry.organizations_as_at(BEFORE).filter(type=T.SAO).count() == 3
    assert registry.organizations_as_at(DAY).filter(type=T.SAO).count() == 2
    entry = Entry.objects.get(verb="registry.upgrade")
    assert (entry.data["before"]["code"], entry.data["after"]["code"]) == ("06810104", "04810104")


def test_a_district_takes_what_is_below_it_along_from_the_day(cast: Cast) -> None:
    phangnga = make_organization("82", T.PROVINCE, "สถจ.พังงา", reports_to=cast.department)
    rename(actor=cast.fah, organization=cast.kokklang, name="เกาะใหม่", effective_on=date(2024, 1, 1), now=NOW)
    move(actor=cast.fah, organization=cast.lanta, lies_in=phangnga, code="8209", effective_on=DAY, now=NOW)
    seen = [
        (state.short_name, state.province_code, state.district_code, state.valid_from, state.change)
        for state in cast.kokklang.states.all()
    ]
    assert seen == [
        ("อบต.เกาะกลาง", "81", "8103", date(2010, 1, 1), Change.FOUNDED),
        ("อบต.เกาะกลาง", "82", "8209", DAY, Change.MOVED),
        ("อบต.เกาะใหม่", "82", "8209", date(2024, 1, 1), Change.RENAMED),
    ]
    cast.kokklang.refresh_from_db()
    assert cast.kokklang.path == f"{phangnga.path}{cast.lanta.pk}/{cast.kokklang.pk}/"
    assert "พังงา" in cast.kokklang.search_text
    assert cast.kokklang.code == "06810304"  # its own code waits for its own recoding
    recode(
        actor=cast.fah, organization=cast.kokklang, code="06820904", effective_on=date(2025, 1, 1), now=NOW
    )


def test_a_town_municipality_learns_its_districts_new_code_and_keeps_its_province(cast: Cast) -> None:
    recode(actor=cast.fah, organization=cast.mueang, code="8199", effective_on=DAY, now=NOW)
    cast.town.refresh_from_db()
    assert (cast.town.district_code, cast.town.reports_to) == ("8199", cast.krabi)
    assert [state.district_code for state in cast.town.states.all()] == ["8101", "8199"]


def test_a_merger_keeps_the_past_and_names_who_goes_on(cast: Cast) -> None:
    merge(
        actor=cast.fah,
        predecessors=[cast.saithai, cast.aonang],
        successor=cast.town,
        effective_on=DAY,
        now=NOW,
        reason="รวม",
    )
    cast.aonang.refresh_from_db()
    assert cast.aonang.closed_on == DAY
    assert registry.state_as_at(cast.aonang, BEFORE) is not None
    assert registry.state_as_at(cast.aonang, DAY) is None
    assert registry.successor_today(cast.aonang) == cast.town
    assert {row.predecessor for row in registry.history(cast.town).predecessions} == {
        cast.saithai,
        cast.aonang,
    }
    assert list(search("อ่าวนาง")) == []
    merge(
        actor=cast.fah, predecessors=[cast.town], successor=cast.pao, effective_on=date(2023, 10, 1), now=NOW
    )
    assert registry.successor_today(cast.aonang) == cast.pao
    fresh = found(
        actor=cast.fah,
        type=T.SAO,
        code="06810104",
        name="ใหม่",
        lies_in=cast.mueang,
        effective_on=DAY,
        now=NOW,
    )
    assert fresh.code == cast.aonang.code  # the code of a closed office may be given again, from that day


def test_a_slip_is_corrected_in_place(cast: Cast) -> None:
    correct(actor=cast.fah, organization=cast.aonang, name="อ่าวน้อย", code="06810114", now=NOW)
    state = cast.aonang.states.get()
    assert (state.short_name, state.code, state.change) == ("อบต.อ่าวน้อย", "06810114", Change.FOUNDED)
    assert Entry.objects.filter(verb="registry.correct").count() == 1


Act = Callable[[Cast], object]
REFUSED: list[tuple[str, Act]] = [
    ("code", lambda c: found(actor=c.fah, type=T.SAO, code="06810104", name="ก", lies_in=c.mueang, effective_on=DAY, now=NOW)),
    ("code", lambda c: found(actor=c.fah, type=T.SAO, code="05810120", name="ก", lies_in=c.mueang, effective_on=DAY, now=NOW)),
    ("code", lambda c: found(actor=c.fah, type=T.SAO, code="06810320", name="ก", lies_in=c.mueang, effective_on=DAY, now=NOW)),
    ("lies_in", lambda c: found(actor=c.fah, type=T.SAO, code="06810120", name="ก", lies_in=c.krabi, effective_on=DAY, now=NOW)),
    ("lies_in", lambda c: found(actor=c.fah, type=T.SAO, code="06810120", name="ก", lies_in=c.mueang, effective_on=date(2009, 1, 1), now=NOW)),
    ("name", lambda c: found(actor=c.fah, type=T.SAO, code="06810120", name=" ", lies_in=c.mueang, effective_on=DAY, now=NOW)),
    ("effective_on", lambda c: rename(actor=c.fah, organization=c.aonang, name="ก", effective_on=date(2026, 11, 23), now=NOW)),
    ("effective_on", lambda c: rename(actor=c.fah, organization=c.aonang, name="ก", effective_on=date(2010, 1, 1), now=NOW)),
    ("type", lambda c: upgrade(actor=c.fah, organization=c.aonang, type=T.DISTRICT, code="8120", effective_on=DAY, now=NOW)),
    ("reports_to", lambda c: move(actor=c.fah, organization=c.aonang, reports_to=c.saithai, effective_on=DAY, now=NOW)),
    ("reports_to", lambda c: move(actor=c.fah, organization=c.mueang, reports_to=c.lanta, effective_on=DAY, now=NOW)),
    ("successor", lambda c: merge(actor=c.fah, predecessors=[c.aonang], successor=c.aonang, effective_on=DAY, now=NOW)),
    ("successor", lambda c: merge(actor=c.fah, predecessors=[c.aonang], successor=c.mueang, effective_on=DAY, now=NOW)),
    ("predecessors", lambda c: merge(actor=c.fah, predecessors=[c.lanta], successor=c.mueang, effective_on=DAY, now=NOW)),
    ("predecessors", lambda c: merge(actor=c.fah, predecessors=[], successor=c.mueang, effective_on=DAY, now=NOW)),
    ("code", lambda c: correct(actor=c.fah, organization=c.aonang, code="06810107", now=NOW)),
]  # fmt: skip


@pytest.mark.parametrize(("field", "act"), REFUSED)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_changes(cast: Cast, field: str, act: Act) -> None:
    before, offices = states(), list(Organization.objects.order_by("pk").values())
    with pytest.raises(Refusal) as refusal:
        act(cast)
    assert list(refusal.value.fields) == [field]
    assert states() == before
    assert list(Organization.objects.order_by("pk").values()) == offices
    assert not Succession.objects.exists()
    assert not Entry.objects.exists()


def test_saying_what_is_so_already_is_no_change(cast: Cast) -> None:
    with pytest.raises(Refusal, match="ไม่มีข้อมูลใดเปลี่ยน"):
        rename(actor=cast.fah, organization=cast.aonang, name="อบต.อ่าวนาง", effective_on=DAY, now=NOW)
    with pytest.raises(Refusal, match="ไม่มีข้อมูลใดเปลี่ยน"):
        correct(actor=cast.fah, organization=cast.aonang, name="อ่าวนาง", now=NOW)


def test_a_closed_office_changes_no_more(cast: Cast) -> None:
    merge(actor=cast.fah, predecessors=[cast.saithai], successor=cast.aonang, effective_on=DAY, now=NOW)
    before = states()
    common: dict[str, Any] = {"actor": cast.fah, "effective_on": date(2023, 1, 1), "now": NOW}
    with pytest.raises(Refusal, match="สิ้นสุดแล้ว"):
        rename(organization=cast.saithai, name="ก", **common)
    with pytest.raises(Refusal, match="สิ้นสุดแล้ว"):
        merge(predecessors=[cast.saithai], successor=cast.town, **common)
    with pytest.raises(Refusal, match="สิ้นสุดแล้ว"):
        merge(predecessors=[cast.town], successor=cast.saithai, **common)
    assert states() == before


def test_nobody_but_the_department_may(cast: Cast) -> None:
    before = states()
    for actor in (cast.ek, cast.dao, cast.boonmee, cast.anong):
        common: dict[str, Any] = {"actor": actor, "effective_on": DAY, "now": NOW}
        acts: list[tuple[Callable[..., object], dict[str, Any]]] = [
            (found, {"type": T.SAO, "code": "06810120", "name": "ก", "lies_in": cast.mueang}),
            (upgrade, {"organization": cast.aonang, "type": T.TAMBON_MUNICIPALITY, "code": "05810104"}),
            (rename, {"organization": cast.aonang, "name": "ก"}),
            (recode, {"organization": cast.aonang, "code": "06810120"}),
            (move, {"organization": cast.aonang, "lies_in": cast.lanta, "code": "06810320"}),
            (merge, {"predecessors": [cast.aonang], "successor": cast.saithai}),
        ]
        for act, facts in acts:
            with pytest.raises(Forbidden):
                act(**common, **facts)
        with pytest.raises(Forbidden):
            correct(actor=actor, organization=cast.aonang, name="ก", now=NOW)
    assert states() == before


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("อบต.อ่าวนาง", "06810104"),
        ("อบต อ่าวนาง", "06810104"),
        ("อบต. อ่าวนาง", "06810104"),
        ("องค์การบริหารส่วนตำบลอ่าวนาง", "06810104"),
        ("วนาง", "06810104"),
        ("๐๖๘๑๐๑๐๔", "06810104"),
        ("6810104", "06810104"),
        ("อ่าวนาง กระบี่", "06810104"),
        ("เทศบาลกระบี่", "04810102"),
        ("เทศบาลเมืองกระบี่", "04810102"),
        ("ทม.กระบี่", "04810102"),
        ("อบจ", "02810101"),
        ("จ.กระบี่ ทม", "04810102"),
        ("อบต อ.เกาะลันตา", "06810304"),
        ("สถจ.กระบี่", "81"),
        ("อำเภอเกาะลันตา", "8103"),
    ],
)
def test_an_office_is_found_however_it_is_asked_for(cast: Cast, asked: str, first: str) -> None:
    for office in Organization.objects.exclude(code="00"):
        correct(actor=cast.fah, organization=office, name=f"{office.short_name}ก", now=NOW)
        office.refresh_from_db()
        correct(actor=cast.fah, organization=office, name=office.short_name.removesuffix("ก"), now=NOW)
    found_codes = [office.code for office in search(asked)]
    assert found_codes
    assert found_codes[0] == first


@pytest.mark.parametrize("asked", ["", "  ", ".", "ไม่มีอะไรอย่างนี้", "99999999", "%", "_"])
def test_nothing_is_found_for_nothing(cast: Cast, asked: str) -> None:
    assert list(search(asked)) == []
