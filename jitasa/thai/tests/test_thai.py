"""Dates, digits, spelling and order: examples and properties."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jitasa.thai import dates, digits, text

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
THAI = st.text(alphabet=st.sampled_from("กขคงอมนเแโใไาำะัิีึืุู่้๊๋์ํ็ ๑๒12ab.\u200b"), max_size=30)


@pytest.mark.parametrize(
    "written",
    [
        "22 พ.ย. 2569",
        "22 พย 2569",
        "22 พฤศจิกายน 2569",
        "วันที่ ๒๒ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙",
        "22/11/2569",
        "22/11/69",
        "22-11-2569",
        " 22.11.2569 ",
        "2569-11-22",
        "2026-11-22",
        "22พ.ย.69",
        "22/11/26",
        "22 พ.ย. 26",
        "22/พ.ย./2569",
        "2569/11/22",
        "22\u200b/11\u202c/2569",
    ],
)
def test_a_day_is_read_however_officers_write_it(written: str) -> None:
    assert dates.parse_date(written, near=TODAY) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "written", ["", "พรุ่งนี้", "31/2/2569", "22 พย", "0/0/0", "22 foo 2569", "1/1/9999", "2569-13-01"]
)
def test_what_is_no_day_is_refused_in_thai(written: str) -> None:
    with pytest.raises(ValueError, match=r"วันที่|ปี"):
        dates.parse_date(written, near=TODAY)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/1/69", date(2026, 1, 1)),
        ("1/1/26", date(2026, 1, 1)),
        ("1/1/70", date(2027, 1, 1)),
        ("1/1/27", date(2027, 1, 1)),
        ("31/12/68", date(2025, 12, 31)),
        ("31/12/25", date(2025, 12, 31)),
        ("1/1/00", date(2000, 1, 1)),
        ("1/1/43", date(2043, 1, 1)),
    ],
)
def test_two_digits_are_the_nearest_year_of_either_calendar(written: str, day: date) -> None:
    assert dates.parse_date(written, near=TODAY) == day


def test_two_digits_mean_another_year_in_another_time() -> None:
    assert dates.parse_date("22/11/26", near=date(1983, 5, 1)) == date(1983, 11, 22)
    assert dates.parse_date("22/11/69", near=date(2060, 5, 1)) == date(2069, 11, 22)


@given(DAYS)
def test_every_way_of_writing_a_day_comes_back(day: date) -> None:
    assert dates.parse_date(dates.long_date(day), near=TODAY) == day
    assert dates.parse_date(dates.short_date(day), near=TODAY) == day
    assert dates.parse_date(digits.to_thai(dates.short_date(day)), near=TODAY) == day
    assert dates.parse_date(f"{day.day}/{day.month}/{dates.be_year(day)}", near=TODAY) == day
    assert dates.parse_date(day.isoformat(), near=TODAY) == day


@given(DAYS, st.integers(-300, 300))
def test_months_round_trip(day: date, count: int) -> None:
    month = dates.month_of(day)
    assert dates.parse_month(dates.month_slug(month)) == month
    assert dates.add_months(dates.add_months(month, count), -count) == month
    assert dates.month_of(dates.last_day(month)) == month


@pytest.mark.parametrize("written", ["2569-13", "2026-10", "ตุลาคม", "2569/10", ""])
def test_what_is_no_month_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="2569-10"):
        dates.parse_month(written)


def test_the_day_is_bangkoks() -> None:
    assert dates.today(datetime(2026, 9, 30, 17, 0, tzinfo=UTC)) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2026, 9, 30), 2569, 4),
        (date(2026, 10, 1), 2570, 1),
        (date(2027, 1, 1), 2570, 2),
        (date(2027, 4, 1), 2570, 3),
    ],
)
def test_the_fiscal_year_begins_in_october(day: date, year: int, quarter: int) -> None:
    assert (dates.fiscal_year(day), dates.fiscal_quarter(day)) == (year, quarter)


@given(st.text())
def test_digits_come_back(value: str) -> None:
    assert digits.to_arabic(digits.to_thai(digits.to_arabic(value))) == digits.to_arabic(value)


@example("ำำ็")
@example("ำุำ็")
@example("ํา็")
@given(THAI)
def test_normalising_twice_is_normalising_once(value: str) -> None:
    once = text.normalise(value)
    assert text.normalise(once) == once
    assert text.search_key(once) == text.search_key(value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("เเหลมสัก", "แหลมสัก"),
        ("กระบี่  น้อย ", "กระบี่ น้อย"),
        ("ทํา", "ทำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),
        ("กระ\u200bบี่", "กระบี่"),
    ],
)
def test_what_looks_the_same_is_spelled_the_same(typed: str, kept: str) -> None:
    assert text.normalise(typed) == kept


def test_dictionary_order() -> None:
    words = [
        "แหลมสัก",
        "เขาพนม",
        "กระบี่",
        "ไสไทย",
        "เกาะกลาง",
        "ขุนทะเล",
        "คลองยาง",
        "หนองทะเล",
        "อ่าวนาง",
        "อ่าวลึก",
        "เหนือคลอง",
    ]
    assert sorted(words, key=text.sort_key) == [
        "กระบี่", "เกาะกลาง", "ขุนทะเล", "เขาพนม", "คลองยาง", "ไสไทย", "หนองทะเล", "เหนือคลอง", "แหลมสัก", "อ่าวนาง", "อ่าวลึก",
    ]  # fmt: skip


@given(THAI, THAI)
def test_order_depends_on_the_spelling_alone(one: str, other: str) -> None:
    assert (text.sort_key(one) == text.sort_key(other)) or text.normalise(one).lower() != text.normalise(
        other
    ).lower()
    assert text.sort_key(text.normalise(one)) == text.sort_key(one)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("ลอกท่อระบายน\u0e33\u0e49ทิ้งซอย", "ลอกท่อระบายน้ำทิ้งซอย"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("ตัด\u2060หญ้าริมทาง", "ตัดหญ้าริมทาง"),
        ("ทดสอบ \u202eกลับ\u202c ด้าน", "ทดสอบ กลับ ด้าน"),
        ("ด้วยจังหวัด\x0bจะจัดกิจกรรม", "ด้วยจังหวัด\nจะจัดกิจกรรม"),
        ("ก\u2028ข\x0cค\x85ง", "ก\nข\nค\nง"),
        ("ก\x00\x07\x1b\x7f\u200b\u200e\u2066\ufeff\u00ad\ufffeข", "กข"),
        ("ก\u200dข\u200d", "กข"),
        ("เเม่", "แม่"),
        ("ก\ufe0fข\ufe00 1\ufe0f 2", "กข 1 2"),
        ("ท\uf70aอระบายน\uf711\uf70bา ป\uf701\uf714น", "ท่อระบายน้ำ ปิ้น"),
        ("บรรทัด\r\n\tถัดไป  ", "บรรทัด\r\n\tถัดไป  "),
    ],
)
def test_clean_text(written: str, right: str) -> None:
    assert text.clean(written) == right
    assert text.clean(right) == right


@pytest.mark.parametrize(
    "emoji",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u2764\ufe0f\u200d\U0001f525",  # a heart on fire
        "\U0001f3c3\U0001f3fd\u200d\u2640\ufe0f",  # a woman running
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # a flag made of tags
        "\U0001f1f9\U0001f1ed",
    ],
)
def test_emoji_stay_whole(emoji: str) -> None:
    assert text.clean(f"ขอบคุณ {emoji} ครับ") == f"ขอบคุณ {emoji} ครับ"


@given(THAI | st.text(max_size=20))
@example("น\u0e33\u0e49")
@example("ก\u0e49\u0e34")
@example("ก\u0e34\u0e49\u0e48")
@example("เเ")
@example("ก\u0e4d\u0e32")
@example("ก\u0e34\u0e4d\u0e32")
@example("a\x7f\x0b")
def test_what_looks_usual_is_what_clean_would_leave(written: str) -> None:
    """The é makes it look closely; alone, a text is looked at once and mostly left."""
    assert f"é {text.clean(written)} é" == text.clean(f"é {written} é")
