"""Decisions about pictures from given numbers. No database."""

import pytest

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos import rules
from jitasa.portal.rules import MOST_AREAS, area_of_cell, parse_areas

OFFICER = frozenset({Role.OFFICER})


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (Viewer(is_system=True), True),
        (Viewer(organization=Organization(pk=1), roles=OFFICER), True),
        (Viewer(roles=OFFICER), False),
        (
            Viewer(organization=Organization(pk=1), roles=frozenset({Role.APPROVER, Role.ADMINISTRATOR})),
            False,
        ),
    ],
)
def test_who_sends_pictures(who: Viewer, may: bool) -> None:
    assert rules.may_upload(who) is may


@pytest.mark.parametrize(
    ("ones", "spread", "says_enough"),
    [(6, 4.0, True), (58, 4.0, True), (5, 9.0, False), (59, 9.0, False), (32, 3.9, False)],
)
def test_a_flat_picture_is_told_from_no_other(ones: int, spread: float, says_enough: bool) -> None:
    assert rules.tells_apart((1 << ones) - 1, spread) is says_enough


def test_the_bands_of_a_hash() -> None:
    assert rules.bands(0x0123_4567_89AB_CDEF) == (0x0123, 0x4567, 0x89AB, 0xCDEF)
    assert rules.bands((1 << 64) - 1) == (0xFFFF,) * 4


def test_a_hash_in_a_column_of_the_database() -> None:
    assert rules.signed(1) == 1
    assert rules.signed((1 << 63) - 1) == (1 << 63) - 1
    assert rules.signed(1 << 63) == -(1 << 63)
    assert rules.signed((1 << 64) - 1) == -1


def test_the_bits_in_which_two_differ() -> None:
    assert rules.distance(0b1011, 0b0001) == 2
    assert rules.distance(-1, (1 << 64) - 1) == 0
    assert rules.distance(-1, 0) == 64


@pytest.mark.parametrize(
    ("area", "is_one"),
    [
        ((0, 0, 1, 1), True), ((0.5, 0.5, 0.5, 0.5), True), ((0.9, 0.9, 0.01, 0.01), True),
        ((-0.01, 0, 0.5, 0.5), False), ((0, -0.01, 0.5, 0.5), False), ((0.6, 0, 0.5, 0.5), False),
        ((0, 0.6, 0.5, 0.5), False), ((0, 0, 0.009, 0.5), False), ((0, 0, 0.5, 0.009), False),
        ((0.5, 0.2, 0.50009, 0.1), True), ((0.2, 0.5, 0.1, 0.5002), False), ((0.5, 0.2, 0.5002, 0.1), False),
    ],
)  # fmt: skip
def test_an_area_lies_inside_and_hides_something(area: rules.Area, is_one: bool) -> None:
    assert rules.is_area(area) is is_one


def test_the_nine_fields() -> None:
    third = 1 / 3
    assert area_of_cell(1) == (0, 0, third, third)
    assert area_of_cell(3) == (2 / 3, 0, third, third)
    assert area_of_cell(4) == (0, third, third, third)
    assert area_of_cell(8) == (third, 2 / 3, third, third)


def test_areas_as_a_form_sends_them() -> None:
    one = (0.1, 0.2, 0.3, 0.4)
    assert parse_areas("0.1,0.2,0.3,0.4;x;1,2,3;0.10001,0.20001,0.3,0.4;0,0,0,0;") == [one, one]
    assert parse_areas("") == []
    assert len(parse_areas("0.1,0.2,0.3,0.4;" * 99)) == MOST_AREAS * 3
