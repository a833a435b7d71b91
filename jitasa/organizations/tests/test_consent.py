"""An account cannot be taken hostage: posts across lines need consent, and the home office stays in charge."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from jitasa.accounts.models import PersonalNotice, User
from jitasa.accounts.services.access import record_sign_in
from jitasa.audit.models import Entry
from jitasa.audit.selectors.entries import EntryFilters, entries_of
from jitasa.organizations.choices import OfferAnswer, Role
from jitasa.organizations.models import Home, Organization, Post, PostOffer
from jitasa.organizations.selectors.standing import home_of
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.organizations.services.homes import move_home
from jitasa.organizations.services.merge import merge
from jitasa.organizations.services.offers import (
    accept_offer,
    decline_offer,
    expire_offers,
    withdraw_offer,
)
from jitasa.organizations.services.people import activate, deactivate, edit_person, reset_password
from jitasa.organizations.services.posts import add_post, end_post
from jitasa.organizations.services.resting import wake_post
from jitasa.organizations.viewer import SYSTEM, Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import today
from tests.cast import NOW, Cast, make_person, viewer
from tests.pages import words_of

TODAY = today(NOW)
PEOPLE = "/work/organizations/people/"
SECRET = {"email": "ek@example.go.th", "phone": "081-2345678"}


def offer(cast: Cast, person: str = "ek", role: str = Role.VIEWER) -> PostOffer:
    """Boonmee of the tambon offers somebody a post in her office."""
    made = add_post(
        actor=cast.boonmee, user=cast.people[person], organization=cast.aonang, role=role, now=NOW
    )
    assert isinstance(made, PostOffer)
    return made


def force_post(cast: Cast) -> Post:
    """What the attack left behind before consent was asked: a post of Ek in the tambon."""
    return Post.objects.create(
        user=cast.people["ek"], organization=cast.aonang, role=Role.VIEWER, from_date=date(2026, 1, 1)
    )


# --- the attack -----------------------------------------------------------------------------------


def test_a_tambon_cannot_force_a_post_on_the_provinces_officer(cast: Cast) -> None:
    made = offer(cast)
    assert not Post.objects.filter(user=cast.people["ek"], organization=cast.aonang).exists()
    assert viewer_for(cast.people["ek"], NOW).offices == (cast.krabi,)
    assert (made.answer, made.expires_at) == (OfferAnswer.WAITING, NOW + timedelta(days=14))
    told = PersonalNotice.objects.get(user=cast.people["ek"])
    assert (told.title, told.url) == ("อบต.อ่าวนาง เสนอตำแหน่งผู้ดูข้อมูลแก่ท่าน", PEOPLE + "mine/")


@pytest.mark.parametrize("how", ["offered", "forced", "accepted", "ended"])
def test_the_department_still_resets_edits_and_suspends_him(cast: Cast, how: str) -> None:
    if how in ("offered", "accepted"):
        made = offer(cast)
        if how == "accepted":
            accept_offer(actor=cast.ek, offer=made, now=NOW)
    else:
        post = force_post(cast)
        if how == "ended":
            end_post(actor=cast.boonmee, post=post, last_day=TODAY - timedelta(days=1), now=NOW)
    ek = cast.people["ek"]
    edit_person(actor=cast.fah, user=ek, full_name="เอก", email="ek@example.com", phone="", now=NOW)
    password = reset_password(actor=cast.fah, user=ek, now=NOW)
    deactivate(actor=cast.fah, user=ek, now=NOW)
    ek.refresh_from_db()
    assert (ek.full_name, ek.is_active) == ("เอก", False)
    assert ek.check_password(password)
    activate(actor=cast.fah, user=ek, now=NOW)


@pytest.mark.parametrize("how", ["offered", "forced", "accepted", "ended"])
def test_the_tambon_sees_no_contact_sign_in_or_address_of_his_on_any_screen(cast: Cast, how: str) -> None:
    User.objects.filter(username="ek").update(**SECRET)
    made = offer(cast) if how in ("offered", "accepted") else None
    if made is not None and how == "accepted":
        accept_offer(actor=cast.ek, offer=made, now=NOW)
    post = force_post(cast) if made is None else None
    if how == "ended" and post is not None:
        end_post(actor=cast.boonmee, post=post, last_day=TODAY - timedelta(days=1), now=NOW)
    record_sign_in(user=cast.people["ek"], address="198.51.100.7", now=NOW)
    client = cast.client("boonmee")
    pages = [
        PEOPLE,
        f"{PEOPLE}?show=ended",
        f"{PEOPLE}of/{cast.aonang.pk}/?show=ended",
        f"{PEOPLE}{cast.people['ek'].pk}/",
        "/work/audit/",
        "/work/audit/?person=Ek",
    ]
    seen = "".join(client.get(page).content.decode() for page in pages)
    for secret in (*SECRET.values(), "198.51.100.7"):
        assert secret not in seen
    assert (
        not entries_of(cast.boonmee, cast.aonang.pk, EntryFilters()).filter(verb="accounts.sign_in").exists()
    )
    for act in ("reset", "active"):
        answer = client.post(f"{PEOPLE}{cast.people['ek'].pk}/{act}/", {"active": "0"})
        assert answer.status_code in (403, 404), act


def test_on_the_screen_the_offer_waits_with_accept_and_decline(cast: Cast) -> None:
    given = cast.client("boonmee").post(
        f"{PEOPLE}of/{cast.aonang.pk}/link/", {"username": "ek", "role": "viewer"}
    )
    assert given.status_code == 302
    made = PostOffer.objects.get()
    waiting = words_of(cast.client("boonmee").get(PEOPLE))
    assert "รอคำตอบ" in waiting
    assert "ถอนข้อเสนอ" in waiting
    assert cast.people["ek"].full_name not in waiting, "no name either before he says yes"
    own = cast.client("ek").get(PEOPLE + "mine/").content.decode()
    assert "อบต.อ่าวนาง เสนอตำแหน่งผู้ดูข้อมูลแก่ท่าน" in own
    answer = f"{PEOPLE}offer/{made.pk}/answer/"
    assert cast.client("chai").post(answer, {"answer": "accept"}).status_code == 404
    assert cast.client("boonmee").post(answer, {"answer": "accept"}).status_code == 404
    assert cast.client("dao").post(answer, {"answer": "accept"}).status_code == 404
    assert not Post.objects.filter(organization=cast.aonang, user=cast.people["ek"]).exists()
    assert cast.client("ek").post(answer, {"answer": "accept"})["Location"] == PEOPLE + "mine/"
    assert Post.objects.filter(organization=cast.aonang, user=cast.people["ek"]).exists()
    assert cast.client("ek").post(answer, {"answer": "decline"}).status_code == 409


# --- consent --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ek", "fah"])
def test_the_person_or_the_home_line_accepts_and_nobody_else(cast: Cast, who: str) -> None:
    made = offer(cast)
    for stranger in (cast.boonmee, cast.dao, cast.chai, cast.anong, SYSTEM):
        for act in (accept_offer, decline_offer):
            with pytest.raises(Forbidden):
                act(actor=stranger, offer=made, now=NOW)
    post = accept_offer(actor=getattr(cast, who), offer=made, now=NOW)
    assert set(viewer_for(cast.people["ek"], NOW).offices) == {cast.krabi, cast.aonang}
    assert post.role == Role.VIEWER
    assert home_of(cast.people["ek"].pk) == cast.krabi


def test_declined_withdrawn_and_expired_offers_give_nothing_and_may_be_made_anew(cast: Cast) -> None:
    decline_offer(actor=cast.ek, offer=offer(cast), now=NOW)
    second = offer(cast)
    with pytest.raises(Refusal, match="รอคำตอบ"):
        offer(cast)
    with pytest.raises(Forbidden):
        withdraw_offer(actor=cast.chai, offer=second, now=NOW)
    withdraw_offer(actor=cast.boonmee, offer=second, now=NOW)
    third = offer(cast)
    later = NOW + timedelta(days=14)
    with pytest.raises(Conflict):
        accept_offer(actor=cast.ek, offer=third, now=later)
    assert expire_offers(now=later) == 1
    assert expire_offers(now=later) == 0
    answers = list(PostOffer.objects.order_by("id").values_list("answer", flat=True))
    assert answers == [OfferAnswer.DECLINED, OfferAnswer.WITHDRAWN, OfferAnswer.EXPIRED]
    assert not Post.objects.filter(user=cast.people["ek"], organization=cast.aonang).exists()
    assert Entry.objects.filter(verb="organizations.answer_offer").count() == 3


def test_an_offer_accepted_late_begins_on_the_day_of_the_answer(cast: Cast) -> None:
    made = add_post(
        actor=cast.boonmee,
        user=cast.people["ek"],
        organization=cast.aonang,
        role=Role.OFFICER,
        from_date=TODAY - timedelta(days=300),
        to_date=TODAY + timedelta(days=5),
        now=NOW,
    )
    assert isinstance(made, PostOffer)
    with pytest.raises(Refusal, match="ผ่านไปแล้ว"):
        accept_offer(actor=cast.ek, offer=made, now=NOW + timedelta(days=6))
    assert accept_offer(actor=cast.ek, offer=made, now=NOW).from_date == TODAY


@pytest.mark.parametrize(
    ("actor", "office", "person", "asked"),
    [
        ("boonmee", "aonang", "anong", False),  # her own office's people
        ("boonmee", "aonang", "chai", True),  # another tambon
        ("boonmee", "aonang", "dao", True),  # the office above
        ("dao", "mueang", "anong", False),  # from below in the line
        ("dao", "mueang", "chai", True),  # another district's
        ("ek", "krabi", "chai", False),
        ("ek", "krabi", "fah", True),
        ("fah", "department", "anong", False),
    ],
)
def test_who_is_asked(cast: Cast, actor: str, office: str, person: str, asked: bool) -> None:
    made = add_post(
        actor=getattr(cast, actor),
        user=cast.people[person],
        organization=getattr(cast, office),
        role=Role.VIEWER,
        now=NOW,
    )
    assert isinstance(made, PostOffer) == asked


def test_the_person_and_her_home_give_a_foreign_post_back(cast: Cast) -> None:
    district = viewer(make_person("lek", cast.lanta, Role.ADMINISTRATOR), cast.lanta, Role.ADMINISTRATOR)
    post = accept_offer(actor=cast.chai, offer=offer(cast, "chai"), now=NOW)
    with pytest.raises(Forbidden):  # the district manages administrators only
        end_post(actor=district, post=post, last_day=TODAY, now=NOW)
    page = cast.client("chai").get(PEOPLE + "mine/").content.decode()
    assert f"post/{post.pk}/end/" in page
    ended = cast.client("chai").post(f"{PEOPLE}post/{post.pk}/end/", {"at_once": "on"})
    assert ended["Location"] == PEOPLE + "mine/"
    post.refresh_from_db()
    assert post.ended_by(today(timezone.now()))
    home_post = Post.objects.get(user=cast.people["chai"], organization=cast.kokklang)
    with pytest.raises(Forbidden):  # her own office's posts are not hers to end
        end_post(actor=cast.chai, post=home_post, last_day=TODAY, now=NOW)


# --- managing gives no posts ----------------------------------------------------------------------


def test_a_reset_by_the_home_office_lets_foreign_posts_rest_until_their_office_wakes_them(cast: Cast) -> None:
    """Boonmee manages Anong, who also serves the province: that must not give her the province."""
    anong = cast.people["anong"]
    province = add_post(actor=cast.ek, user=anong, organization=cast.krabi, role=Role.OFFICER, now=NOW)
    assert isinstance(province, Post)
    reset_password(actor=cast.boonmee, user=anong, now=NOW)
    assert viewer_for(anong, NOW).offices == (cast.aonang,)
    province.refresh_from_db()
    assert province.rests_since == NOW
    assert PersonalNotice.objects.filter(user=cast.people["ek"], title__contains="พักไว้").exists()
    for actor in (cast.boonmee, cast.anong, cast.dao):
        with pytest.raises(Forbidden):
            wake_post(actor=actor, post=province, now=NOW)
    assert "ให้ทำหน้าที่ต่อ" in cast.client("ek").get(f"{PEOPLE}{anong.pk}/").content.decode()
    wake_post(actor=cast.ek, post=province, now=NOW)
    assert set(viewer_for(anong, NOW).offices) == {cast.aonang, cast.krabi}
    assert Entry.objects.get(verb="organizations.reset_password").data == {"resting": ["สถจ.กระบี่"]}


def test_a_reset_from_above_lets_nothing_rest_that_lies_in_its_line(cast: Cast) -> None:
    accept_offer(actor=cast.ek, offer=offer(cast), now=NOW)
    reset_password(actor=cast.fah, user=cast.people["ek"], now=NOW)
    assert len(viewer_for(cast.people["ek"], NOW).offices) == 2


# --- home -----------------------------------------------------------------------------------------


def test_the_home_moves_with_somebody_who_has_no_post_left_there(cast: Cast) -> None:
    chai = cast.people["chai"]
    end_post(actor=SYSTEM, post=chai.posts.get(), last_day=TODAY - timedelta(days=1), now=NOW)
    accept_offer(actor=cast.chai, offer=offer(cast, "chai", Role.OFFICER), now=NOW)
    assert home_of(chai.pk) == cast.aonang
    assert Home.objects.filter(user=chai).count() == 2
    reset_password(actor=cast.boonmee, user=chai, now=NOW)


def test_who_may_say_where_somebody_belongs(cast: Cast) -> None:
    chai = cast.people["chai"]
    accept_offer(actor=cast.chai, offer=offer(cast, "chai", Role.OFFICER), now=NOW)
    for actor in (cast.boonmee, cast.dao, cast.anong, cast.chai):
        with pytest.raises(Forbidden):
            move_home(actor=actor, user=chai, organization=cast.aonang, now=NOW)
    with pytest.raises(Refusal):
        move_home(actor=cast.ek, user=chai, organization=cast.saithai, now=NOW)
    home_post = chai.posts.get(organization=cast.kokklang)
    end_post(actor=SYSTEM, post=home_post, last_day=TODAY - timedelta(days=1), now=NOW)
    move_home(actor=cast.chai, user=chai, organization=cast.aonang, now=NOW)
    assert home_of(chai.pk) == cast.aonang
    move = Entry.objects.get(verb="organizations.move_home")
    assert (move.data["from_office"], move.data["to_office"]) == ("อบต.เกาะกลาง", "อบต.อ่าวนาง")


def test_a_merger_hands_its_people_over(cast: Cast) -> None:
    merge(actor=cast.fah, predecessors=[cast.kokklang], successor=cast.saithai, effective_on=TODAY, now=NOW)
    assert home_of(cast.people["chai"].pk) == cast.saithai


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([("krabi", 2020, None), ("aonang", 2026, None)], "krabi"),
        ([("krabi", 2020, 2025), ("aonang", 2024, None), ("krabi", 2026, None)], "krabi"),
        ([("krabi", 2020, 2021), ("aonang", 2024, None)], "aonang"),
        ([("krabi", 2020, 2021), ("aonang", 2022, 2023)], "krabi"),
    ],
)
def test_the_migration_names_the_first_office_among_those_still_served(
    cast: Cast, posts: list[tuple[str, int, int | None]], expected: str
) -> None:
    from importlib import import_module

    migration = import_module("jitasa.organizations.migrations.0003_homes_of_existing_people")
    user = User.objects.create(username="old")
    for office, first, last in posts:
        Post.objects.create(
            user=user,
            organization=getattr(cast, office),
            role=Role.OFFICER,
            from_date=date(first, 1, 1),
            to_date=date(last, 12, 31) if last else None,
        )
    from django.apps import apps

    migration.give_homes(apps, None)
    migration.give_homes(apps, None)  # again changes nothing
    assert Home.objects.get(user=user).organization == getattr(cast, expected)
    assert Home.objects.filter(user=cast.people["ek"]).count() == 1


# --- sign-ins in the audit ------------------------------------------------------------------------


def sign_ins_seen(reader: Viewer, office: Organization) -> list[str]:
    rows = entries_of(reader, office.pk, EntryFilters()).filter(verb="accounts.sign_in")
    return sorted(rows.values_list("address", flat=True))


def test_sign_ins_are_seen_by_the_home_line_within_the_posts_span_only(cast: Cast) -> None:
    chai = cast.people["chai"]
    post = chai.posts.get()
    Post.objects.filter(pk=post.pk).update(from_date=TODAY - timedelta(days=10), to_date=TODAY)
    for number, days in enumerate((-11, -10, 0, 1)):
        record_sign_in(user=chai, address=f"10.0.0.{number}", now=NOW + timedelta(days=days))
    boss = viewer(make_person("lek", cast.kokklang, Role.ADMINISTRATOR), cast.kokklang, Role.ADMINISTRATOR)
    seen = ["10.0.0.1", "10.0.0.2"]
    assert sign_ins_seen(boss, cast.kokklang) == seen
    assert sign_ins_seen(cast.ek, cast.kokklang) == seen
    assert sign_ins_seen(cast.boonmee, cast.aonang) == []


def test_a_district_does_not_read_the_sign_ins_of_a_town_that_only_lies_in_it(cast: Cast) -> None:
    somsri = make_person("somsri", cast.town, Role.OFFICER)
    record_sign_in(user=somsri, address="10.0.0.9", now=NOW)
    assert sign_ins_seen(cast.dao, cast.town) == []
    assert sign_ins_seen(cast.ek, cast.town) == ["10.0.0.9"]


def test_contacts_are_for_who_manages_the_account(cast: Cast) -> None:
    User.objects.filter(username="boonmee").update(email="boon@example.com", phone="075-1")
    expected = {"anong": False, "dao": True, "ek": False, "fah": False, "boonmee": True}
    for name, sees in expected.items():
        page = cast.client(name).get(f"{PEOPLE}of/{cast.aonang.pk}/").content.decode()
        assert ("boon@example.com" in page) == sees, name


def test_suspending_and_stopping_at_once_end_sessions(cast: Cast) -> None:
    acts: list[Callable[[], object]] = [
        lambda: (
            deactivate(actor=cast.boonmee, user=cast.people["anong"], now=NOW),
            activate(actor=cast.boonmee, user=cast.people["anong"], now=NOW),
        ),
        lambda: end_post(
            actor=cast.boonmee,
            post=cast.people["anong"].posts.get(),
            last_day=today(timezone.now()) - timedelta(days=1),
            now=timezone.now(),
        ),
    ]
    for act in acts:
        cast.people["anong"].refresh_from_db()
        client = cast.client("anong")
        assert client.get("/accounts/profile/").status_code == 200
        act()
        assert client.get("/accounts/profile/").status_code == 302, "also when reopened she signs in again"
