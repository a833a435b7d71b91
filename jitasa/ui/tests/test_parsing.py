"""Thai dates and numbers as people type them."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from jitasa.thai.dates import long_date, short_date
from jitasa.ui.forms import ThaiDateField, ThaiDateInput, ThaiDecimalField, ThaiIntegerField
from jitasa.ui.parsing import parse_date

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "22 พ.ย. 2569",
        "22พ.ย.2569",
        "22 พย 69",
        "22 พฤศจิกายน 2569",
        "22 พฤศจิกายน พ.ศ. 2569",
        "วันอาทิตย์ที่ 22 พฤศจิกายน 2569",
        "วันที่ ๒๒ พฤศจิกายน ๒๕๖๙",
        "๒๒/๑๑/๒๕๖๙",
        "22/11/2569",
        "22-11-2569",
        "22.11.69",
        "22/11/2026",
        " 2026-11-22 ",
        "2569-11-22",
        "22 Nov 2026",
        "22 November 2026",
        "22 / 11 / 2569",
        "22 – 11 – 69",
        "22\u221511\u22152569",
        "22 /11 /26",
    ],
)
def test_a_day_is_read_in_every_way_people_write_it(text: str) -> None:
    assert parse_date(text, near=DAY) == DAY


@pytest.mark.parametrize(
    "text", ["", "เมื่อวาน", "32 พ.ย. 2569", "29/2/2568", "22 พ.ย.", "22/13/2569", "22 xyz 2569"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_date(text, near=DAY)


@pytest.mark.parametrize("month", range(1, 13))
def test_what_we_write_we_read(month: int) -> None:
    day = date(2026, month, 9)
    assert parse_date(short_date(day), near=DAY) == parse_date(long_date(day), near=DAY) == day


def test_a_day_far_off_is_asked_back_and_taken_with_a_yes_to_that_very_day() -> None:
    far = Sample({"day": "22/11/2526"})
    assert str(far.errors["day"][0]).startswith("22 พฤศจิกายน 2526 ห่างจากวันนี้")
    assert 'name="day_sure" value="1983-11-22"' in str(far["day"])
    assert 'name="day_sure"' not in str(Sample({"day": "22/11/2569"})["day"])
    yes = Sample({"day": "22/11/2526", "day_sure": "1983-11-22"})
    assert yes.is_valid(), yes.errors
    assert yes.cleaned_data["day"] == date(1983, 11, 22)
    assert "checked" in str(yes["day"])
    assert not Sample({"day": "23/11/2526", "day_sure": "1983-11-22"}).is_valid()


class Sample(forms.Form):
    day = ThaiDateField(required=False)
    people = ThaiIntegerField(min_value=0, max_value=100_000, required=False)
    money = ThaiDecimalField(required=False, decimal_places=2)


def test_numbers_take_thai_digits_and_commas() -> None:
    form = Sample({"day": "๒๒ พ.ย. ๒๕๖๙", "people": "๑,๒๓๐", "money": " 1,250.50 "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"day": DAY, "people": 1230, "money": Decimal("1250.50")}


def test_empty_is_none() -> None:
    form = Sample({"day": "", "people": "", "money": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"day": None, "people": None, "money": None}


def test_errors_say_what_to_do() -> None:
    form = Sample({"day": "32 พ.ย. 2569", "people": "สามสิบ", "money": "ฟรี"})
    assert not form.is_valid()
    assert "เช่น 22 พ.ย. 2569" in form.errors["day"][0]
    assert form.errors["people"] == ["กรอกเป็นจำนวนเต็ม เช่น 12"]
    assert "1,250.50" in form.errors["money"][0]


def test_limits_hold() -> None:
    form = Sample({"people": "100,001"})
    assert not form.is_valid()
    assert "100000" in form.errors["people"][0]


def test_a_day_is_shown_in_the_buddhist_era_and_comes_back_unchanged() -> None:
    form = Sample(initial={"day": DAY})
    assert 'value="22 พ.ย. 2569"' in str(form["day"])
    assert not ThaiDateField().has_changed(DAY, "22/11/2569")
    assert ThaiDateField().has_changed(DAY, "23/11/2569")
    assert ThaiDateField().has_changed(DAY, "อะไรก็ไม่รู้")


def test_what_was_typed_wrong_is_shown_again_as_typed() -> None:
    form = Sample({"day": "32 พ.ย. 2569"})
    assert 'value="32 พ.ย. 2569"' in str(form["day"])
    assert ThaiDateInput().format_value(None) is None
