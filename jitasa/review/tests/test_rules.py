"""Who reviews, reads and comments: the rules by themselves, for everybody of the cast."""

from datetime import timedelta

import pytest

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, Step
from jitasa.activities.models.history import Act
from jitasa.organizations.choices import Role
from jitasa.review import rules
from tests.cast import NOW, Cast, viewer

pytestmark = pytest.mark.django_db
ABOVE = {"dao", "ek", "fah"}  # of อบต.อ่าวนาง
OWN = {"anong", "boonmee"}


def record(cast: Cast, status: str = Status.SUBMITTED, number: str = "81-2569-11-0001") -> Activity:
    return Activity(organization=cast.aonang, status=status, number=number)


def those(cast: Cast, may: object) -> set[str]:
    return {name for name in cast.people if may(getattr(cast, name))}  # type: ignore[operator]  # a rule


def test_offices_with_others_below_review_and_the_centre_does_not(cast: Cast) -> None:
    assert those(cast, rules.may_open_review) == ABOVE
    nobody, reader = viewer(cast.people["ek"], cast.krabi), viewer(cast.people["ek"], cast.krabi, Role.VIEWER)
    assert not rules.may_open_review(nobody)
    assert rules.may_open_review(reader)
    assert not rules.may_accept(reader, record(cast))


def test_who_accepts_and_returns(cast: Cast) -> None:
    waiting, draft = record(cast), record(cast, Status.DRAFT, "")
    accepted = record(cast, Status.ACCEPTED)
    assert those(cast, lambda each: rules.may_accept(each, waiting)) == ABOVE
    assert those(cast, lambda each: rules.may_return(each, waiting, None)) == ABOVE
    assert not those(cast, lambda each: rules.may_accept(each, accepted))
    assert not those(cast, lambda each: rules.may_return(each, draft, None))
    assert those(cast, lambda each: rules.may_return(each, accepted, cast.krabi)) == {"ek", "fah"}
    assert those(cast, lambda each: rules.may_return(each, accepted, cast.mueang)) == ABOVE


def test_who_reads_and_writes_comments(cast: Cast) -> None:
    sent, unsent = record(cast), record(cast, Status.DRAFT, "")
    withdrawn = record(cast, Status.WITHDRAWN)
    assert those(cast, lambda each: rules.may_read_comments(each, sent)) == OWN | ABOVE
    assert those(cast, lambda each: rules.may_comment(each, sent)) == OWN | ABOVE
    assert not those(cast, lambda each: rules.may_comment(each, unsent))
    assert not those(cast, lambda each: rules.may_comment(each, withdrawn))
    without_post = viewer(cast.people["anong"], cast.aonang)
    assert not rules.may_read_comments(without_post, sent)


def test_an_acceptance_is_undone_by_its_own_office_within_ten_minutes(cast: Cast) -> None:
    accepted = record(cast, Status.ACCEPTED)
    last = Step(act=Act.ACCEPTED, organization=cast.krabi, at=NOW)
    ten = timedelta(minutes=10)
    assert rules.may_undo(cast.ek, accepted, last, NOW + ten)
    assert not rules.may_undo(cast.ek, accepted, last, NOW + ten + timedelta(seconds=1))
    assert not rules.may_undo(cast.dao, accepted, last, NOW)
    assert not rules.may_undo(cast.ek, accepted, None, NOW)
    assert not rules.may_undo(cast.ek, record(cast), last, NOW)
    other = Step(act=Act.RETURNED, organization=cast.krabi, at=NOW)
    assert not rules.may_undo(cast.ek, accepted, other, NOW)
    reader = viewer(cast.people["ek"], cast.krabi, Role.VIEWER)
    assert not rules.may_undo(reader, accepted, last, NOW)
