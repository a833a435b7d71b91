"""Where reading of days and likeness of texts begins and ends (``make mutants ONLY="jitasa.thai.*"``)."""

from datetime import date

import pytest

from jitasa.thai.dates import MONTHS, MONTHS_SHORT, month_name, month_name_short, parse_date, parse_month
from jitasa.thai.likeness import likeness

NEAR = date(2026, 11, 22)
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IN_FULL = (
    "January",
    "FEBRUARY",
    "march",
    "April",
    "MAY",
    "june",
    "July",
    "August",
    "September",
    "october",
    "November",
    "December",
)


@pytest.mark.parametrize("number", range(1, 13))
def test_english_months_are_read_short_and_in_full(number: int) -> None:
    for name in (ENGLISH[number - 1], ENGLISH[number - 1].upper(), IN_FULL[number - 1]):
        assert parse_date(f"3 {name} 2026", near=NEAR) == date(2026, number, 3)


@pytest.mark.parametrize("number", range(1, 13))
def test_months_have_their_names(number: int) -> None:
    month = date(2026, number, 1)
    assert month_name(month) == f"{MONTHS[number - 1]} 2569"
    assert month_name_short(month) == f"{MONTHS_SHORT[number - 1]} 69"
    assert month_name_short(date(2057, number, 1)) == f"{MONTHS_SHORT[number - 1]} 00"
    assert month_name_short(date(2065, number, 1)) == f"{MONTHS_SHORT[number - 1]} 08"


@pytest.mark.parametrize("written", ["3 Xxx 2026", "3 /-,พ.ย./-, x 2026"])
def test_no_month_is_no_day(written: str) -> None:
    with pytest.raises(ValueError, match="เขียนวันที่"):
        parse_date(written, near=NEAR)


def test_signs_around_the_month_are_passed_over() -> None:
    assert parse_date("22-พ.ย.-2569", near=NEAR) == parse_date("22/Nov,2026", near=NEAR) == NEAR


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/1/1900", date(1900, 1, 1)),
        ("31/12/2200", date(2200, 12, 31)),
        ("1/1/2443", date(1900, 1, 1)),
        ("31/12/2743", date(2200, 12, 31)),
    ],
)
def test_the_first_and_the_last_year_are_taken(written: str, day: date) -> None:
    assert parse_date(written, near=NEAR) == day


@pytest.mark.parametrize(
    "written", ["31/12/1899", "1/1/2201", "31/12/2442", "1/1/2744", "1/1/2399", "1/1/2400", "1/1/0100"]
)
def test_years_beyond_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="ไม่อยู่ในช่วง"):
        parse_date(written, near=NEAR)


def test_likeness_of_nothing_is_nothing() -> None:
    assert likeness("", "ปลูกป่า") == likeness("ปลูกป่า", "") == likeness(" ", " ") == 0.0


def test_likeness_does_not_ask_for_capitals_or_spaces() -> None:
    assert likeness("Big Cleaning Day", "bigcleaning DAY") == 1.0
    assert likeness("STRASSE", "straße") < 1.0, "small letters are compared, not capitals"


def test_likeness_of_long_texts_counts_frequent_letters() -> None:
    """Letters that are frequent in a text over 200 long are no junk: Thai has few of them."""
    assert likeness("ก" * 300, "ก" * 299 + "ข") > 0.99


def test_the_first_and_the_last_month_are_taken() -> None:
    assert (parse_month("2443-01"), parse_month("2743-12")) == (date(1900, 1, 1), date(2200, 12, 1))
    for beyond in ("2442-12", "2744-01"):
        with pytest.raises(ValueError, match="ไม่มีเดือน"):
            parse_month(beyond)


@pytest.mark.parametrize(
    "text", ["3 Octopus 2569", "3 Mayor 2026", "3 Decide 69", "3 Marching 2569", "3 ตุลา 2569"]
)
def test_a_month_is_a_whole_word(text: str) -> None:
    with pytest.raises(ValueError, match="เขียนวันที่เป็น"):
        parse_date(text, near=date(2026, 11, 22))


@pytest.mark.parametrize(
    "text", ["3 Oct 2026", "3 october 2569", "3 OCT. 26", "3-Oct-2026", "3 ต.ค. 2569", "3 ตค 69"]
)
def test_a_month_in_every_usual_word(text: str) -> None:
    assert parse_date(text, near=date(2026, 11, 22)) == date(2026, 10, 3)


def test_september_has_two_abbreviations() -> None:
    assert parse_date("3 Sept 2026", near=date(2026, 11, 22)) == parse_date(
        "3 Sep 2026", near=date(2026, 11, 22)
    )
