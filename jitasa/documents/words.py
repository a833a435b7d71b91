"""Where a line of Thai may end: break points for everything that is set.

Thai has no spaces between words, and the typesetter's own rule breaks inside syllables. ``with_breaks``
puts a zero width space where a line may end (between words) and a no-break space where it may not
(between a number and its unit, a month and its year, before a dot between two parts, before the นั้น that ends a reason). The templates set what stands between two of them as one piece
(``templates_typst/base.typ``). ``for_word_processor`` says the same to programs that break by a dictionary of
their own: a word joiner stands wherever theirs might cut a piece. The words are those of ``pieces``.
"""

import re
from functools import lru_cache
from typing import Any

from jitasa.documents.pieces import JOINED, LONGEST, MAY_BREAK, in_parts, joined, pieces
from jitasa.thai.dates import MONTHS

STAYS = "\u00a0"
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_WITH_UNIT = re.compile(r"(?<![^ \n(])([0-9๐-๙][0-9๐-๙,.]*) (?=[\u0e01-\u0e2e\u0e40-\u0e44])")
_LETTER_NUMBER = re.compile(
    r"(?:ที่ {1,2})?(?<![\u0e01-\u0e4e])[\u0e01-\u0e2e]{2,3} [0-9๐-๙][0-9๐-๙.]*(?:/ว)?(?: [0-9๐-๙]+)?"
)
_TELEPHONE = re.compile(r"(?:โทร\.|โทรศัพท์|โทรสาร|โทร)(?: [0-9๐-๙]+)+")
_ENDS_A_REASON = re.compile(r" (?=นั้น(?![\u0e01-\u0e4e]))")
_NUMBERED = re.compile(
    r"(?<![\u0e01-\u0e4e])(?:พ\.ศ\.|ค\.ศ\.|ข้อ|หมู่ที่|หมู่|มาตรา|เลขที่|ฉบับที่|ครั้งที่|หน้า|ว|ร\.|ม\.) (?=[0-9๐-๙])"
    r"|(?<![\u0e01-\u0e4e])ณ (?=[\u0e01-\u0e44])|วันที่ [0-9๐-๙]+(?: (?=[\u0e01-\u0e44]))?"
)
# A year stands with its month; short months (พ.ย.) are those of narrow columns, where a line may end between them.
_WITH_YEAR = re.compile(rf"(?:{'|'.join(MONTHS)}) (?=[0-9๐-๙]{{4}}(?![0-9๐-๙]))")
# A person's first name with its title, and the surname: no dictionary knows them. A title that begins a post
# (นายกเทศมนตรี, นายอำเภอ) or a word of its own is none; what is longer is no name.
_PERSON = re.compile(
    r"(?<![\u0e01-\u0e4e])(?:นางสาว|นาง|นาย(?!กเทศ|กองค์|กรัฐ|กสมาคม|กสภา|กเมือง|ก\b|อำเภอ|ทะเบียน|ช่าง|แพทย์|จ้าง|หน้า|ทหาร|ตำรวจ))"
    r"[\u0e01-\u0e4e]{2,20}(?![\u0e01-\u0e4e])(?: [\u0e01-\u0e4e]{2,20}(?![\u0e01-\u0e4e]))?"
)
_PERSON_OR_THAI = re.compile(f"({_PERSON.pattern})|{_THAI.pattern}")
# Names of offices and posts that are one word in a line of a letter, longest first.
_IN_PARTS = tuple(
    (parts.replace("|", ""), parts.replace("|", MAY_BREAK))
    for parts in (
        "นายก|องค์การบริหาร|ส่วนจังหวัด", "นายก|องค์การบริหาร|ส่วนตำบล", "องค์การบริหาร|ส่วนจังหวัด", "องค์การบริหาร|ส่วนตำบล",
        "สำนักงาน|ส่งเสริม|การปกครอง|ท้องถิ่น", "กรมส่งเสริม|การปกครอง|ท้องถิ่น", "สำนักงาน|ท้องถิ่น|จังหวัด", "สำนักงาน|ท้องถิ่น|อำเภอ",
        "รัฐมนตรี|ว่าการ|กระทรวงมหาดไทย", "สำนักงาน|ปลัด|กระทรวงมหาดไทย", "ปลัด|กระทรวงมหาดไทย",
        "รองผู้ว่า|ราชการ|จังหวัด", "ผู้ว่าราชการ|จังหวัด", "เลขทะเบียน|รับ", "เลขทะเบียน|ส่ง",
    )
)  # fmt: skip


@lru_cache(maxsize=20_000)
def with_breaks(text: str) -> str:
    """The text with the places where its lines may end. Nothing else of it changes."""
    for together in (_LETTER_NUMBER, _TELEPHONE, _NUMBERED, _WITH_YEAR):
        text = together.sub(lambda found: found[0].replace(" ", STAYS), text)
    text = _WITH_UNIT.sub(rf"\1{STAYS}", text).replace(" · ", f"{STAYS}· ")
    text = _ENDS_A_REASON.sub(STAYS, text)
    return _PERSON_OR_THAI.sub(lambda found: found[1] or MAY_BREAK.join(pieces(found[0])), text)


def for_word_processor(text: str) -> str:
    """The same with a word joiner (U+2060) wherever a word processor's dictionary might cut a piece in two."""
    return _THAI.sub(lambda found: joined(found[0]), with_breaks(text))


def in_narrow_column(text: str, letters: int = LONGEST) -> str:
    """The text with places inside the names of offices, too, and inside any word of more than so many letters."""
    for whole, parts in _IN_PARTS:
        text = text.replace(whole, parts)
    return _THAI.sub(lambda found: MAY_BREAK.join(in_parts(found[0], letters)), text)


def without_breaks(text: str) -> str:
    """The text as it was before ``with_breaks`` or ``for_word_processor``."""
    return text.replace(MAY_BREAK, "").replace(JOINED, "").replace(STAYS, " ")


def whole_words(data: Any) -> Any:
    """The same data (JSON) with break points in every text; keys stay."""
    if isinstance(data, str):
        return with_breaks(data)
    if isinstance(data, dict):
        return {key: whole_words(value) for key, value in data.items()}
    return [whole_words(each) for each in data] if isinstance(data, list | tuple) else data
