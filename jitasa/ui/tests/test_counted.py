"""A number with what it counts, in the reader's language and digits."""

import pytest
from django.utils.translation import override

from jitasa.ui.numerals import numerals
from jitasa.ui.templatetags.counted import people, photos, records, times


@pytest.mark.parametrize(
    ("words", "one", "many", "thai"),
    [
        (people, "1 person", "1,063 people", "๑,๐๖๓ คน"),
        (photos, "1 photo", "1,063 photos", "๑,๐๖๓ ภาพ"),
        (records, "1 record", "1,063 records", "๑,๐๖๓ รายการ"),
        (times, "1 time", "1,063 times", "๑,๐๖๓ ครั้ง"),
    ],
)
def test_one_and_many(words: object, one: str, many: str, thai: str) -> None:
    assert callable(words)
    with override("en"):
        assert (words(1), words(1063), words(0)[:2], words(None)[:2]) == (one, many, "0 ", "0 ")
    with override("th"), numerals(thai=True):
        assert words(1063) == thai
