"""Days and the words of lists in the reader's language."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from jitasa.rounds.models import Kind
from jitasa.ui import days
from jitasa.ui.forms import ThaiDateInput
from jitasa.ui.numerals import numerals
from jitasa.ui.parsing import parse_date
from jitasa.ui.templatetags import thai

DAY = date(2026, 11, 25)
MOMENT = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("th", ["25 พ.ย. 2569", "25 พฤศจิกายน 2569", "25 พ.ย. 2569 เวลา 01:05 น.", "พฤศจิกายน 2569", "พ.ย. 69", "พุธ"]),
        ("en", ["25 Nov 2026", "25 November 2026", "25 Nov 2026, 01:05", "November 2026", "Nov 26", "Wednesday"]),
    ],
)  # fmt: skip
def test_days_as_the_reader_writes_them(language: str, expected: list[str]) -> None:
    with translation.override(language):
        told = [thai.thai_date(DAY), thai.thai_long_date(DAY), thai.thai_datetime(MOMENT)]
        assert [*told, thai.thai_month(DAY), thai.thai_month_short(DAY), days.weekday(DAY)] == expected
        assert thai.month_slug(DAY) == "2569-11"  # addresses are the same in every language


def test_hours_as_the_reader_writes_them() -> None:
    start, end = time(8, 30), time(10, 5)
    told = {}
    for language in ("th", "en"):
        with translation.override(language):
            told[language] = [
                days.time_of_day(MOMENT),
                thai.time_span(start, end),
                thai.time_span(start),
                thai.time_span(None, None),
            ]
    assert told == {
        "th": ["01:05 น.", "08:30–10:05 น.", "08:30 น.", ""],
        "en": ["01:05", "08:30–10:05", "08:30", ""],
    }


def test_the_number_of_a_letter_is_in_the_digits_the_reader_chose() -> None:
    printed, arabic = "กบ ๐๐๒๓.๒/ว ๑๒๓", "กบ 0023.2/ว 123"
    assert [thai.letter_number(printed), thai.letter_number(arabic)] == [arabic, arabic]
    with numerals(thai=True):
        assert [thai.letter_number(printed), thai.letter_number(arabic)] == [printed, printed]


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_date_box_reads_back_what_it_shows(language: str) -> None:
    with translation.override(language):
        shown = ThaiDateInput().format_value(DAY)
        assert parse_date(shown or "", near=DAY) == DAY


def test_a_list_says_its_english_word_where_it_has_one() -> None:
    both, thai_only = Kind(label="จิตอาสาพัฒนา", label_en="Development"), Kind(label="อื่น ๆ")
    assert thai.label(both) == "จิตอาสาพัฒนา"
    with translation.override("en"):
        assert (thai.label(both), thai.label(thai_only), thai.label(None)) == ("Development", "อื่น ๆ", "")
        assert str(both) == "จิตอาสาพัฒนา"  # what is kept stays Thai
