"""Letters that documents cannot be set with are named when they are typed."""

import pytest
from django.core.exceptions import ValidationError

from jitasa.faces import drawn


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("ทำความสะอาดชายหาด ๓๐๐ กก. “ครบ” – 5 ฿", []),
        ("พื้นที่ 5 m² ≥ 3 → ½ ✓ 30 ℃ ±2 ™ ①", []),
        ("ปลูกป่า 🌳🌳 กับ 学校", ["🌳", "学", "校"]),
        ("ครอบครัว 👨‍👩‍👧", ["👨", "👩", "👧"]),
        ("ดี 👍🏽", ["👍"]),
        ("ក្រុង", ["ក", "រ", "ង"]),
    ],
)
def test_what_no_face_has_is_named_once_in_order(text: str, letters: list[str]) -> None:
    assert drawn.undrawn(text) == letters


def test_a_text_of_many_strange_letters_is_looked_at_for_a_bounded_time() -> None:
    assert len(drawn.undrawn("".join(map(chr, range(0x4E00, 0x9000))))) == drawn.MOST_LETTERS


def test_a_field_names_the_letters() -> None:
    drawn.drawn_only("ขยะ 240 กก.")
    with pytest.raises(ValidationError, match="🌳 学"):
        drawn.drawn_only("🌳学")
