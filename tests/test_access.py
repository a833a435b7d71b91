"""The generated walk: every route × every role × an own and a foreign thing (docs/architecture.md §5).

Routes are read from the URL configuration, so none can be forgotten: one that ``tests/routes.py`` does
not know fails here with its name. Who may is decided above the database and asked on SQLite; PostgreSQL is asked
for every page and act by those who get in, and so is SQLite on another day (``make test-days``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account import urls as allauth_urls
from django.db import connection
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from jitasa.accounts.models import User
from jitasa.accounts.views import closed
from tests.cast import Cast
from tests.days_asked import MOVED_DAY
from tests.offers import FILES, Pressed, Reader
from tests.routes import ROUTES, Route
from tests.things import World
from tests.undone import Answer, Browser, undone

PEOPLE = ("guest", "anong", "boonmee", "chai", "dao", "ek", "fah", "hathai")
SEES = {  # who sees what belongs to Anong's office, and to Chai's
    "line": ({"anong", "boonmee", "dao", "ek", "fah", "hathai"}, {"chai", "ek", "fah", "hathai"}),
    "office": ({"anong", "boonmee"}, {"chai"}),
    "above": ({"dao", "ek", "fah", "hathai"}, {"ek", "fah", "hathai"}),
    "self": ({"anong"}, {"chai"}),
    "all": (set(PEOPLE) - {"guest"},) * 2,
    "public": (set(PEOPLE),) * 2,
}
LAO = {"anong", "boonmee", "chai"}
TABLE = {route.name: route for route in ROUTES}
# What a page may write by being shown: the browser's session.
BOOKKEEPING = ("django_session", "usersessions_usersession", "ui_asked")  # who signed in, who asks how often
REFUSED = ("audit_chain", "audit_entry")  # a refusal is audited (jitasa/audit/refusals.py)
# Knows nobody and is kept on the device: it cannot tell who records. Only offices that record are led to it.
NOBODYS = {"field:shell"}
ALLAUTH = {pattern.name for pattern in allauth_urls.urlpatterns}


def all_routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the project with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from all_routes(pattern, inner)
        elif pattern.callback is not closed:
            yield f"{space}{pattern.name}", pattern


def walked_routes() -> list[str]:
    """The names to walk: all but allauth's own pages that our closed ones stand before."""
    return sorted({name for name, _pattern in all_routes() if name in TABLE or name not in ALLAUTH})


@dataclass(frozen=True)
class Visit:
    """One request of the walk and what must come of it."""

    route: Route
    person: str
    foreign: bool
    method: str = "get"

    def expected(self) -> str:
        """``in`` (answered), ``login``, ``401``, ``403`` or ``404``."""
        if self.route.sight == "closed":
            return "404"
        if self.route.sight == "token":
            return "401"
        seers = SEES[self.route.sight][self.foreign]
        if self.person == "guest":
            return "in" if self.route.sight == "public" else self.route.guest
        part = "anong" if self.person == "chai" else self.person
        who = self.route.posts if self.method == "post" and not self.route.post else self.route.who
        may = part in who.split()
        if self.route.gate and not may:
            return "403"
        if self.route.build is not None and self.person not in seers:
            return "404"
        return "in" if may else "403"


def outcome(response: HttpResponse) -> str:
    """What came of a request. A refusal of the input (400, 409, 422) is an answer, too."""
    if response.status_code in {302, 301} and response["Location"].startswith("/accounts/login/"):
        return "login"
    if response.status_code in {401, 403, 404, 405} or response.status_code >= 500:
        return str(response.status_code)
    return "in"


def may_be_kept(address: str, method: str, response: HttpResponse) -> bool:
    """Whether an answer to somebody signed in may lie about in a browser, though it is not for everybody."""
    for_everybody = method == "get" and getattr(resolve(address).func, "public_page", False)
    return not for_everybody and "no-store" not in response.get("Cache-Control", "")


def judged(visit: Visit, address: str, answer: Answer) -> tuple[str, list[str]]:
    """What came of a visit, and what it wrote beside what every visit may write."""
    if visit.person != "guest" and may_be_kept(address, visit.method, answer.response):
        return "kept in the browser", answer.written
    found = outcome(answer.response)
    aside = (*BOOKKEEPING, *REFUSED) if found == "403" else BOOKKEEPING
    return found, [sql for sql in answer.written if not any(name in sql for name in aside)]


class Walk:
    """Everybody before one address: about a thing of Anong's office, and about one of Chai's."""

    def __init__(self, route: Route, cast: Cast, keys: dict[str, str], well: set[Pressed]) -> None:
        User.objects.update(full_name="")
        self.route, self.keys, self.well, self.browser = route, keys, well, Browser()
        self.addresses = [
            reverse(route.name, kwargs=route.build(World(cast), office) if route.build else {})
            for office in (cast.aonang, cast.kokklang)
        ]
        self.wrong: list[str] = []

    def visits(self, visit: Visit) -> Any:
        """The answer to a visit, after what is wrong with it is noted."""
        address = self.addresses[visit.foreign]
        asked = self.browser.asks(self.keys.get(visit.person), visit.method, address, visit.route.data)
        found, written = judged(visit, address, asked)
        side = "foreign" if visit.foreign else "own"
        if found != visit.expected():
            self.wrong.append(
                f"{visit.method} by {visit.person} ({side}): {found}, expected {visit.expected()}"
            )
        if visit.method == "get" and written and not (self.route.notes or self.route.posts):
            self.wrong.append(f"get by {visit.person} ({side}) wrote {written}")
        return asked.response

    def reads(self, visit: Visit) -> None:
        """The same by somebody who chose Thai digits and then presses everything that the page offers."""
        person, address = visit.person, self.addresses[visit.foreign]
        reader = Reader(
            person, self.keys[person], self.browser, lambda name: may_open(person, name), self.well
        )
        with undone():
            User.objects.filter(username=person).update(numerals="thai")
            page = self.visits(visit)
            self.wrong += reader.refusals(page, address, knows_reader=self.route.sight != "public")

    def acts_otherwise(self, person: str) -> None:
        """Opening the address of an act, or sending a form to what only shows, changes nothing."""
        method = "get" if self.route.post else "post"
        visit = Visit(self.route, person, False, method)
        asked = self.browser.asks(self.keys[person], method, self.addresses[0], self.route.data)
        found, written = judged(visit, self.addresses[0], asked)
        if written and not self.route.notes:
            self.wrong.append(f"{method} by {person} wrote {written}")
        if self.route.post and found == "in":
            self.wrong.append(f"{method} by {person} is answered")


def may_open(person: str, name: str) -> bool:
    """Whether the table says that a page about no thing opens for somebody."""
    route = TABLE.get(name)
    return (
        route is not None
        and not route.post
        and route.build is None
        and Visit(route, person, False).expected() == "in"
    )


def is_read(visit: Visit) -> bool:
    """Whether what a page offers is asked: of everybody about her own, but of programs and files."""
    route = visit.route
    if (
        visit.method != "get"
        or visit.person == "guest"
        or visit.expected() != "in"
        or FILES.search(route.name)
    ):
        return False
    if route.name in NOBODYS and visit.person not in LAO:
        return False
    return route.build is None or visit.foreign == (visit.person == "chai")


def visits(route: Route) -> list[Visit]:
    sides = (False, True) if route.build is not None else (False,)
    methods = ["post"] if route.post else ["get", "post"] if route.posts else ["get"]
    return [Visit(route, person, side, how) for how in methods for side in sides for person in PEOPLE]


def inside(visits: list[Visit]) -> list[Visit]:
    """Of those who are let in: by each method one of the guests, of an LAO's people and of the offices above."""
    seen: dict[tuple[str, str], Visit] = {}
    for visit in visits:
        if visit.expected() == "in" and not visit.foreign:
            level = "guest" if visit.person == "guest" else "LAO" if visit.person in LAO else "above"
            seen.setdefault((visit.method, level), visit)
    return list(seen.values())


@pytest.fixture(scope="module")
def well() -> set[Pressed]:
    """What went well on another page and need not be pressed again."""
    return set()


@pytest.mark.parametrize("name", walked_routes())
def test_everybody_gets_what_is_theirs_and_nothing_else(
    db: None, standing_cast: Cast, standing_keys: dict[str, str], well: set[Pressed], name: str
) -> None:
    """A page that is only shown writes nothing, whoever opens it, and offers nothing that it refuses.

    Nothing is changed by opening the address of an act, nor by sending a form to what only shows.
    """
    assert name in TABLE, f"{name} is not in tests/routes.py: add a line saying who may"
    walk = Walk(TABLE[name], standing_cast, standing_keys, well)
    everybody = visits(walk.route)
    if MOVED_DAY or connection.vendor == "postgresql":
        for visit in inside(everybody):
            walk.visits(visit)
    else:
        for visit in everybody:
            (walk.reads if is_read(visit) else walk.visits)(visit)
        for person in ("anong", "boonmee", "fah") if not walk.route.posts else ():
            walk.acts_otherwise(person)
    assert not walk.wrong, f"{name}: " + "\n".join(walk.wrong)


def test_the_table_names_only_routes_that_exist() -> None:
    assert set(TABLE) <= {name for name, _pattern in all_routes()}
    assert len(TABLE) == len(ROUTES), "a route stands in the table twice"


@pytest.mark.django_db
def test_pages_of_allauth_stand_behind_our_closed_ones() -> None:
    for pattern in allauth_urls.urlpatterns:
        if pattern.name in TABLE:
            continue
        arguments = dict.fromkeys(pattern.pattern.regex.groupindex, "x")
        assert resolve(reverse(pattern.name, kwargs=arguments)).func is closed, pattern.name
