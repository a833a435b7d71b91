"""What a page offers and says, read as a person reads it: links, forms with each of their buttons, what htmx asks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, is_valid_path, resolve

from tests.pages import ADDRESSES, words_of
from tests.undone import Browser

# Set by a program of their own, slowly; who may have them is asked by tests/test_access.py.
FILES = re.compile(
    r"(photos:file|:picture|_pdf|_png|_docx|_xlsx|_csv|_json|:pdf|:png|:docx|card|download|download_.*)$"
)
REFUSED = {403, 404, 405, *range(500, 600)}
RECEIPT = re.compile(r"[0-9]{2}-[0-9]{4}-[0-9]{6}")
THAI_RECEIPT = re.compile(r"[๐-๙]{2}-[๐-๙]{4}-[๐-๙]{6}")
# Where accounts themselves are kept, and what was done under them.
ACCOUNTS = re.compile(r"/(accounts|work/audit|work/organizations/people)/")
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
# Not after "บัญชี" (a signer's account is meant), not in brackets (beside a post that two may hold).
LOGIN = re.compile(r"(?<![\w.@/(-])(?<!บัญชี )(?:anong|boonmee|chai|dao|ek|fah|hathai)(?![\w@-])")
SAME = 2  # so many links of a page to one kind of page are followed
PLAIN = re.compile(r"^[^0-9]*$")


@dataclass(frozen=True)
class Offer:
    """Something a page offers: an address, how it is asked, and what the form sends."""

    method: str
    url: str
    data: tuple[tuple[str, str], ...] = ()


Pressed = tuple[str, Offer]  # by whom


class _Offers(HTMLParser):
    """Links and forms within ``main``; what is hidden from everybody or disabled offers nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Offer] = []
        self.inside = False
        self.form: tuple[str, str] | None = None
        self.fields: list[tuple[str, str]] = []
        self.buttons: list[tuple[tuple[str, str], ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.inside = True
        if not self.inside:
            return
        if tag == "a" and has.get("href"):
            self.found.append(Offer("get", has["href"]))
        self.found += [Offer(how, has[f"hx-{how}"]) for how in ("get", "post") if has.get(f"hx-{how}")]
        if tag == "form":
            self.form, self.fields, self.buttons = (has.get("method", "get"), has.get("action", "")), [], []
        elif self.form is not None and "disabled" not in has:
            self._control(tag, has)

    def _control(self, tag: str, has: dict[str, str]) -> None:
        named = ((has["name"], has.get("value", "")),) if has.get("name") else ()
        if tag == "button" and has.get("type", "submit") == "submit":
            self.buttons.append(named)
            if has.get("formaction"):
                self.found.append(Offer("post", has["formaction"]))
        elif tag == "input" and has.get("type") == "hidden" and named:
            self.fields += named

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.inside = False
        if tag == "form" and self.form is not None and self.form[0].lower() != "dialog":
            method, action = self.form
            for pressed in dict.fromkeys(self.buttons or [()]):
                self.found.append(Offer(method.lower(), action or ".", (*self.fields, *pressed)))
        if tag == "form":
            self.form = None


class Reader:
    """Somebody who reads pages and presses everything on them; what she presses is undone."""

    def __init__(
        self, person: str, key: str, browser: Browser, may: Callable[[str], bool], well: set[Pressed]
    ) -> None:
        """``may`` says whether the person may open the page of a name; ``well`` keeps what went well elsewhere."""
        self.person, self.key, self.browser, self.may, self.well = person, key, browser, may, well

    def receipts(self, page: Any, address: str) -> list[str]:
        """Receipt numbers on a page that are not in Thai digits, which the reader chose."""
        words = ADDRESSES.sub("", words_of(page))
        return [f"{self.person} on {address}: {number}" for number in RECEIPT.findall(words)]

    def logins(self, page: Any, address: str) -> list[str]:
        """Names of accounts that a page calls people by; everybody has a post that says more."""
        if ACCOUNTS.match(address):
            return []
        words = words_of("".join(MAIN.findall(page.content.decode())))
        return [f"{self.person} on {address}: {name}" for name in LOGIN.findall(words)]

    def refusals(self, page: Any, address: str, *, knows_reader: bool) -> list[str]:
        """What is wrong on a page: what it offers and is refused, other digits, names of accounts."""
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            return []
        wrong = self.receipts(page, address) if knows_reader else []
        wrong += self.logins(page, address)
        for offer in offers_of(page.content.decode(), address):
            if (self.person, offer) in self.well or self.is_asked_elsewhere(offer, address):
                continue
            if (status := self.status(offer)) in REFUSED:
                wrong.append(f"{self.person} on {address}: {offer.method} {offer.url} answers {status}")
            elif PLAIN.match(offer.url):
                self.well.add((self.person, offer))
        return wrong

    def is_asked_elsewhere(self, offer: Offer, address: str) -> bool:
        """The page itself, or one about no thing at all, which the walk opens for everybody who may."""
        if offer.method != "get":
            return False
        if offer.url == address:
            return True
        if "?" in offer.url or not PLAIN.match(offer.url) or not is_valid_path(offer.url):
            return False
        match = resolve(offer.url)
        return not match.kwargs and self.may(match.view_name)

    def status(self, offer: Offer) -> int:
        asked = self.browser.asks(self.key, offer.method, offer.url, dict(offer.data))
        status: int = asked.response.status_code
        return status


def offers_of(markup: str, address: str) -> Iterator[Offer]:
    """The offers of a page within the product, the first two to each kind of page."""
    parser = _Offers()
    parser.feed(markup)
    seen: dict[tuple[str, str, tuple[tuple[str, str], ...]], int] = {}
    for offer in dict.fromkeys(parser.found):
        url = urlsplit(urljoin(f"http://testserver{address}", offer.url))
        if url.netloc != "testserver" or url.scheme != "http":
            continue
        if not url.path or (offer.method == "get" and url.fragment and url.path == urlsplit(address).path):
            continue
        try:
            name = resolve(url.path).view_name
        except Resolver404:
            if url.path.startswith(settings.STATIC_URL):
                continue
            name = url.path
        pressed = offer.data[-1:] if offer.method == "post" else ()
        seen[offer.method, name, pressed] = seen.get((offer.method, name, pressed), 0) + 1
        if seen[offer.method, name, pressed] > SAME or FILES.search(name):
            continue
        yield Offer(offer.method, f"{url.path}?{url.query}" if url.query else url.path, offer.data)
