"""The year's list is put in force; the calendar's three views; a day that was moved; foreign days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.audit.models import Entry
from jitasa.occasions.models import Occasion, OccasionKind, OccasionYear
from jitasa.occasions.month_grid import weeks
from jitasa.occasions.selectors import adoption
from jitasa.occasions.services.adopt import adopt_year
from jitasa.occasions.services.edit import OccasionContent, add_occasion, edit_occasion, retire_occasion
from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast, make_organization

DAY = OccasionContent(
    date=date(2026, 11, 28),
    name="วันรวมใจชาวกระบี่",
    short_name="วันรวมใจ",
    kind=OccasionKind.LOCAL,
    guidance="ทำความสะอาดคลอง\nนัดหมายกับอำเภอ",
)
CALENDAR = "occasions:calendar"


def foreign_day(cast: Cast) -> Occasion:
    phangnga = make_organization("82", OrganizationType.PROVINCE, "สถจ.พังงา", reports_to=cast.department)
    return Occasion.objects.create(
        code="82-day-1",
        date=date(2026, 11, 28),
        name="วันของพังงา",
        short_name="วันของพังงา",
        kind=OccasionKind.LOCAL,
        organization=phangnga,
    )


# --- the year's list ----------------------------------------------------------------------------------


def test_the_department_puts_the_year_in_force_and_sees_what_changed_after(cast: Cast) -> None:
    install_occasions(years=[2570], actor=SYSTEM, now=NOW)
    assert adoption(2570) is None
    made = adopt_year(actor=cast.fah, year=2570, reference="ที่ มท 0810.6/ว 1", now=NOW)
    assert (made.number, made.adopted_by, made.adopted_at) == (1, cast.fah.user, NOW)
    assert len(made.days) == Occasion.objects.filter(date__year=2027).count()
    assert adopt_year(actor=cast.fah, year=2570, now=NOW + timedelta(days=1)) == made
    chakri = Occasion.objects.get(code="chakri", date__year=2027)
    flag = Occasion.objects.get(code="flag", date__year=2027)
    edit_occasion(
        actor=cast.fah,
        occasion=chakri,
        content=OccasionContent(chakri.date, "วันจักรี", "จักรี", "royal"),
        now=NOW,
    )
    retire_occasion(actor=cast.fah, occasion=flag, now=NOW)
    found = adoption(2570)
    assert found is not None
    assert (found.made, found.changed) == (made, 2)
    second = adopt_year(actor=cast.fah, year=2570, now=NOW)
    assert (second.number, OccasionYear.objects.count()) == (2, 2)
    assert Entry.objects.filter(verb="occasion.adopt").count() == 2


def test_only_the_department_adopts_and_never_an_empty_year(cast: Cast) -> None:
    for actor in (cast.ek, cast.dao, cast.anong):
        with pytest.raises(Forbidden):
            adopt_year(actor=actor, year=2570, now=NOW)
    add_occasion(actor=cast.ek, content=replace(DAY, date=date(2027, 3, 1)), now=NOW)
    with pytest.raises(Refusal):
        adopt_year(actor=cast.fah, year=2570, now=NOW)
    assert not OccasionYear.objects.exists()


def test_adopting_from_the_page(cast: Cast) -> None:
    install_occasions(years=[2569], actor=SYSTEM, now=NOW)
    client = cast.client("fah")
    page = client.get(reverse("occasions:list"), {"year": "2569"}).content.decode()
    assert "กรมยังไม่ประกาศใช้" in page
    client.post(reverse("occasions:adopt"), {"year": "2569", "reference": "ประกาศ สปน."})
    page = client.get(reverse("occasions:list"), {"year": "2569"}).content.decode()
    assert "ประกาศ สปน." in page
    assert reverse("occasions:adopt") not in cast.client("ek").get(reverse("occasions:list")).content.decode()
    assert cast.client("ek").post(reverse("occasions:adopt"), {"year": "2569"}).status_code == 403


def test_a_day_stays_in_its_year(cast: Cast) -> None:
    day = add_occasion(actor=cast.fah, content=DAY, now=NOW)
    with pytest.raises(Refusal) as refusal:
        edit_occasion(actor=cast.fah, occasion=day, content=replace(DAY, date=date(2027, 1, 2)), now=NOW)
    assert list(refusal.value.fields) == ["date"]
    assert Occasion.objects.get() == day


# --- the calendar --------------------------------------------------------------------------------------


def test_weeks_begin_on_sunday_and_hold_the_whole_month() -> None:
    day = Occasion(date=date(2026, 11, 28))
    grid = weeks(date(2026, 11, 1), [day])
    assert {len(week) for week in grid} == {7}
    assert grid[0][0].day == date(2026, 11, 1)
    assert [cell.day.day for week in grid for cell in week if cell.inside] == list(range(1, 31))
    assert [cell.day for week in grid for cell in week if cell.occasions] == [day.date]


@pytest.mark.at(NOW)
@pytest.mark.parametrize("query", [{"month": "2569-11"}, {"view": "list", "year": "2569"}])
def test_a_day_with_its_name_kind_window_guidance_and_one_click_to_plan(
    cast: Cast, query: dict[str, str]
) -> None:
    day = add_occasion(actor=cast.ek, content=DAY, now=NOW)
    page = cast.client("anong").get(reverse(CALENDAR), query).content.decode()
    for words in (DAY.name, "ท้องถิ่น", "21 พ.ย. 2569", "5 ธ.ค. 2569", "นัดหมายกับอำเภอ", "สถจ.กระบี่"):
        assert words in page
    plan = f"{reverse('activities:new')}?occasion={day.pk}"
    assert plan in page
    for name in ("dao", "ek", "fah"):
        assert plan not in cast.client(name).get(reverse(CALENDAR), query).content.decode()


@pytest.mark.parametrize("view", ["month", "list", "year"])
def test_the_own_day_of_another_province_shows_nowhere(cast: Cast, view: str) -> None:
    theirs = foreign_day(cast)
    query = {"view": view, "year": "2569", "month": "2569-11"}
    for name in ("anong", "dao", "ek"):
        client = cast.client(name)
        assert "วันของพังงา" not in client.get(reverse(CALENDAR), query).content.decode()
        assert client.get(reverse("occasions:edit", args=[theirs.pk])).status_code == 404
    assert "วันของพังงา" in cast.client("fah").get(reverse(CALENDAR), query).content.decode()


def test_planning_a_day_fills_it_in_unless_it_is_another_provinces(cast: Cast) -> None:
    day, theirs = add_occasion(actor=cast.ek, content=DAY, now=NOW), foreign_day(cast)
    client = cast.client("anong")
    page = client.get(reverse("activities:new"), {"occasion": day.pk}, follow=True).content.decode()
    assert f'value="{day.pk}" selected' in page
    page = client.get(reverse("activities:new"), {"occasion": theirs.pk}, follow=True).content.decode()
    assert "วันของพังงา" not in page


@pytest.mark.parametrize(
    "query",
    [
        {"month": "2569-13"},
        {"month": "เดือนหน้า"},
        {"view": "list", "year": "๒๕๖๙"},
        {"view": "list", "year": "9" * 5000},
        {"view": "year", "year": "-1"},
        {"view": "<b>", "month": "9999-12"},
    ],
)
def test_nonsense_in_the_address_shows_a_calendar(cast: Cast, query: dict[str, str]) -> None:
    assert cast.client("anong").get(reverse(CALENDAR), query).status_code == 200


def test_the_first_and_the_last_month_there_is(cast: Cast) -> None:
    for month in ("2560-01", "2620-12"):
        assert cast.client("anong").get(reverse(CALENDAR), {"month": month}).status_code == 200


def test_a_moved_day_says_so_on_both_pages(cast: Cast) -> None:
    old = add_occasion(actor=cast.ek, content=DAY, now=NOW)
    new = edit_occasion(actor=cast.ek, occasion=old, content=replace(DAY, date=date(2026, 11, 29)), now=NOW)
    client = cast.client("anong")
    page = client.get(reverse("occasions:edit", args=[new.pk])).content.decode()
    assert reverse("occasions:edit", args=[old.pk]) in page
    assert "กิจกรรมที่เชื่อมโยงไว้ก่อนแก้ไขยังอยู่กับชื่อและวันเดิม" in page
    page = client.get(reverse("occasions:edit", args=[old.pk])).content.decode()
    assert "ปัจจุบันคือ วันรวมใจ 29 พ.ย. 2569" in page


def test_queries_do_not_grow_with_the_days_of_the_calendar(cast: Cast) -> None:
    client = cast.client("anong")
    for view in ("month", "list", "year"):
        counts = []
        for number in (3, 27):
            for _ in range(number):
                n = Occasion.objects.count()
                Occasion.objects.create(
                    code=f"d-{n}", date=date(2026, 11, n % 30 + 1), name=f"วัน {n}", short_name=f"วัน {n}",
                    kind=OccasionKind.LOCAL, organization=cast.krabi,
                )  # fmt: skip
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(CALENDAR), {"view": view, "year": "2569", "month": "2569-11"})
            counts.append(len(queries))
        assert counts[0] == counts[1]
