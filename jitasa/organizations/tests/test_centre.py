"""The volunteer centre beside an office: whose post, what it is called, and what is not its affair (docs/adr/0113)."""

from datetime import date

import pytest

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Post
from jitasa.organizations.rules_centre import MINISTRY, centre_full_name, centre_name, keeps
from jitasa.organizations.rules_people import may_give, may_view_as, roles_to_give
from jitasa.organizations.services.posts import add_post
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Forbidden
from tests.cast import NOW, Cast, viewer


def test_a_centre_is_named_by_its_place(cast: Cast) -> None:
    assert centre_name(cast.krabi) == "ศอ.จอส.จังหวัดกระบี่"
    assert centre_full_name(cast.mueang) == "ศูนย์อำนวยการจิตอาสาพระราชทานอำเภอเมืองกระบี่"
    assert centre_name(cast.department) == MINISTRY


def test_the_post_is_given_above_local_governments_by_the_offices_administrator(cast: Cast) -> None:
    assert Role.CENTRE in roles_to_give(cast.ek, cast.krabi)
    assert Role.CENTRE in roles_to_give(cast.dao, cast.mueang)
    assert Role.CENTRE not in roles_to_give(cast.boonmee, cast.aonang)
    assert not may_give(cast.fah, cast.krabi, Role.CENTRE), "only administrators are given from above"
    assert not may_give(cast.hathai, cast.krabi, Role.CENTRE)


@pytest.mark.parametrize("actor", ["boonmee", "system"])
def test_a_local_government_has_no_centre(cast: Cast, actor: str) -> None:
    giver = SYSTEM if actor == "system" else cast.boonmee
    with pytest.raises(Forbidden):
        add_post(actor=giver, user=cast.people["anong"], organization=cast.aonang, role="centre", now=NOW)
    assert not Post.objects.filter(organization=cast.aonang, role=Role.CENTRE).exists()


def test_who_steers_only_and_who_is_a_clerk_besides(cast: Cast) -> None:
    both = viewer(cast.people["dao"], cast.mueang, Role.OFFICER, Role.CENTRE)
    assert [each.only_steers for each in (cast.hathai, both, cast.ek)] == [True, False, False]
    assert [each.can_write for each in (cast.hathai, both)] == [False, True]
    assert [keeps(each, by_centre=True) for each in (cast.hathai, both, cast.ek)] == [True, True, False]
    assert [keeps(each, by_centre=False) for each in (cast.hathai, both, cast.ek)] == [False, True, True]
    assert not may_view_as(cast.hathai, cast.mueang)


def test_the_post_is_for_a_time_like_any_other(cast: Cast) -> None:
    made = add_post(
        actor=cast.dao,
        user=cast.people["dao"],
        organization=cast.mueang,
        role=Role.CENTRE,
        to_date=date(2026, 12, 31),
        now=NOW,
    )
    assert isinstance(made, Post)
    assert (made.role, made.to_date) == ("centre", date(2026, 12, 31))
