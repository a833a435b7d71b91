"""Nothing a page offers leads to a refusal: every link and form of every page, for everybody of the cast.

While each page is there it is also read: receipt numbers stand in the digits the reader chose (not in fields,
addresses and files), and nobody is called by the name of an account. Everybody here chose Thai digits and
gave no name.

Each page of ``tests/routes.py`` is shown to each person who may see it, with the thing it is about. What its
main part offers (links, forms with each of their buttons, what htmx asks) is asked for and undone again; it
may be answered with what is missing, but never with "you may not" (403), "not there" (404, 405) or a fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from jitasa.accounts.models import User
from tests.cast import Cast, sign_in
from tests.pages import ADDRESSES, words_of
from tests.routes import ROUTES, Route
from tests.test_access import PEOPLE, Visit
from tests.things import World

# Set by a program of their own, slowly; who may have them is asked by tests/test_access.py.
FILES = re.compile(
    r"(photos:file|:picture|_pdf|_png|_docx|_xlsx|_csv|_json|:pdf|:png|:docx|card|download|download_.*)$"
)
REFUSED = {403, 404, 405}
# Knows nobody and is kept on the device: it cannot tell who records. Only offices that record are led to it.
NOBODYS = {"field:shell"}
RECORDING = {"anong", "boonmee", "chai"}
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


class Walker:
    """One person's browser; everything it asks is undone."""

    def __init__(self, cast: Cast, person: str) -> None:
        self.person = person
        self.key = sign_in(cast).get(person, "")
        self.well: set[Offer] = set()
        self.receipts = 0

    def asks(self, offer: Offer) -> Any:
        client = Client()
        if self.key:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.key
        with transaction.atomic():
            response: Any = getattr(client, offer.method)(offer.url, dict(offer.data))
            # Closing tells the end of a request, which would close the connection inside our transaction.
            request_finished.disconnect(close_old_connections)
            response.close()
            request_finished.connect(close_old_connections)
            transaction.set_rollback(True)
        return response

    def other_digits(self, page: Any, address: str) -> list[str]:
        """Receipt numbers on a page that are not in the reader's digits."""
        words = ADDRESSES.sub("", words_of(page))
        self.receipts += len(THAI_RECEIPT.findall(words))
        return [f"{self.person} on {address}: {number}" for number in RECEIPT.findall(words)]

    def logins(self, page: Any, address: str) -> list[str]:
        """Names of accounts that a page calls people by; everybody has a post that says more."""
        if ACCOUNTS.match(address):
            return []
        words = words_of("".join(MAIN.findall(page.content.decode())))
        return [f"{self.person} on {address}: {name}" for name in LOGIN.findall(words)]

    def refusals(self, address: str, *, knows_reader: bool) -> list[str]:
        """What is wrong on the page at ``address``: what it offers and is refused, other digits, names of accounts."""
        page = self.asks(Offer("get", address))
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            return []
        wrong = self.other_digits(page, address) if knows_reader else []
        wrong += self.logins(page, address)
        for offer in offers_of(page.content.decode(), address):
            if offer in self.well:
                continue
            status = self.asks(offer).status_code
            if status in REFUSED or status >= 500:
                wrong.append(f"{self.person} on {address}: {offer.method} {offer.url} answers {status}")
            elif PLAIN.match(offer.url):
                self.well.add(offer)
        return wrong


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


def pages() -> list[Route]:
    return [route for route in ROUTES if not route.post and route.sight != "closed"]


@pytest.mark.decided_in_python("rules are asked; tests/test_access.py asks PostgreSQL every page and act")
@pytest.mark.parametrize("person", [each for each in PEOPLE if each != "guest"])
def test_no_page_offers_what_it_refuses(cast: Cast, person: str) -> None:
    User.objects.update(full_name="")
    User.objects.filter(username=person).update(numerals="thai")
    walker, wrong = Walker(cast, person), []
    office = cast.kokklang if person == "chai" else cast.aonang
    for route in pages():
        if Visit(route, person, foreign=person == "chai").expected() != "in" or FILES.search(route.name):
            continue
        if route.name in NOBODYS and person not in RECORDING:
            continue
        with transaction.atomic():
            arguments = route.build(World(cast), office) if route.build else {}
            address = reverse(route.name, kwargs=arguments)
            wrong += walker.refusals(address, knows_reader=route.sight != "public")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert walker.receipts >= 2


def test_the_walk_sees_links_forms_and_buttons() -> None:
    markup = (
        '<a href="/outside/"></a><main><a href="/work/">x</a><a href="#top">y</a><form method="post" '
        'action="/work/letters/"><input type="hidden" name="a" value="1"><button name="act" value="b">'
        '</button><button disabled name="act" value="c"></button></form><b hx-get="/work/month/"></b></main>'
    )
    assert list(offers_of(markup, "/work/notices/")) == [
        Offer("get", "/work/"),
        Offer("post", "/work/letters/", (("a", "1"), ("act", "b"))),
        Offer("get", "/work/month/"),
    ]
