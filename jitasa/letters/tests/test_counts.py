"""Counts stay true when the tree changes, and ``jitasa check`` finds and mends those that are not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from jitasa.compilation.services.check import differences
from jitasa.compilation.services.repair import repair
from jitasa.letters.models import FollowCount, Letter
from jitasa.letters.selectors.follow import follow, line_to, node_of
from jitasa.letters.services.issue import recall
from jitasa.letters.services.pass_on import pass_on
from jitasa.letters.services.receive import open_letter, register
from jitasa.letters.tests.test_way import counted, down, way
from jitasa.organizations.models import Organization
from jitasa.organizations.services.move import move
from tests.cast import NOW, Cast

LATER = NOW + timedelta(hours=6)


def move_to_lanta(cast: Cast, office: Organization) -> None:
    """From อ.เมืองกระบี่ to อ.เกาะลันตา, from today."""
    move(
        actor=cast.fah,
        organization=office,
        lies_in=cast.lanta,
        code="06810309",
        effective_on=date(2026, 11, 22),
        now=NOW,
    )


def test_a_covering_letter_recalled_after_its_recipient_moved_leaves_no_phantom(cast: Cast) -> None:
    letter, _second, third = down(cast)
    before = {row.organization_id: row.delivered for row in FollowCount.objects.all()}
    move_to_lanta(cast, cast.aonang)
    recall(actor=cast.dao, letter=third, reason="ผิดฉบับ", now=LATER)
    after = {row.organization_id: row.delivered for row in FollowCount.objects.all()}
    for office in (cast.department, cast.krabi, cast.mueang):
        assert after[office.pk] == before[office.pk] - 2
    assert (after[cast.aonang.pk], after[cast.lanta.pk]) == (0, before[cast.lanta.pk])
    assert list(differences()) == []
    assert counted(letter, cast.mueang).delivered == 1


def test_what_a_moved_office_does_counts_where_its_letter_was_delivered(cast: Cast) -> None:
    letter, _second, third = down(cast)
    move_to_lanta(cast, cast.aonang)
    open_letter(actor=cast.anong, dispatch=way(third, cast.aonang), now=LATER)
    register(actor=cast.anong, dispatch=way(third, cast.aonang), now=LATER)
    assert (counted(letter, cast.mueang).opened, counted(letter, cast.lanta).opened) == (1, 0)
    assert list(differences()) == []


def test_following_shows_a_moved_office_in_the_branch_it_is_counted_in(cast: Cast) -> None:
    letter, _second, _third = down(cast)
    move_to_lanta(cast, cast.aonang)
    found = follow(letter, cast.mueang, LATER)
    assert {branch.office.code for branch in found.branches} == {"06810309", "06810107"}
    assert sum(branch.count.delivered for branch in found.branches) + 1 == found.total.count.delivered
    aonang = node_of(letter, str(cast.aonang.pk))
    assert aonang == cast.aonang
    assert line_to(letter, cast.aonang) == [cast.department, cast.krabi, cast.mueang, cast.aonang]


def test_opening_a_letter_called_back_meanwhile_counts_nothing(cast: Cast) -> None:
    """The dispatch was read before the covering letter was called back."""
    letter, _second, third = down(cast)
    stale = way(third, cast.aonang)
    recall(actor=cast.dao, letter=third, reason="ผิดฉบับ", now=LATER)
    open_letter(actor=cast.anong, dispatch=stale, now=LATER)
    assert counted(letter, cast.department).opened == 0
    assert list(differences()) == []


def test_passed_on_anew_after_a_move_it_counts_where_it_comes_now(cast: Cast) -> None:
    letter, second, third = down(cast)
    recall(actor=cast.dao, letter=third, reason="ผิดฉบับ", now=LATER)
    move_to_lanta(cast, cast.saithai)
    again = pass_on(actor=cast.dao, dispatch=way(second, cast.mueang), now=LATER)
    assert [row.recipient for row in again.dispatches.all()] == [cast.aonang]
    assert counted(letter, cast.mueang).delivered == 2
    assert list(differences()) == []


def phantom(letter: Letter, cast: Cast) -> None:
    FollowCount.objects.create(letter=letter, organization=cast.kokklang, delivered=1)


def wrong(letter: Letter, cast: Cast) -> None:
    FollowCount.objects.filter(letter=letter, organization=cast.krabi).update(opened=5, opened_seconds=9)


def missing(letter: Letter, cast: Cast) -> None:
    FollowCount.objects.filter(letter=letter, organization=cast.mueang).delete()


def unsent(letter: Letter, _cast: Cast) -> None:
    Letter.objects.filter(pk=letter.pk).update(sent_count=0)


@pytest.mark.parametrize("spoil", [phantom, wrong, missing, unsent])
def test_check_finds_and_mends_a_wrong_count(cast: Cast, spoil: Callable[[Letter, Cast], None]) -> None:
    letter, _second, _third = down(cast)
    spoil(letter, cast)
    found = list(differences())
    assert len(found) == 1
    with pytest.raises(SystemExit):
        call_command("check_records")
    assert repair(found, now=NOW) == 1
    assert list(differences()) == []
    assert FollowCount.objects.get(letter=letter, organization=cast.mueang).above == cast.krabi
