"""What a person typed, turned into words to look for, or into what to do instead.

Words are found inside Thai text, which has no spaces (``Activity.search_text``). A word of fewer than
three letters cannot use the index of PostgreSQL, so at least one longer word is asked for.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jitasa.thai.search import words as words_of

LONGEST = 200  # characters of a search
MOST_WORDS = 8
SHORTEST_WORD = 3
_LETTER = re.compile(r"[0-9A-Za-zก-ฮ]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Search:
    """``words`` to find, all of them; or ``problem``: a sentence that says what to do."""

    text: str = ""
    words: tuple[str, ...] = ()
    problem: str = ""


def read(typed: str) -> Search:
    """Reads any text; never fails, never looks for more than can be found quickly."""
    if len(typed) > LONGEST:
        shown = _CONTROL.sub(" ", typed[:60]).strip()
        return Search(shown, problem=_("คำค้นยาวเกินไป พิมพ์ชื่อกิจกรรม ตำบล หรือหน่วยงาน ไม่เกิน 200 ตัวอักษร"))
    text = _CONTROL.sub(" ", typed).strip()
    if not text:
        return Search()
    words = tuple(word for word in words_of(text) if _LETTER.search(word))
    if not words:
        return Search(text, problem=_("ยังไม่มีคำให้ค้น พิมพ์ตัวอักษรหรือตัวเลข เช่น ชื่อกิจกรรม ตำบล หรือวัด"))
    if len(words) > MOST_WORDS:
        return Search(text, problem=_("คำค้นหลายคำเกินไป เหลือเฉพาะคำสำคัญ ไม่เกิน 8 คำ"))
    if max(map(len, words)) < SHORTEST_WORD:
        return Search(text, problem=_("คำค้นสั้นเกินไป พิมพ์คำที่ยาวอย่างน้อย 3 ตัวอักษร"))
    return Search(text, words)
