"""The chapters of the manual: Markdown files in ``chapters/``, in the order of their numbers.

A chapter is ``NN-slug.md``; its first line is ``# title``, and the paragraph after it is what the
contents page says about it. A picture is written ``![words](name)`` and is the file
``static/manual/pictures/name.webp``; while that file has not been made nothing is shown. A link to
another chapter is written ``[words](slug)`` or ``[words](slug#anchor)``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOLDER = Path(__file__).parent / "chapters"
_FILE = re.compile(r"^(\d\d)-([a-z-]+)\.md$")
_BETWEEN = re.compile(r"[^\w\u0e00-\u0e7f]+")  # Thai vowels and tones are no \w
_OUTSIDE = re.compile(r"^(?:[a-z]+:|/|#)")

# Other names under which pages know a part of a chapter.
ALSO = {
    "start": "sign-in#หน้างานของฉัน",
    "activities": "record",
    "lists-and-rounds": "settings",
    "month": "monthly-return",
    "compilation": "compile",
}


@dataclass(frozen=True)
class Heading:
    """A second-level heading and the anchor to it."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Chapter:
    number: int
    slug: str
    title: str
    summary: str
    text: str

    @property
    def tokens(self) -> "list[Token]":
        return parser().parse(self.text)

    @property
    def headings(self) -> list[Heading]:
        """What stands in the chapter, for its table of contents."""
        tokens = self.tokens
        return [
            Heading(anchor(tokens[index + 1].content), tokens[index + 1].content)
            for index, token in enumerate(tokens)
            if token.type == "heading_open" and token.tag == "h2"
        ]


@cache
def chapters() -> Sequence[Chapter]:
    """All chapters in order. :raises ValueError: a file is misnamed or has no title."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.md")))


def chapter(slug: str) -> Chapter | None:
    return next((each for each in chapters() if each.slug == slug), None)


def beside(wanted: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """The chapters before and after."""
    listed = chapters()
    at = listed.index(wanted)
    return (listed[at - 1] if at else None), (listed[at + 1] if at + 1 < len(listed) else None)


@cache
def parser() -> "MarkdownIt":
    """CommonMark with tables; HTML in a chapter is shown as text, never passed through."""
    from markdown_it import MarkdownIt  # loaded with the first chapter: docs/adr/0165

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.parse("a")  # its rules are compiled at the first use: two threads at once would read half of them
    return made


def anchor(text: str) -> str:
    """The id of a heading: its own words, so that an address says where it leads."""
    return _BETWEEN.sub("-", text).strip("-").lower()


def pictures_in(text: str) -> list[str]:
    """The names of the pictures a chapter shows, in order."""
    return [str(token.attrs["src"]) for token in _inline(parser().parse(text)) if token.type == "image"]


def links_in(text: str) -> list[str]:
    """The links of a chapter to other chapters: ``slug`` or ``slug#anchor``."""
    found = (
        unquote(str(token.attrs["href"]))
        for token in _inline(parser().parse(text))
        if token.type == "link_open"
    )
    return [href for href in found if is_inside(href)]


def is_inside(href: str) -> bool:
    """Whether a link leads to a chapter of this book."""
    return _OUTSIDE.match(href) is None


def _inline(tokens: "Sequence[Token]") -> "list[Token]":
    return [child for token in tokens for child in token.children or ()]


def _read(path: Path) -> Chapter:
    match = _FILE.match(path.name)
    if match is None:
        raise ValueError(f"{path.name}: a chapter is named NN-slug.md")
    first, _newline, rest = path.read_text(encoding="utf-8").partition("\n")
    if not first.startswith("# "):
        raise ValueError(f"{path.name}: the first line must be '# title'")
    summary = next(iter(rest.strip().split("\n\n")), "")
    return Chapter(int(match[1]), match[2], first[2:].strip(), " ".join(summary.split()), rest.strip())
