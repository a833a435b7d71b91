"""Boards of an important day: who did, who plans, who did nothing; moved days; whose they are."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.compilation.selectors.occasion_board import (
    DID,
    NOTHING,
    PLANNED,
    OccasionBoard,
    OccasionFigures,
    board,
)
from jitasa.compilation.views.occasion_board import records_of
from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.selectors import rows_of
from jitasa.occasions.services.edit import OccasionContent, add_occasion, edit_occasion
from jitasa.organizations.choices import OrganizationType, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.services.merge import merge
from jitasa.organizations.viewer import Viewer
from jitasa.review.services.accept import accept
from jitasa.review.services.return_record import return_record
from tests.cast import NOW, Cast, make_organization, viewer

NATIONAL = OccasionContent(date=date(2026, 11, 20), name="วันของชาติ", short_name="วันของชาติ", kind="national")


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


@pytest.fixture
def day(cast: Cast) -> Occasion:
    return add_occasion(actor=cast.fah, content=NATIONAL, now=NOW)


def linked(day: Occasion) -> dict[str, Any]:
    return {"basis": "occasion", "occasion_id": day.pk}


def clerk(cast: Cast, office: Organization) -> Viewer:
    return viewer(cast.people["anong"], office, Role.OFFICER)


def board_of(day: Occasion, office: Organization, *, per_lao: bool = False) -> OccasionBoard:
    return board(day, list(rows_of(day)), office, per_lao=per_lao)


def states(found: OccasionBoard) -> dict[int, str]:
    return {lao.office_id: lao.state for lao in found.laos}


def page(cast: Cast, name: str, day: Occasion, *args: int, **query: str) -> str:
    route = "compilation:occasion_board_of" if args else "compilation:occasion_board"
    response = cast.client(name).get(reverse(route, args=[day.pk, *args]), query)
    assert response.status_code == 200
    return response.content.decode()


# --- numbers -------------------------------------------------------------------------------------------


def test_who_did_who_plans_who_did_nothing(cast: Cast, day: Occasion) -> None:
    make_sent(cast.anong, **linked(day))
    make_draft(cast.chai, **linked(day) | {"start_date": date(2026, 11, 27)})
    make_sent(clerk(cast, cast.saithai))  # of no important day
    found = board_of(day, cast.department)
    assert states(found) == {
        cast.aonang.pk: DID,
        cast.kokklang.pk: PLANNED,
        cast.saithai.pk: NOTHING,
        cast.town.pk: NOTHING,
        cast.pao.pk: NOTHING,
    }
    total = found.total
    assert (total.offices, total.did, total.planned, total.nothing) == (5, 1, 1, 3)
    assert (total.activities, total.events, total.people) == (1, 1, 66)


def test_reviewing_moves_an_office_only_when_its_record_goes_back(cast: Cast, day: Occasion) -> None:
    record = make_sent(cast.anong, **linked(day))
    other = make_sent(cast.chai, **linked(day))
    accept(actor=cast.dao, activity=record, now=NOW)
    return_record(actor=cast.ek, activity=other, reason="ขาดภาพ", fields=[], now=NOW)
    assert board_of(day, cast.krabi).total == replace(
        OccasionFigures(), offices=5, did=1, planned=1, nothing=3, activities=1, events=1, people=66
    )


def test_country_province_and_district_agree(cast: Cast, day: Occasion) -> None:
    for actor in (cast.anong, cast.chai, clerk(cast, cast.town)):
        make_sent(actor, **linked(day))
    country, province, mueang = (board_of(day, each) for each in (cast.department, cast.krabi, cast.mueang))
    assert [row.office_id for row in country.rows] == [cast.krabi.pk]
    assert country.rows[0].figures == province.total == country.total
    by_district = {row.office_id: row.figures for row in province.rows}
    assert set(by_district) == {cast.mueang.pk, cast.lanta.pk}
    assert by_district[cast.mueang.pk] == mueang.total
    assert {row.office_id for row in mueang.rows} == {
        cast.pao.pk,
        cast.town.pk,
        cast.aonang.pk,
        cast.saithai.pk,
    }
    assert {row.office_id for row in board_of(day, cast.department, per_lao=True).rows} == set(
        states(country)
    )


def test_a_moved_day_keeps_its_activities_and_counts_them_all(cast: Cast, day: Occasion) -> None:
    record = make_sent(cast.anong, **linked(day))
    new = edit_occasion(
        actor=cast.fah,
        occasion=day,
        content=replace(NATIONAL, date=date(2026, 11, 21), name="ชื่อใหม่"),
        now=NOW,
    )
    make_sent(cast.chai, **linked(new))
    record.refresh_from_db()
    assert record.occasion_id == day.pk
    for pk in (day.pk, new.pk):  # the old address shows the same day
        text = page(cast, "ek", Occasion.objects.get(pk=pk))
        assert "วันนี้เคยเปลี่ยนชื่อหรือวัน" in text
        assert records_of(day.pk, cast.krabi.pk).replace("&", "&amp;") in text
        assert records_of(new.pk, cast.krabi.pk).replace("&", "&amp;") in text
    found = board_of(new, cast.krabi)
    assert [(row.name, count) for row, count in found.versions] == [("วันของชาติ", 1), ("ชื่อใหม่", 1)]
    assert found.total.did == 2


def test_an_lao_merged_before_the_month_ended_keeps_what_it_did(cast: Cast, day: Occasion) -> None:
    make_sent(cast.anong, **linked(day))
    merge(
        actor=cast.fah,
        predecessors=[cast.aonang],
        successor=cast.saithai,
        effective_on=date(2026, 11, 21),
        now=NOW,
    )
    total = board_of(day, cast.mueang).total
    assert (total.offices, total.did, total.activities) == (3, 0, 1)


def test_a_record_of_an_earlier_month_than_the_merger_counts(cast: Cast) -> None:
    early = add_occasion(actor=cast.fah, content=replace(NATIONAL, date=date(2026, 11, 2)), now=NOW)
    make_sent(cast.anong, **linked(early) | {"start_date": date(2026, 10, 30)})
    merge(
        actor=cast.fah,
        predecessors=[cast.aonang],
        successor=cast.saithai,
        effective_on=date(2026, 11, 1),
        now=NOW,
    )
    assert board_of(early, cast.mueang).total.activities == 1
    assert board_of(early, cast.department).total.activities == 1
    assert board_of(early, cast.lanta).total.activities == 0


# --- pages ---------------------------------------------------------------------------------------------


def test_numbers_lead_down_to_the_records(cast: Cast, day: Occasion) -> None:
    make_sent(cast.anong, **linked(day))
    country = page(cast, "fah", day)
    assert reverse("compilation:occasion_board_of", args=[day.pk, cast.krabi.pk]) in country
    district = page(cast, "fah", day, cast.mueang.pk)
    address = records_of(day.pk, cast.aonang.pk)
    assert address.replace("&", "&amp;") in district
    listed = cast.client("fah").get(address)
    assert [row.organization_id for row in listed.context["page"]] == [cast.aonang.pk]


def test_a_chip_keeps_the_laos_it_names(cast: Cast, day: Occasion) -> None:
    make_sent(cast.anong, **linked(day))
    did, nothing = page(cast, "ek", day, show="did"), page(cast, "ek", day, show="nothing")
    assert "อบต.อ่าวนาง" in did
    assert "อบต.ไสไทย" not in did
    assert "อบต.ไสไทย" in nothing
    assert "อบต.อ่าวนาง" not in nothing
    for query in ({"show": "<b>"}, {"sort": "-nothing"}, {"sort": "x", "page": "x"}, {"rows": "laos"}):
        page(cast, "ek", day, **query)


@pytest.mark.at(NOW)
def test_an_lao_sees_itself_and_the_button_to_plan(cast: Cast) -> None:
    ahead = add_occasion(actor=cast.fah, content=replace(NATIONAL, date=date(2026, 12, 5)), now=NOW)
    text = page(cast, "anong", ahead)
    assert "อบต.อ่าวนาง" in text
    assert "อบต.ไสไทย" not in text
    assert f"{reverse('activities:new')}?occasion={ahead.pk}" in text
    assert "activities/new/?occasion" not in page(cast, "ek", ahead)
    client = cast.client("anong")
    for office in (cast.saithai, cast.mueang, cast.krabi):
        assert (
            client.get(reverse("compilation:occasion_board_of", args=[ahead.pk, office.pk])).status_code
            == 404
        )


def test_a_provinces_own_day_is_asked_of_its_offices_only(cast: Cast) -> None:
    phangnga = make_organization("82", OrganizationType.PROVINCE, "สถจ.พังงา", reports_to=cast.department)
    own = add_occasion(actor=cast.ek, content=replace(NATIONAL, name="วันของกระบี่"), now=NOW)
    theirs = Occasion.objects.create(
        code="82-day-1", date=own.date, name="วันของพังงา", short_name="วันของพังงา",
        kind=OccasionKind.LOCAL, organization=phangnga,
    )  # fmt: skip
    response = cast.client("fah").get(reverse("compilation:occasion_board", args=[own.pk]))
    assert response.context["office"] == cast.krabi
    fah = cast.client("fah")
    assert fah.get(reverse("compilation:occasion_board_of", args=[own.pk, phangnga.pk])).status_code == 404
    for name in ("anong", "dao", "ek"):
        client = cast.client(name)
        assert client.get(reverse("compilation:occasion_board", args=[theirs.pk])).status_code == 404
        book = reverse("compilation:occasion_board_xlsx", args=[theirs.pk, cast.aonang.pk])
        assert client.get(book).status_code == 404


def test_the_workbook_has_the_numbers_of_the_page(cast: Cast, day: Occasion) -> None:
    make_sent(cast.anong, **linked(day))
    make_draft(cast.chai, **linked(day))
    address = reverse("compilation:occasion_board_xlsx", args=[day.pk, cast.krabi.pk])
    book = sheets_of(cast.client("ek").get(address).content)
    assert list(book) == ["สรุป", "ราย อปท."]
    assert book["ราย อปท."]["อบต.อ่าวนาง"][2:7] == ["จัดแล้ว", 0, 1, 1, 66]
    assert book["ราย อปท."]["อบต.เกาะกลาง"][2:5] == ["วางแผนหรือยังไม่ส่ง", 1, 0]
    assert book["สรุป"]["อ.เมืองกระบี่"][2:6] == [4, 1, 0, 3]
    book = sheets_of(cast.client("ek").get(address, {"show": "did"}).content)
    assert list(book) == ["ราย อปท."]
    assert "อบต.เกาะกลาง" not in book["ราย อปท."]


def sheets_of(content: bytes) -> dict[str, dict[object, list[object]]]:
    """Sheet → second cell of a row → the row."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: {row[1]: list(row) for row in found if len(row) > 1} for name, found in rows.items()}


def test_queries_do_not_grow_with_the_offices_and_records(cast: Cast, day: Occasion) -> None:
    client, counts = cast.client("ek"), []
    addresses = [reverse("compilation:occasion_board", args=[day.pk])]
    addresses += [
        f"{addresses[0]}?rows=laos",
        reverse("compilation:occasion_board_xlsx", args=[day.pk, cast.krabi.pk]),
    ]
    for address in addresses:  # what rarely changes is read once in a process
        client.get(address)
    for numbers in (range(20, 23), range(23, 50)):
        for number in numbers:
            office = make_organization(
                f"068101{number}",
                OrganizationType.SAO,
                f"อบต.{number}",
                reports_to=cast.mueang,
                lies_in=cast.mueang,
            )
            make_sent(clerk(cast, office), pictures=2, **linked(day))
        with CaptureQueriesContext(connection) as queries:
            for address in addresses:
                client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
