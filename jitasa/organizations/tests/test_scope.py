"""What each person sees: the scope filter and the viewer it starts from."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from jitasa.organizations.choices import Level, Role
from jitasa.organizations.choices import OrganizationType as T
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.scope import scope
from jitasa.organizations.selectors.viewers import viewer_for, viewing_as
from jitasa.organizations.viewer import GUEST, SYSTEM, Viewer
from jitasa.thai.dates import today
from tests.cast import NOW, Cast, make_organization, make_person, viewer

TODAY = today(NOW)


def names(viewer: Viewer) -> set[str]:
    return set(Organization.objects.visible_to(viewer).values_list("short_name", flat=True))


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("anong", {"อบต.อ่าวนาง"}),
        ("chai", {"อบต.เกาะกลาง"}),
        ("dao", {"อ.เมืองกระบี่", "อบต.อ่าวนาง", "อบต.ไสไทย", "อบจ.กระบี่", "ทม.กระบี่"}),
        (
            "ek",
            {
                "สถจ.กระบี่", "อ.เมืองกระบี่", "อ.เกาะลันตา", "อบจ.กระบี่", "ทม.กระบี่",
                "อบต.อ่าวนาง", "อบต.ไสไทย", "อบต.เกาะกลาง",
            },
        ),
    ],
)  # fmt: skip
def test_who_sees_which_offices(cast: Cast, person: str, seen: set[str]) -> None:
    assert names(getattr(cast, person)) == seen


def test_the_department_and_the_program_see_all_and_a_guest_nothing(cast: Cast) -> None:
    everything = set(Organization.objects.values_list("short_name", flat=True))
    assert names(cast.fah) == names(SYSTEM) == everything
    assert names(GUEST) == set()


def test_everything_stays_everything_beside_another_condition(cast: Cast) -> None:
    both = Organization.objects.filter(scope(cast.fah, "") | Q(pk=cast.aonang.pk))
    assert both.count() == Organization.objects.count() > 1
    assert "WHERE" not in str(Organization.objects.filter(scope(cast.fah, "")).query).partition("ORDER")[0]


def test_a_person_without_roles_sees_nothing_even_with_an_office(cast: Cast) -> None:
    assert names(viewer(cast.people["anong"], cast.aonang)) == set()


def test_an_office_is_not_taken_for_one_whose_number_begins_alike(cast: Cast) -> None:
    """Path /1/2/ is no prefix of /1/20/: the last slash counts."""
    short, _long = (
        make_organization(
            f"0682{n:04}", T.SAO, f"อบต.ที่{n}", reports_to=cast.mueang, lies_in=cast.mueang, id=number
        )
        for n, number in ((200, 910_000), (201, 9_100_001))
    )
    assert names(viewer(cast.people["anong"], short, Role.OFFICER)) == {"อบต.ที่200"}


def test_provinces_do_not_see_each_other_nor_districts_nor_siblings(cast: Cast) -> None:
    phangnga = make_organization("82", T.PROVINCE, "สถจ.พังงา", reports_to=cast.department)
    takua = make_organization("8205", T.DISTRICT, "อ.ตะกั่วป่า", reports_to=phangnga, lies_in=phangnga)
    sao = make_organization("06820501", T.SAO, "อบต.บางม่วง", reports_to=takua, lies_in=takua)
    gai = make_person("gai", phangnga, Role.OFFICER)
    assert names(viewer(gai, phangnga, Role.OFFICER)) == {"สถจ.พังงา", "อ.ตะกั่วป่า", "อบต.บางม่วง"}
    assert names(cast.ek).isdisjoint({"สถจ.พังงา", "อ.ตะกั่วป่า", "อบต.บางม่วง"})
    assert "อ.เกาะลันตา" not in names(cast.dao)
    assert names(viewer(gai, sao, Role.OFFICER)) == {"อบต.บางม่วง"}
    assert "อบต.ไสไทย" not in names(cast.anong)


def test_a_town_in_a_district_is_seen_by_the_district_and_sees_only_itself(cast: Cast) -> None:
    assert "ทม.กระบี่" in names(cast.dao)
    assert names(viewer(cast.people["anong"], cast.town, Role.OFFICER)) == {"ทม.กระบี่"}


def test_the_same_filter_works_from_a_row_to_its_office(cast: Cast) -> None:
    assert set(Post.objects.visible_to(cast.dao).values_list("organization__short_name", flat=True)) == {
        "อ.เมืองกระบี่",
        "อบต.อ่าวนาง",
    }
    assert {post.user.username for post in Post.objects.visible_to(cast.chai)} == {"chai"}


def test_the_filter_gives_each_row_once(cast: Cast) -> None:
    rows = list(Organization.objects.visible_to(cast.dao).values_list("pk", flat=True))
    assert len(rows) == len(set(rows))


# --- the viewer: posts of today in open offices -------------------------------------------------


def test_a_post_works_on_its_first_and_last_day_and_not_outside(cast: Cast) -> None:
    user = make_person("nid", cast.saithai)
    Post.objects.create(
        user=user,
        organization=cast.saithai,
        role=Role.OFFICER,
        from_date=TODAY,
        to_date=TODAY + timedelta(days=1),
    )
    days = [viewer_for(user, NOW + timedelta(days=n)).organization for n in (-1, 0, 1, 2)]
    assert days == [None, cast.saithai, cast.saithai, None]


def test_the_day_changes_at_midnight_in_thailand(cast: Cast) -> None:
    user = make_person("nid", cast.saithai)
    last = date(2026, 11, 22)
    Post.objects.create(user=user, organization=cast.saithai, role=Role.OFFICER, from_date=last, to_date=last)
    before_midnight = NOW.replace(hour=16, minute=59)  # 23:59 in Thailand
    assert viewer_for(user, before_midnight).organization == cast.saithai
    assert viewer_for(user, before_midnight + timedelta(minutes=1)).organization is None


def test_an_ended_post_shows_nothing_on_the_next_request(cast: Cast) -> None:
    client = cast.client("anong")
    assert "อบต.อ่าวนาง" in client.get("/work/organizations/people/").content.decode()
    Post.objects.filter(user=cast.people["anong"]).update(revoked_at=NOW)
    assert client.get("/work/organizations/people/").status_code == 404


def test_a_post_in_a_closed_office_gives_nothing_from_the_closing_day(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.aonang.pk).update(closed_on=TODAY)
    user = cast.people["anong"]
    assert viewer_for(user, NOW).organization is None
    assert viewer_for(user, NOW - timedelta(days=1)).organization is not None
    assert names(viewer_for(user, NOW)) == set()


def test_a_closed_offices_records_stay_visible_above(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.aonang.pk).update(closed_on=TODAY)
    assert "อบต.อ่าวนาง" in names(cast.dao)


def test_roles_of_one_office_do_not_leak_into_another(cast: Cast) -> None:
    user = cast.people["anong"]
    Post.objects.create(
        user=user, organization=cast.saithai, role=Role.ADMINISTRATOR, from_date=date(2020, 1, 1)
    )
    here = viewer_for(user, NOW, organization_id=cast.aonang.pk)
    there = viewer_for(user, NOW, organization_id=cast.saithai.pk)
    assert (here.organization, here.roles) == (cast.aonang, frozenset({Role.OFFICER}))
    assert (there.organization, there.roles) == (cast.saithai, frozenset({Role.ADMINISTRATOR}))
    assert names(here) == {"อบต.อ่าวนาง"}
    assert set(here.offices) == {cast.aonang, cast.saithai}


def test_an_office_asked_for_without_a_post_there_is_not_given(cast: Cast) -> None:
    assert viewer_for(cast.people["anong"], NOW, organization_id=cast.krabi.pk).organization == cast.aonang


def test_viewing_as_shows_what_the_office_below_sees_and_no_more(cast: Cast) -> None:
    below = viewing_as(cast.dao, cast.aonang.pk)
    assert below.read_only
    assert below.viewing_from == cast.mueang
    assert names(below) == {"อบต.อ่าวนาง"}
    assert not below.has(Role.VIEWER)
    assert not below.can_write
    for person, office in ((cast.dao, cast.kokklang), (cast.dao, cast.mueang), (cast.anong, cast.mueang)):
        assert viewing_as(person, office.pk) is person


def test_viewing_as_needs_more_than_a_viewers_post(cast: Cast) -> None:
    looker = viewer(cast.people["dao"], cast.mueang, Role.VIEWER)
    assert viewing_as(looker, cast.aonang.pk) is looker


@pytest.mark.django_db
def test_the_filter_of_a_line_of_command_can_use_the_index_on_paths() -> None:
    """A prefix is asked for (LIKE 'path%'), not a search inside the text."""
    office = Organization(pk=7, level=Level.PROVINCE, path="/1/7/")
    looking = Viewer(organization=office, roles=frozenset({Role.OFFICER}))
    sql, values = Organization.objects.visible_to(looking).query.sql_with_params()
    assert "/1/7/%" in values
    assert "JOIN" not in sql
