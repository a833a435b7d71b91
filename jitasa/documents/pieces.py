"""Words of Thai: PyThaiNLP's dictionary (newmm), ``words.txt``, names of provinces, districts and tambons.

newmm takes the fewest words, and of two cuts that give as many it takes the one with the shorter first word
(``รับ|รู้งาน``, ``ดำเนิน|การตาม``). Of two neighbours the cut is therefore moved to where both words are the more
usual ones, by their counts in the Thai National Corpus (``รับรู้|งาน``, ``ดำเนินการ|ตาม``).

PyThaiNLP is loaded with the first text that is cut: it is a tenth of the start of a web process (docs/adr/0165).
"""

import re
from collections.abc import Iterator
from functools import cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pythainlp.util import Trie

MAY_BREAK = "\u200b"
JOINED = "\u2060"
USUAL = 10  # times in the corpus; what is rarer counts as never seen
OWN_WORD = 3_000  # as often as a usual word of letters: what words.txt lists wins over a chance word
LONGEST = 40  # letters; no piece that stands in one line is longer
NAME_LEAST = 4  # letters of a place name that is taken as a word: shorter ones are parts of other words
WORD_LEAST = 3  # letters; shorter pieces are mostly splinters of a name the dictionary does not know
NO_WORD = 3  # a letter group that is no word counts as so many words
_REPEATS = "ๆฯ"
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
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


BEGIN = frozenset(["การ", "ความ", "ผู้", "ทุก"])  # they belong to what follows and stay with it


def pieces(run: str) -> Iterator[str]:
    """The words of a run of Thai letters; splinters of unknown names stay with what is beside them."""
    piece = ""
    for word in _words(run):
        if piece and piece not in BEGIN and _stands_alone(word) and _stands_alone(piece):
            yield from _not_too_long(piece)
            piece = ""
        piece += word
    yield from _not_too_long(piece)


def joined(run: str) -> str:
    """A piece with word joiners between its letter groups, so that another program's dictionary cuts nothing of it.

    A word of ICU's dictionary, which LibreOffice breaks by, stays as it is: there it is whole, and can be searched for.
    """
    return run if run in _of_icu() else JOINED.join(_letter_groups(run))


def _words(run: str) -> list[str]:
    """newmm's words, each cut between two of them moved to where both are the more usual."""
    from pythainlp.tokenize.newmm import segment

    words = list(segment(run, custom_dict=_dictionary()))
    for at in range(len(words) - 1):
        both = words[at] + words[at + 1]
        cuts = [(both[:n], both[n:]) for n in range(1, len(both))]
        known = [cut for cut in cuts if cut[0] in _dictionary() and cut[1] in _dictionary()]
        words[at], words[at + 1] = max([(words[at], words[at + 1]), *known], key=_usual)
    return words


def _letter_groups(run: str) -> list[str]:
    from pythainlp.tokenize.tcc import segment

    return list(segment(run))


def _usual(cut: tuple[str, str]) -> float:
    counts = _counts()
    return sum(log(counts.get(word, 0.1)) for word in cut)


def _stands_alone(piece: str) -> bool:
    if piece[0] in _REPEATS:
        return False
    return piece in SHORT or len(piece) >= WORD_LEAST + sum(piece.count(mark) for mark in "่้๊๋์")


def in_parts(run: str, most: int) -> Iterator[str]:
    """The pieces of a run; one of more than ``most`` letters in the fewest shorter words it is made of.

    ``most`` counts what stands on the line, not the marks above and below it.
    """
    for piece in pieces(run):
        if _on_line(piece) <= most:
            yield piece
        else:
            yield from _fewest_words(piece, most)


def _on_line(text: str) -> int:
    return len(_MARKS.sub("", text))


def _fewest_words(piece: str, most: int) -> list[str]:
    """Words of the dictionary where there are some, letter groups where not."""
    ends = [0]
    for group in _letter_groups(piece):
        ends.append(ends[-1] + len(group))
    best: dict[int, tuple[int, list[str]]] = {len(piece): (0, [])}
    for index in reversed(range(len(ends) - 1)):
        begin = ends[index]
        ways = []
        for end in ends[index + 1 :]:
            word = piece[begin:end]
            known = word in _dictionary() and len(word) >= WORD_LEAST and _on_line(word) <= most
            if known or end == ends[index + 1]:
                cost, rest = best[end]
                ways.append((cost + (1 if known else NO_WORD), [word, *rest]))
        best[begin] = min(ways)
    return best[0][1]


def _not_too_long(piece: str) -> Iterator[str]:
    """The piece itself, or, where no line could hold it, parts of it that end between letter groups."""
    if len(piece) <= LONGEST:
        yield piece
        return
    part = ""
    for group in _letter_groups(piece):
        if len(part) + len(group) > LONGEST:
            yield part
            part = ""
        part += group
    yield part


@cache
def _dictionary() -> "Trie":
    """Loaded with the first document of a process."""
    from pythainlp.corpus.common import thai_words
    from pythainlp.util import Trie

    return Trie({*thai_words(), *_own(), *_place_names()})


@cache
def _counts() -> dict[str, int]:
    """How often words stand in the corpus, for those that are usual; our own count as usual."""
    from pythainlp.corpus.tnc import unigram_word_freqs

    seen = {word: count for word, count in unigram_word_freqs().items() if count >= USUAL}
    return seen | {word: max(seen.get(word, 0), OWN_WORD) for word in _own()}


@cache
def _of_icu() -> frozenset[str]:
    from pythainlp.corpus.icu import thai_icu_words

    return thai_icu_words()


@cache
def _own() -> frozenset[str]:
    lines = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _place_names() -> Iterator[str]:
    import geothai

    for province in geothai.provinces():
        yield province.name_th
        for district in geothai.districts(province.code):
            yield district.name_th
            for tambon in geothai.subdistricts(district.code):
                if len(tambon.name_th) >= NAME_LEAST:
                    yield tambon.name_th
