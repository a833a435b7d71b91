"""People who gave no name are shown by the post they held that day, never by the account's name."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from jitasa.accounts.models import User
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Post
from jitasa.organizations.selectors.naming import show_posts, show_to_choose
from tests.cast import NOW, Cast, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def nameless(cast: Cast) -> User:
    """Anong without a name, with the title of her post."""
    anong = cast.people["anong"]
    User.objects.filter(pk=anong.pk).update(full_name="")
    Post.objects.filter(user=anong).update(title="นักพัฒนาชุมชน")
    return User.objects.get(pk=anong.pk)


def test_the_post_of_that_day_stands_for_the_name(cast: Cast, nameless: User) -> None:
    moved = NOW + timedelta(days=10)
    Post.objects.filter(user=nameless).update(to_date=NOW.date())
    later = {"role": Role.OFFICER, "from_date": moved.date()}
    Post.objects.create(user=nameless, organization=cast.saithai, title="หัวหน้าสำนักปลัด", **later)
    then, now, never = (User.objects.get(pk=nameless.pk) for _ in range(3))
    show_posts([(then, NOW), (now, moved), (never, NOW - timedelta(days=365 * 60)), (None, NOW)])
    assert str(then) == f"นักพัฒนาชุมชน {cast.aonang}"
    assert str(now) == f"หัวหน้าสำนักปลัด {cast.saithai}"
    assert str(never) == "anong"
    show_posts([(then, NOW)], with_office=False)
    assert str(then) == "นักพัฒนาชุมชน"


def test_a_post_without_a_title_is_named_by_its_role(nameless: User) -> None:
    Post.objects.filter(user=nameless).update(title="")
    show_posts([(nameless, NOW)], with_office=False)
    assert str(nameless) == "เจ้าหน้าที่"


def test_names_need_no_query_and_stay(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    boonmee = cast.people["boonmee"]
    with django_assert_num_queries(0):
        show_posts([(boonmee, NOW), (None, NOW)])
    assert str(boonmee) == boonmee.full_name


def test_the_history_of_a_record_says_no_account(cast: Cast, nameless: User) -> None:
    make_lists()
    record = make_sent(cast.anong)
    page = cast.client("boonmee")
    for name in ("activities:detail", "activities:revisions"):
        shown = page.get(reverse(name, args=[record.uuid])).content.decode()
        assert "นักพัฒนาชุมชน" in shown, name
        assert ">anong" not in shown, name


def test_those_who_read_alike_are_told_apart_where_one_is_chosen(cast: Cast, nameless: User) -> None:
    other = make_person("nok", cast.aonang, Role.OFFICER, title="นักพัฒนาชุมชน")
    User.objects.filter(pk=other.pk).update(full_name="")
    alike = [nameless, User.objects.get(pk=other.pk), cast.people["boonmee"]]
    show_to_choose(alike, NOW, of=cast.aonang.pk)
    assert [str(each) for each in alike] == ["นักพัฒนาชุมชน (anong)", "นักพัฒนาชุมชน (nok)", "Boonmee"]
    alone = [User.objects.get(pk=nameless.pk)]
    show_to_choose(alone, NOW, of=cast.aonang.pk)
    assert str(alone[0]) == "นักพัฒนาชุมชน"


def test_the_post_of_the_office_acted_for_wins(cast: Cast, nameless: User) -> None:
    beside = {"role": Role.APPROVER, "from_date": NOW.date()}
    Post.objects.create(user=nameless, organization=cast.saithai, title="รักษาราชการแทนปลัด อบต.", **beside)
    for office, words in ((cast.aonang, "นักพัฒนาชุมชน"), (cast.saithai, "รักษาราชการแทนปลัด อบต.")):
        person = User.objects.get(pk=nameless.pk)
        show_posts([(person, NOW)], with_office=False, of=office.pk)
        assert str(person) == words
