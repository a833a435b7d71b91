"""ข้อความ of a memorandum: earlier letters and enclosures are named in the text, for it has no lines of its own for them.

ระเบียบงานสารบรรณ ข้อ 12: where an earlier letter must be referred to or something is enclosed, it is said in the text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jitasa.thai.digits import to_arabic

THEREFORE = "จึงเรียน"  # begins the paragraph that ends a letter
Part = Mapping[str, Any]


def with_what_it_names(
    body: Sequence[Part], references: Sequence[tuple[str, str]], enclosures: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The body with the letters it refers to (number, as cited) and what is enclosed; what it says itself is not said again."""
    said = _plain(" ".join(str(part["text"]) for part in body))
    cited = [words for number, words in references if not (_plain(number) and _plain(number) in said)]
    sent = [
        f"{each['name']} {each['amount']}".strip() for each in enclosures if _plain(each["name"]) not in said
    ]
    parts = [dict(part) for part in body]
    if cited:
        _refer(parts, f"ตาม{_listed(cited)}")
    if sent:
        last = len(parts) - 1
        at = last if parts and str(parts[last]["text"]).startswith(THEREFORE) else len(parts)
        parts.insert(at, {"kind": "paragraph", "text": f"พร้อมนี้ได้ส่ง{_listed(sent)} มาด้วยแล้ว"})
    return parts


def _refer(parts: list[dict[str, Any]], words: str) -> None:
    """In the reason (ตามที่ … นั้น) before its last word, else as a paragraph that begins the text."""
    text = str(parts[0]["text"]) if parts and parts[0]["kind"] == "paragraph" else ""
    reason, ends, rest = text.partition(" นั้น")
    if ends and text.startswith("ตามที่"):
        parts[0]["text"] = f"{reason} {words}{ends}{rest}"
    else:
        parts.insert(0, {"kind": "paragraph", "text": f"{words} นั้น"})


def _listed(items: Sequence[str]) -> str:
    """``a``; ``a และb``; ``a b และc``: Thai leaves no space after และ."""
    return " และ".join(part for part in (" ".join(items[:-1]), items[-1]) if part)


def _plain(text: str) -> str:
    return "".join(to_arabic(text).split()).removeprefix("ที่")
