"""Posts and accounts through their services: who may, what is refused, what is written."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jitasa.accounts.models import User
from jitasa.audit.models import Entry
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post, PostOffer
from jitasa.organizations.rules_people import may_give, may_manage_people
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.organizations.services.offers import accept_offer
from jitasa.organizations.services.people import (
    NewPerson,
    activate,
    create_person,
    deactivate,
    edit_person,
    reset_password,
)
from jitasa.organizations.services.posts import add_post, edit_post, end_post
from jitasa.organizations.viewer import SYSTEM, Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today
from tests.cast import NOW, Cast, make_person, viewer

TODAY = today(NOW)
A, O, V = Role.ADMINISTRATOR, Role.OFFICER, Role.VIEWER  # noqa: E741 (short names make the table readable)


@pytest.mark.parametrize(
    ("actor", "office", "roles"),
    [
        ("fah", "department", {*Role}),
        ("fah", "krabi", {A}),
        ("fah", "mueang", set()),
        ("fah", "aonang", set()),
        ("ek", "krabi", {*Role}),
        ("ek", "mueang", {A}),
        ("ek", "pao", {A}),
        ("ek", "town", {A}),
        ("ek", "aonang", set()),
        ("ek", "department", set()),
        ("dao", "aonang", {A}),
        ("dao", "pao", set()),
        ("dao", "kokklang", set()),
        ("boonmee", "aonang", {*Role} - {Role.CENTRE}),
        ("boonmee", "saithai", set()),
        ("boonmee", "mueang", set()),
        ("anong", "aonang", set()),
    ],
)
def test_who_may_give_which_posts_where(cast: Cast, actor: str, office: str, roles: set[Role]) -> None:
    organization = getattr(cast, office)
    given = {role for role in Role if may_give(getattr(cast, actor), organization, role)}
    assert given == roles
    assert may_manage_people(getattr(cast, actor), organization) == bool(roles)


def counts() -> tuple[int, int, int]:
    return User.objects.count(), Post.objects.count(), Entry.objects.count()


def new(
    actor: Viewer, office: Organization, role: str = O, username: str = "noi", **values: object
) -> NewPerson:
    return create_person(
        actor=actor,
        organization=office,
        username=username,
        role=role,
        now=NOW,
        **values,  # type: ignore[arg-type]
    )


def test_a_province_appoints_a_districts_administrator_who_appoints_the_rest(cast: Cast) -> None:
    made = new(cast.ek, cast.lanta, A, "Noi", title="ท้องถิ่นอำเภอ")
    assert made.user.username == "noi"
    assert made.user.check_password(made.password)
    assert made.user.must_change_password
    noi = viewer_for(made.user, NOW)
    clerk = new(noi, cast.lanta, O, "lek")
    assert viewer_for(clerk.user, NOW).roles == {O}
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["organizations.create_person", "organizations.add_post"] * 2
    assert made.password not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_forbidden_appointment_changes_nothing(cast: Cast) -> None:
    before = counts()
    for actor, office, role in (
        (cast.ek, cast.lanta, O),
        (cast.ek, cast.aonang, A),
        (cast.anong, cast.aonang, V),
        (viewer(cast.people["boonmee"], cast.aonang, A), cast.saithai, A),
    ):
        with pytest.raises(Forbidden):
            new(actor, office, role)
    assert counts() == before


def test_looking_at_an_office_gives_no_power_there(cast: Cast) -> None:
    looking = Viewer(user=cast.people["dao"], organization=cast.aonang, roles=frozenset({A}), read_only=True)
    before = counts()
    with pytest.raises(Forbidden):
        new(looking, cast.aonang)
    assert counts() == before


def test_a_former_username_cannot_be_taken_however_it_is_written(cast: Cast) -> None:
    made = new(cast.boonmee, cast.aonang)
    end_post(actor=cast.boonmee, post=made.post, last_day=TODAY - timedelta(days=1), now=NOW)
    before = counts()
    for spelling in ("noi", "NOI", " Noi ", "ｎｏｉ"):
        with pytest.raises(Refusal) as caught:
            new(cast.boonmee, cast.aonang, username=spelling)
        assert caught.value.code == "username_taken"
        assert "username" in caught.value.fields
    assert counts() == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": "มี เว้นวรรค"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "x" * 81}, "username"),
        ({"email": "ไม่ใช่"}, "email"),
        ({"full_name": "ก" * 151}, "full_name"),
        ({"from_date": TODAY, "to_date": TODAY - timedelta(days=1)}, "to_date"),
        ({"from_date": TODAY - timedelta(days=9), "to_date": TODAY - timedelta(days=1)}, "to_date"),
    ],
)
def test_bad_input_is_refused_at_its_field(cast: Cast, values: dict[str, object], field: str) -> None:
    before = counts()
    with pytest.raises(Refusal) as caught:
        new(cast.boonmee, cast.aonang, **values)  # type: ignore[arg-type]
    assert field in caught.value.fields
    assert counts() == before


def test_an_unknown_role_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal):
        add_post(
            actor=cast.boonmee, user=cast.people["anong"], organization=cast.aonang, role="king", now=NOW
        )


def test_a_person_may_serve_in_several_offices(cast: Cast) -> None:
    saithai_admin = viewer(make_person("sai", cast.saithai, A), cast.saithai, A)
    made = add_post(
        actor=saithai_admin,
        user=cast.people["anong"],
        organization=cast.saithai,
        role=O,
        title="ช่วยราชการ",
        now=NOW,
    )
    assert isinstance(made, PostOffer)
    accept_offer(actor=cast.anong, offer=made, now=NOW)
    anong = viewer_for(cast.people["anong"], NOW)
    assert set(anong.offices) == {cast.aonang, cast.saithai}


def test_the_same_post_twice_at_once_is_refused_but_may_follow_later(cast: Cast) -> None:
    with pytest.raises(Refusal):
        add_post(actor=cast.boonmee, user=cast.people["anong"], organization=cast.aonang, role=O, now=NOW)
    post = Post.objects.get(user=cast.people["anong"])
    end_post(actor=cast.boonmee, post=post, last_day=TODAY, now=NOW)
    again = add_post(
        actor=cast.boonmee,
        user=cast.people["anong"],
        organization=cast.aonang,
        role=O,
        from_date=TODAY + timedelta(days=1),
        now=NOW,
    )
    assert again.to_date is None


# --- ending -------------------------------------------------------------------------------------


def test_a_post_ended_today_works_until_midnight(cast: Cast) -> None:
    post = Post.objects.get(user=cast.people["anong"])
    end_post(actor=cast.boonmee, post=post, last_day=TODAY, now=NOW)
    assert viewer_for(cast.people["anong"], NOW).roles == {O}
    assert viewer_for(cast.people["anong"], NOW + timedelta(days=1)).roles == frozenset()


def test_a_post_stopped_at_once_gives_nothing_from_now_on(cast: Cast) -> None:
    made = new(cast.boonmee, cast.aonang)  # begins today
    ended = end_post(actor=cast.boonmee, post=made.post, last_day=TODAY - timedelta(days=1), now=NOW)
    assert (ended.to_date, ended.revoked_at) == (TODAY, NOW)
    assert viewer_for(made.user, NOW).organization is None
    old = Post.objects.get(user=cast.people["anong"])
    ended = end_post(actor=cast.boonmee, post=old, last_day=TODAY - timedelta(days=1), now=NOW)
    assert (ended.to_date, ended.revoked_at) == (TODAY - timedelta(days=1), None)
    assert viewer_for(cast.people["anong"], NOW).organization is None


def test_a_post_that_has_not_begun_can_be_withdrawn(cast: Cast) -> None:
    later = TODAY + timedelta(days=30)
    made = new(cast.boonmee, cast.aonang, from_date=later)
    with pytest.raises(Refusal):
        end_post(actor=cast.boonmee, post=made.post, last_day=TODAY, now=NOW)
    end_post(actor=cast.boonmee, post=made.post, last_day=TODAY - timedelta(days=1), now=NOW)
    assert viewer_for(made.user, NOW + timedelta(days=30)).organization is None


def test_ending_twice_or_by_a_stranger_is_refused(cast: Cast) -> None:
    post = Post.objects.get(user=cast.people["anong"])
    for actor in (cast.chai, cast.anong, cast.dao, cast.ek):
        with pytest.raises(Forbidden):
            end_post(actor=actor, post=post, last_day=TODAY, now=NOW)
    post.refresh_from_db()
    assert post.to_date is None
    end_post(actor=cast.boonmee, post=post, last_day=TODAY - timedelta(days=1), now=NOW)
    with pytest.raises(Refusal):
        end_post(actor=cast.boonmee, post=post, last_day=TODAY, now=NOW)


def test_the_last_administrator_is_ended_from_above_only(cast: Cast) -> None:
    post = Post.objects.get(user=cast.people["boonmee"], role=A)
    with pytest.raises(Refusal, match="ผู้ดูแลคนสุดท้าย"):
        end_post(actor=cast.boonmee, post=post, last_day=TODAY, now=NOW)
    add_post(actor=cast.boonmee, user=cast.people["anong"], organization=cast.aonang, role=A, now=NOW)
    end_post(actor=cast.boonmee, post=post, last_day=TODAY, now=NOW)
    other = Post.objects.get(user=cast.people["anong"], role=A)
    end_post(actor=cast.dao, post=other, last_day=TODAY, now=NOW)
    assert Post.objects.get(pk=other.pk).to_date == TODAY


def test_a_title_is_corrected_with_an_entry(cast: Cast) -> None:
    post = Post.objects.get(user=cast.people["anong"])
    edit_post(actor=cast.boonmee, post=post, title="นักพัฒนาชุมชนชำนาญการ", now=NOW)
    entry = Entry.objects.get(verb="organizations.edit_post")
    assert (entry.data["from"], entry.data["to"]) == ("นักพัฒนาชุมชน", "นักพัฒนาชุมชนชำนาญการ")
    edit_post(actor=cast.boonmee, post=post, title="นักพัฒนาชุมชนชำนาญการ", now=NOW)
    assert Entry.objects.count() == 1
    with pytest.raises(Forbidden):
        edit_post(actor=cast.chai, post=post, title="x", now=NOW)


# --- accounts -----------------------------------------------------------------------------------


def test_an_administrator_helps_colleagues_and_the_level_above_helps_administrators(cast: Cast) -> None:
    password = reset_password(actor=cast.boonmee, user=cast.people["anong"], now=NOW)
    anong = User.objects.get(username="anong")
    assert anong.check_password(password)
    assert anong.must_change_password
    reset_password(actor=cast.dao, user=cast.people["boonmee"], now=NOW)
    assert Entry.objects.filter(verb="organizations.reset_password").count() == 2


def test_nobody_takes_over_an_account_that_opens_more_than_their_own_office(cast: Cast) -> None:
    """The province's officer takes a post in Boonmee's office: that must not give her the province."""
    made = add_post(actor=cast.boonmee, user=cast.people["ek"], organization=cast.aonang, role=V, now=NOW)
    assert isinstance(made, PostOffer)
    accept_offer(actor=cast.ek, offer=made, now=NOW)
    before = User.objects.get(username="ek").password
    acts: list[Callable[[], object]] = [
        lambda: reset_password(actor=cast.boonmee, user=cast.people["ek"], now=NOW),
        lambda: deactivate(actor=cast.boonmee, user=cast.people["ek"], now=NOW),
        lambda: edit_person(
            actor=cast.boonmee, user=cast.people["ek"], full_name="", email="x@example.com", phone="", now=NOW
        ),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    ek = User.objects.get(username="ek")
    assert (ek.password, ek.is_active, ek.email) == (before, True, "")


@pytest.mark.parametrize(
    ("actor", "person"),
    [
        ("anong", "boonmee"),  # no administrator
        ("chai", "anong"),  # a stranger
        ("ek", "anong"),  # two levels above
        ("dao", "anong"),  # an officer below, not an administrator
        ("boonmee", "dao"),  # upwards
    ],
)
def test_who_may_not_reset_whose_password(cast: Cast, actor: str, person: str) -> None:
    before = User.objects.get(username=person).password
    with pytest.raises(Forbidden):
        reset_password(actor=getattr(cast, actor), user=cast.people[person], now=NOW)
    assert User.objects.get(username=person).password == before
    assert not Entry.objects.exists()


def test_suspending_works_at_once_and_can_be_undone(cast: Cast) -> None:
    client = cast.client("anong")
    deactivate(actor=cast.boonmee, user=cast.people["anong"], now=NOW)
    assert client.get("/work/organizations/people/").status_code == 302
    activate(actor=cast.boonmee, user=cast.people["anong"], now=NOW)
    assert client.get("/work/organizations/people/").status_code == 302, "the old session stays closed"
    cast.people["anong"].refresh_from_db()
    assert cast.client("anong").get("/work/organizations/people/").status_code == 200
    with pytest.raises(Refusal):
        deactivate(actor=cast.boonmee, user=cast.people["boonmee"], now=NOW)


def test_a_persons_contact_is_corrected(cast: Cast) -> None:
    edit_person(
        actor=cast.boonmee,
        user=cast.people["anong"],
        full_name="อนงค์ ใจดี",
        email="a@example.com",
        phone="",
        now=NOW,
    )
    assert User.objects.get(username="anong").full_name == "อนงค์ ใจดี"
    assert Entry.objects.get().data == {"changed": ["full_name", "email"]}


def test_the_operator_may_do_all_of_it(cast: Cast) -> None:
    made = new(SYSTEM, cast.kokklang, A)
    reset_password(actor=SYSTEM, user=made.user, now=NOW)
    deactivate(actor=SYSTEM, user=made.user, now=NOW)
    assert not User.objects.get(pk=made.user.pk).is_active
