"""Sending to offices, from given facts: whom the line leads to, and when the office above is told. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jitasa.distribution import rules
from jitasa.organizations.choices import Level, OrganizationType, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer

T = OrganizationType
DEPARTMENT = Organization(level=Level.DEPARTMENT, type=T.DEPARTMENT)
KRABI = Organization(level=Level.PROVINCE, type=T.PROVINCE, province_code="81")
MUEANG = Organization(level=Level.DISTRICT, type=T.DISTRICT, province_code="81", district_code="8101")
LANTA = Organization(level=Level.DISTRICT, type=T.DISTRICT, province_code="81", district_code="8103")
TRANG_DISTRICT = Organization(level=Level.DISTRICT, type=T.DISTRICT, province_code="92", district_code="9201")


def lao(type_: OrganizationType, district: str = "8101", closed: date | None = None) -> Organization:
    codes = {"province_code": district[:2], "district_code": district}
    return Organization(level=Level.LAO, type=type_, closed_on=closed, **codes)


@pytest.mark.parametrize(
    ("office", "candidate", "leads"),
    [
        (DEPARTMENT, KRABI, True),
        (DEPARTMENT, MUEANG, False),
        (KRABI, MUEANG, True),
        (KRABI, TRANG_DISTRICT, False),
        (KRABI, lao(T.PAO), True),
        (KRABI, lao(T.TOWN_MUNICIPALITY), True),
        (KRABI, lao(T.TOWN_MUNICIPALITY, "9201"), False),
        (KRABI, lao(T.SAO), False),
        (MUEANG, lao(T.SAO), True),
        (MUEANG, lao(T.TAMBON_MUNICIPALITY), True),
        (MUEANG, lao(T.SAO, "8103"), False),
        (MUEANG, lao(T.TOWN_MUNICIPALITY), False),
        (MUEANG, lao(T.SAO, closed=date(2026, 1, 1)), False),
        (lao(T.PAO), lao(T.SAO), False),
    ],
)
def test_the_line_of_letters(office: Organization, candidate: Organization, leads: bool) -> None:
    assert rules.passes_to(office, candidate) is leads


@pytest.mark.parametrize(
    ("roles", "may"),
    [({Role.ADMINISTRATOR}, True), ({Role.APPROVER}, True), ({Role.OFFICER, Role.VIEWER}, False)],
)
def test_who_keeps_groups(roles: set[Role], may: bool) -> None:
    assert rules.may_keep_groups(Viewer(organization=KRABI, roles=frozenset(roles))) is may
    assert rules.may_keep_groups(Viewer(roles=frozenset(roles))) is False


def test_places_as_letters_name_them() -> None:
    province = Organization(level=Level.PROVINCE, name="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดกระบี่")
    district = Organization(level=Level.DISTRICT, name="ที่ว่าการอำเภอเมืองกระบี่")
    town = Organization(level=Level.LAO, name="เทศบาลเมืองกระบี่")
    assert rules.province_words(province) == rules.place_words(province) == "จังหวัดกระบี่"
    assert rules.place_words(district) == "อำเภอเมืองกระบี่"
    assert rules.province_words(district) == "ที่ว่าการอำเภอเมืองกระบี่"
    assert rules.province_words(town) == rules.place_words(town) == "เทศบาลเมืองกระบี่"


DUE = date(2026, 11, 20)
TOO_LATE = datetime(2026, 11, 20, 17, tzinfo=UTC)  # midnight in Thailand
SENT = datetime(2026, 11, 10, 3, tzinfo=UTC)
FIRST = SENT + timedelta(days=3)


def test_too_late_begins_at_midnight_in_thailand() -> None:
    assert rules.overdue_from(DUE) == TOO_LATE


def test_the_first_look() -> None:
    assert rules.first_escalation(delivered_at=SENT, after_days=3) == FIRST
    assert rules.first_escalation(delivered_at=SENT, after_days=0) == SENT
    assert rules.first_escalation(delivered_at=SENT, after_days=None) is None


@pytest.mark.parametrize(
    ("opened", "answered", "due_on", "told_at", "next_"),
    [
        (False, False, None, None, FIRST),
        (True, False, None, None, None),
        (False, False, DUE, None, FIRST),
        (True, False, DUE, None, TOO_LATE),
        (True, True, DUE, None, None),
        (False, True, DUE, None, FIRST),
        (True, False, date(2026, 11, 1), None, FIRST),  # due before the first look
        (False, False, None, FIRST, None),
        (False, False, DUE, FIRST, TOO_LATE),
        (True, True, DUE, FIRST, None),
        (True, False, DUE, TOO_LATE, None),
        (True, False, DUE, TOO_LATE - timedelta(seconds=1), TOO_LATE),
    ],
)
def test_when_the_office_above_is_told(
    opened: bool, answered: bool, due_on: date | None, told_at: datetime | None, next_: datetime | None
) -> None:
    facts = {"opened": opened, "answered": answered, "due_on": due_on, "told_at": told_at}
    assert rules.next_escalation(first=FIRST, **facts) == next_  # type: ignore[arg-type]  # as named
