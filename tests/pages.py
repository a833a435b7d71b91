"""What a page says: its words, apart from the tokens, addresses and numbers of rows in its markup.

Every page holds random letters (CSRF tokens, nonces, UUIDs, hashes in file names) and numbers that grow
(keys in addresses). A name of two letters or a number of three digits is found there by chance, one run in
some hundreds. So a short string is looked for in ``words_of(response)``, or with the markup around it
(``'value="34"'``, ``>34<``), never in the whole page: :func:`guard_pages` refuses that in every test.
"""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

# What a token, a nonce or a number of a row can hold by chance: at six characters once in 57,000 million places.
BY_CHANCE = re.compile(r"[A-Za-z0-9_-]{1,5}")
SAID = {"alt", "aria-label", "content", "label", "placeholder", "title"}  # attributes a person is told
SILENT = {"script", "style", "template"}
ADDRESSES = re.compile(r"https?://\S+")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        told = [value for name, value in attrs if value and name in SAID and not self.silent]
        self.found += [value for value in told if not (tag == "meta" and ADDRESSES.match(value))]

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def words_of(page: Any) -> str:
    """The words a person reads or is told on a page, separated by single spaces.

    ``page`` is a response or its markup. Scripts, tags and all attributes but titles, labels, placeholders
    and descriptions are left out.
    """
    parser = _Words()
    parser.feed(page if isinstance(page, str) else page.content.decode())
    parser.close()
    return " ".join(" ".join(parser.found).split())


def refuse_by_chance(needle: str) -> None:
    """:raises AssertionError: for a needle that a token or a number of a row may hold by chance."""
    assert not BY_CHANCE.fullmatch(needle), (
        f"{needle!r} may stand by chance in a token or an address of this page: look for it in "
        "tests.pages.words_of(response), or together with the markup around it"
    )


class Markup(str):
    """A page in which no short needle is looked for."""

    __slots__ = ()

    def __contains__(self, needle: object) -> bool:
        refuse_by_chance(str(needle))
        return str.__contains__(self, str(needle))

    def count(self, needle: str, *between: Any) -> int:
        refuse_by_chance(needle)
        return str.count(self, needle, *between)


class PageBytes(bytes):
    """The same before it is decoded."""

    def __contains__(self, needle: object) -> bool:
        if isinstance(needle, bytes):
            refuse_by_chance(needle.decode("latin-1"))
        return bytes.__contains__(self, needle)  # type: ignore[operator]  # what bytes refuse they refuse here

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> Markup:
        return Markup(bytes.decode(self, encoding, errors))


_content: Any = HttpResponse.content


def _guarded(response: HttpResponse) -> bytes:
    content: bytes = _content.fget(response)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return PageBytes(content) if is_page else content


def guard_pages() -> None:
    """From now on ``response.content`` of every HTML page refuses short needles (called once, by conftest)."""
    HttpResponse.content = property(_guarded, _content.fset)  # type: ignore[assignment]
