"""Who may chase, compile and read compilations. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from jitasa.compilation import rules
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
ABOVE = (Level.DISTRICT, Level.PROVINCE, Level.DEPARTMENT)


def viewer(level: Level, *roles: Role, pk: int = 1) -> Viewer:
    return Viewer(organization=Organization(pk=pk, level=level), roles=frozenset(roles))


@pytest.mark.parametrize("level", ABOVE)
def test_the_levels_that_have_offices_below(level: Level) -> None:
    assert rules.may_see_boards(viewer(level, Role.VIEWER)) is True
    assert rules.may_see_boards(viewer(level)) is False
    assert rules.may_remind(viewer(level, Role.VIEWER)) is False
    for role in (Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR):
        assert rules.may_remind(viewer(level, role)) is True
        looking = Viewer(organization=Organization(level=level), roles=frozenset({role}), read_only=True)
        assert rules.may_remind(looking) is False
    office = Organization(pk=1, level=level)
    for role, may in ((Role.OFFICER, True), (Role.ADMINISTRATOR, True), (Role.APPROVER, False)):
        assert rules.may_compile(viewer(level, role), office) is may
        assert rules.may_compile(viewer(level, role, pk=2), office) is False
    assert rules.may_compile(Viewer(is_system=True), office) is True


def test_an_office_without_offices_below() -> None:
    lao = viewer(Level.LAO, *Role)
    assert rules.may_see_boards(lao) is rules.may_remind(lao) is False
    assert rules.may_compile(lao, Organization(pk=1, level=Level.LAO)) is False
    assert rules.may_compile(Viewer(is_system=True), Organization(pk=1, level=Level.LAO)) is False
    assert rules.may_see_boards(Viewer(is_system=True)) is rules.may_remind(Viewer(is_system=True)) is True


def test_nobody_is_reminded_twice_in_an_hour() -> None:
    hour = timedelta(hours=1)
    assert rules.reminded_lately(None, NOON) is False
    assert rules.reminded_lately(NOON - hour, NOON) is False
    assert rules.reminded_lately(NOON - hour + timedelta(seconds=1), NOON) is True
