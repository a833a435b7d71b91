"""The one reader of numbers, days, ids and pages."""

from datetime import date
from uuid import UUID

import pytest
from django.test import RequestFactory

from jitasa.ui.reading import (
    BIGGEST_ID,
    are_digits,
    day_or_none,
    decimal_number,
    digits_or_empty,
    identifier,
    month_or_none,
    page_of,
    uuid_or_none,
    whole_number,
)

NO_NUMBER = ["", "²", "१", "-1", "+1", "1.0", "1e3", " ", "0x1", "1_0", "9" * 4400, str(2**63), "x"]


@pytest.mark.parametrize("text", NO_NUMBER)
def test_what_is_no_number_is_none(text: str) -> None:
    assert whole_number(text, most=BIGGEST_ID) is None
    assert identifier(text) is None


def test_numbers_in_both_scripts_and_within_bounds() -> None:
    assert whole_number("2569") == whole_number(" ๒๕๖๙ ") == 2569
    assert whole_number("007") == 7
    assert identifier(str(2**63 - 1)) == 2**63 - 1
    assert identifier("0") is None
    assert whole_number(str(2**31)) is None
    assert whole_number("5", least=6) is None
    assert whole_number(None) is None


def test_digits_keep_their_zeros_and_are_arabic() -> None:
    assert digits_or_empty(" 08 ") == "08"
    assert not are_digits("๐๘")
    assert not are_digits("²")
    assert digits_or_empty("1" * 13, most=12) == ""


def test_days_months_uuids_and_degrees() -> None:
    assert day_or_none("22 พ.ย. 2569", near=date(2026, 11, 26)) == date(2026, 11, 22)
    assert day_or_none("99/99/9999", near=date(2026, 11, 26)) is None
    assert day_or_none("1" * 5000, near=date(2026, 11, 26)) is None
    assert month_or_none("๒๕๖๙-๑๑") == date(2026, 11, 1)
    assert month_or_none("2569-13") is None
    assert uuid_or_none("{00000000-0000-0000-0000-000000000001}") == UUID(int=1)
    assert uuid_or_none("²" * 32) is None
    assert decimal_number("๘.๕") == 8.5
    for text in ("nan", "inf", "-1e999", "", "8,5"):
        assert decimal_number(text) is None


@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), ("๒", 2), ("", 1), ("²", 1), ("99", 3), ("9" * 4400, 3), ("-1", 1), ("0", 3)],
)
def test_page(asked: str, number: int) -> None:
    request = RequestFactory().get("/", {"page": asked})
    assert page_of(request, range(25), 10).number == number
