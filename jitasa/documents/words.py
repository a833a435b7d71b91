"""Where a line of Thai may end: break points for everything that is set.

Thai has no spaces between words, and the typesetter's own rule breaks inside syllables. ``with_breaks``
puts a zero width space where a line may end (between words) and a no-break space where it may not
(between a number and its unit). The templates set what stands between two of them as one piece
(``templates_typst/base.typ``). Words come from PyThaiNLP's dictionary (newmm), from ``words.txt`` and
from the names of provinces, districts and tambons.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import geothai
from pythainlp.corpus.common import thai_words
from pythainlp.tokenize.newmm import segment
from pythainlp.tokenize.tcc import segment as letter_groups
from pythainlp.util import Trie

MAY_BREAK = "\u200b"
STAYS = "\u00a0"
LONGEST = 40  # letters; no piece that stands in one line is longer
NAME_LEAST = 4  # letters of a place name that is taken as a word: shorter ones are parts of other words
WORD_LEAST = 3  # letters; shorter pieces are mostly splinters of a name the dictionary does not know
# Short words that stand alone.
SHORT = frozenset(
    [
        "ที่",
        "ใน",
        "ณ",
        "ก็",
        "จะ",
        "ไป",
        "มา",
        "ได้",
        "ให้",
        "แก่",
        "กับ",
        "ของ",
        "และ",
        "หรือ",
        "ถึง",
        "จาก",
        "ตาม",
        "โดย",
        "เพื่อ",
        "ว่า",
        "ไม่",
        "เป็น",
        "อยู่",
        "คน",
        "ครั้ง",
        "วัน",
        "ปี",
        "น้ำ",
        "ป่า",
    ]
)
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_REPEATS = "ๆฯ"
_WITH_UNIT = re.compile(r"(?<![^ \n(])([0-9๐-๙][0-9๐-๙,.]*) (?=[\u0e01-\u0e2e\u0e40-\u0e44])")
_LETTER_NUMBER = re.compile(
    r"(?:ที่ {1,2})?(?<![\u0e01-\u0e4e])[\u0e01-\u0e2e]{2,3} [0-9๐-๙][0-9๐-๙.]*(?:/ว)?(?: [0-9๐-๙]+)?"
)
_TELEPHONE = re.compile(r"(?:โทร\.|โทรศัพท์|โทรสาร|โทร)(?: [0-9๐-๙]+)+")
_NUMBERED = re.compile(
    r"(?<![\u0e01-\u0e4e])(?:พ\.ศ\.|ค\.ศ\.|ข้อ|หมู่ที่|หมู่|มาตรา|เลขที่|ฉบับที่|ครั้งที่|หน้า|ว|ร\.|ม\.) (?=[0-9๐-๙])"
    r"|(?<![\u0e01-\u0e4e])ณ (?=[\u0e01-\u0e44])"
)


@lru_cache(maxsize=20_000)
def with_breaks(text: str) -> str:
    """The text with the places where its lines may end. Nothing else of it changes."""
    for together in (_LETTER_NUMBER, _TELEPHONE, _NUMBERED):
        text = together.sub(lambda found: found[0].replace(" ", STAYS), text)
    text = _WITH_UNIT.sub(rf"\1{STAYS}", text)
    return _THAI.sub(lambda found: MAY_BREAK.join(_pieces(found[0])), text)


def without_breaks(text: str) -> str:
    """The text as it was before ``with_breaks``."""
    return text.replace(MAY_BREAK, "").replace(STAYS, " ")


def whole_words(data: Any) -> Any:
    """The same data (JSON) with break points in every text; keys stay."""
    if isinstance(data, str):
        return with_breaks(data)
    if isinstance(data, dict):
        return {key: whole_words(value) for key, value in data.items()}
    return [whole_words(each) for each in data] if isinstance(data, list | tuple) else data


def _pieces(run: str) -> Iterator[str]:
    """The words of a run of Thai letters; splinters of unknown names stay with what is beside them."""
    piece = ""
    for word in segment(run, custom_dict=_dictionary()):
        if piece and _stands_alone(word) and _stands_alone(piece):
            yield from _not_too_long(piece)
            piece = ""
        piece += word
    yield from _not_too_long(piece)


def _stands_alone(piece: str) -> bool:
    if piece[0] in _REPEATS:
        return False
    return piece in SHORT or len(piece) >= WORD_LEAST + sum(piece.count(mark) for mark in "่้๊๋์")


def _not_too_long(piece: str) -> Iterator[str]:
    """The piece itself, or, where no line could hold it, parts of it that end between letter groups."""
    if len(piece) <= LONGEST:
        yield piece
        return
    part = ""
    for group in letter_groups(piece):
        if len(part) + len(group) > LONGEST:
            yield part
            part = ""
        part += group
    yield part


@cache
def _dictionary() -> Trie:
    """Loaded with the first document of a process."""
    lines = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if line and not line.startswith("#")]
    return Trie({*thai_words(), *own, *_place_names()})


def _place_names() -> Iterator[str]:
    for province in geothai.provinces():
        yield province.name_th
        for district in geothai.districts(province.code):
            yield district.name_th
            for tambon in geothai.subdistricts(district.code):
                if len(tambon.name_th) >= NAME_LEAST:
                    yield tambon.name_th
