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
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from jitasa.accounts.views import closed
from jitasa.organizations.models import Organization
from tests.cast import Cast
from tests.days_asked import MOVED_DAY
from tests.routes import ROUTES, Route
from tests.things import World

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
WRITING = ("INSERT", "UPDATE", "DELETE")
# What a page may write by being shown: the browser's session.
BOOKKEEPING = ("django_session", "usersessions_usersession", "ui_asked")  # who signed in, who asks how often
REFUSED = ("audit_chain", "audit_entry")  # a refusal is audited (jitasa/audit/refusals.py)
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


def request(visit: Visit, keys: dict[str, str], arguments: dict[str, Any]) -> tuple[str, list[str]]:
    """What came of a request and what it wrote; undone, so that the next person finds the same world."""
    address = reverse(visit.route.name, kwargs=arguments)
    client = Client()
    if visit.person in keys:
        client.cookies[settings.SESSION_COOKIE_NAME] = keys[visit.person]
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response: HttpResponse = getattr(client, visit.method)(address, visit.route.data)
        # Closing tells the end of a request, which would close the connection inside our transaction.
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)
        transaction.set_rollback(True)
    written = [query["sql"] for query in queries if query["sql"].startswith(WRITING)]
    if visit.person != "guest" and may_be_kept(address, visit.method, response):
        return "kept in the browser", written
    found = outcome(response)
    aside = (*BOOKKEEPING, *REFUSED) if found == "403" else BOOKKEEPING
    return found, [sql for sql in written if not any(name in sql for name in aside)]


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


@pytest.mark.parametrize("name", walked_routes())
def test_everybody_gets_what_is_theirs_and_nothing_else(
    db: None, standing_cast: Cast, standing_keys: dict[str, str], name: str
) -> None:
    """And a page that is only shown writes nothing, whoever opens it."""
    assert name in TABLE, f"{name} is not in tests/routes.py: add a line saying who may"
    route = TABLE[name]
    offices: tuple[Organization, Organization] = (standing_cast.aonang, standing_cast.kokklang)
    arguments = [route.build(World(standing_cast), office) if route.build else {} for office in offices]
    wrong = []
    everybody = visits(route)
    some = MOVED_DAY or connection.vendor == "postgresql"
    for visit in inside(everybody) if some else everybody:
        found, written = request(visit, standing_keys, arguments[visit.foreign])
        side = "foreign" if visit.foreign else "own"
        if found != visit.expected():
            wrong.append(f"{visit.method} by {visit.person} ({side}): {found}, expected {visit.expected()}")
        if visit.method == "get" and written and not (route.notes or route.posts):
            wrong.append(f"get by {visit.person} ({side}) wrote {written}")
    assert not wrong, f"{name}: " + "; ".join(wrong)


@pytest.mark.decided_in_python("the method of a request is looked at before any statement")
@pytest.mark.parametrize("name", [route.name for route in ROUTES if not route.posts])
def test_an_act_is_no_page_and_a_page_takes_no_form(
    db: None, standing_cast: Cast, standing_keys: dict[str, str], name: str
) -> None:
    """Nothing is changed by opening the address of an act, nor by sending a form to what only shows."""
    route = TABLE[name]
    arguments = route.build(World(standing_cast), standing_cast.aonang) if route.build else {}
    for person in ("anong", "boonmee", "fah"):
        method = "get" if route.post else "post"
        found, written = request(Visit(route, person, False, method), standing_keys, arguments)
        assert route.notes or not written, f"{method} {name} by {person} wrote {written}"
        assert not (route.post and found == "in"), f"{method} {name} by {person} is answered"


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
