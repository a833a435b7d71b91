"""What a page says: its words, apart from the tokens, addresses and numbers of rows in its markup.

Every page holds random letters (CSRF tokens, nonces, UUIDs, hashes in file names) and numbers that grow
(keys in addresses). A name of two letters or a number of three digits is found there by chance, one run in
some hundreds. So a short string is looked for in ``words_of(response)``, or with the markup around it
(``'value="34"'``, ``>34<``), never in the whole page (``tests/test_page_rules.py``).
"""

import re
from html.parser import HTMLParser
from typing import Any

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
