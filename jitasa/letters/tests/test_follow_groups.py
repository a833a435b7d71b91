"""Following a letter to many offices: by what is waited for, the ones to chase first, the others folded."""

import re
from datetime import timedelta
from typing import Any

import pytest

from jitasa.letters.models import Dispatch, FollowCount
from jitasa.letters.selectors.follow import Branch
from jitasa.letters.selectors.follow_groups import GROUPED_FROM, SHOWN, grouped, stage_of
from jitasa.letters.services.receive import answer, register
from jitasa.letters.tests.test_way import way
from jitasa.letters.tests.test_way_pages import _many, at, page
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


def branch(*, lao: bool = False, asked: int = 0, answered: int = 0, opened: int = 3, **own: Any) -> Branch:
    """A branch of three offices; ``own`` are the steps that the letter made in the office itself."""
    office = Organization(level=Level.LAO if lao else Level.PROVINCE, short_name="x")
    count = FollowCount(delivered=3, opened=opened, asked=asked, answered=answered)
    steps = Dispatch(delivered_at=NOW, **dict.fromkeys(own, NOW))
    return Branch(office, count, steps, None, 0, NOW)


@pytest.mark.parametrize(
    ("row", "stage"),
    [
        (branch(opened=0), "unopened"),
        (branch(opened_at=1), "unregistered"),
        (branch(opened_at=1, registered_at=1), "held"),
        (branch(opened_at=1, registered_at=1, passed_on_at=1, opened=2), "below"),
        (branch(opened_at=1, registered_at=1, passed_on_at=1, asked=3, answered=2), "unanswered"),
        (branch(opened_at=1, registered_at=1, passed_on_at=1, asked=3, answered=3), "done"),
        (branch(lao=True, opened_at=1, registered_at=1, asked=1), "unanswered"),
        (branch(lao=True, opened_at=1, registered_at=1), "done"),
        (branch(lao=True, opened_at=1, answered_at=1, asked=1, answered=1), "done"),
    ],
)
def test_what_a_branch_is_waited_for(row: Branch, stage: str) -> None:
    assert stage_of(row) == stage


def test_those_to_chase_come_first_and_the_others_are_folded() -> None:
    late = [branch(opened=0) for _each in range(SHOWN + 3)]
    done = [branch(opened_at=1, registered_at=1, passed_on_at=1) for _each in range(9)]
    groups = grouped([*done, *late])
    assert [(each.name, each.count, each.is_open) for each in groups] == [
        ("unopened", SHOWN + 3, True),
        ("done", 9, False),
    ]
    assert len(groups[0].first) == SHOWN
    assert [*groups[0].first, *groups[0].rest] == late
    assert grouped(late[: GROUPED_FROM - 1]) == []


def test_every_office_stands_once_on_the_page_in_its_group(cast: Cast) -> None:
    letter = _many(cast, 30)
    here = way(letter, cast.aonang)
    register(actor=cast.anong, dispatch=here, now=NOW + timedelta(hours=1))
    answer(actor=cast.anong, dispatch=here, now=NOW + timedelta(hours=2))
    text = page(cast, "dao", at("follow", letter))
    groups = re.findall(r'<details class="follow-group"( open)?>(.*?)</summary>', text, re.DOTALL)
    assert [(bool(is_open), re.findall(r"(ยังไม่เปิด|ครบทุกขั้นแล้ว).*?>(\d+)</b>", words, re.DOTALL)) for is_open, words in groups] == [
        (True, [("ยังไม่เปิด", "29")]),
        (False, [("ครบทุกขั้นแล้ว", "1")]),
    ]  # fmt: skip
    assert f"อีก {29 - SHOWN} แห่ง" in text
    offices = re.findall(r'<th scope="row">([^<]+)', text)
    assert len(offices) == len(set(offices)) == 30
    assert offices[-1] == "อบต.อ่าวนาง"
