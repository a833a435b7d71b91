"""The generated walk with values that no person sends: no address answers 500, on either database.

Every route of ``tests/routes.py`` is asked with each nasty value in every number or word of its path, in
every query parameter that the code of its app reads (collected from the source), and in every field that
its page shows or its code reads. What no database can take is asked on both; what Python takes for a number or
not, without asking one, on SQLite. ``pytest -rP tests/test_nasty_values.py`` prints the addresses walked.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.core.signals import got_request_exception
from django.db import connection
from django.urls import Resolver404, URLPattern, resolve, reverse

import jitasa
from jitasa.thai.dates import month_slug
from tests.cast import Cast
from tests.names_asked import asked_for
from tests.routes import Route
from tests.test_access import SEES, TABLE, all_routes
from tests.things import World
from tests.undone import Browser

ROOT = Path(jitasa.__file__).parent
# Read or refused in Python, the same whatever database stands behind.
BEFORE_ANY_DATABASE = ("²", "9" * 4400, "-1", "nan")
TOO_MUCH = {  # for a column of the database, each for one of its own
    "sqlite": (str(2**63), str(2**63 - 1)),  # integers of 64 bits, texts of any length
    "postgresql": (str(2**63), str(2**31), "a" * 300),  # of 64 and of 32 bits, texts that end
}
NASTY = {
    "sqlite": (*BEFORE_ANY_DATABASE, *TOO_MUCH["sqlite"], "a" * 300),  # forms bound their texts in Python
    "postgresql": TOO_MUCH["postgresql"],
}[connection.vendor]
ALONE = (str(2**63),)  # also one name at a time: one refusal may hide another
NEVER_ALONE = ("get", "postgresql")  # compares with such a number; SQLite refuses it wherever it stands
UNKNOWN = "a-field-of-no-form"
UNREADABLE = ("%00", "%ED%A0%80")
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")


@lru_cache
def read_in(module: str) -> frozenset[str]:
    """Names that a module takes from an address or a form: ``….get("name")``, ``number(request, "name")``."""
    path = ROOT.parent / f"{module.replace('.', '/')}.py"
    if not path.exists():
        return frozenset()
    return frozenset(
        name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for name in _names(node)
    )


@lru_cache
def names_read(module: str) -> tuple[str, ...]:
    """What a view's module reads, and the modules of its app that it imports."""
    path, app = ROOT.parent / f"{module.replace('.', '/')}.py", ".".join(module.split(".")[:2])
    found = {"page", "q"} | read_in(module)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(app):
            for one in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                found |= read_in(str(one))
    return tuple(sorted(found))


def _names(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    whom = ast.unparse(node.func)
    reads = re.search(r"(GET|POST|query|asked|typed|post|data)\.(get|getlist)$", whom)
    helper = re.search(r"(^|\.)(number|_posted|_given|page_of)$", whom)
    if reads or helper:
        for argument in node.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                yield argument.value


def module_of(pattern: URLPattern) -> str:
    """The module of a route's view; sign-in pages are allauth's."""
    module: str = pattern.lookup_str.rpartition(".")[0]
    return module if module.startswith("jitasa.") else "jitasa.accounts.views"


def paths(route: Route, arguments: dict[str, Any]) -> list[str]:
    """The address with each nasty value in place of each of its arguments.

    Of those that are no address of the product the first is asked: the same page says so of all.
    """
    plain = reverse(route.name, kwargs=arguments)
    found = []
    for value in arguments.values():
        text = written(value)
        found += [plain.replace(text, nasty, 1) for nasty in (*map(quote, NASTY), *UNREADABLE)]
    known = [address for address in found if is_address(address)]
    return list(dict.fromkeys([*known, *[address for address in found if address not in known][:1]]))


def is_address(path: str) -> bool:
    try:
        resolve(unquote(path, errors="surrogateescape"))
    except Resolver404:
        return False
    return True


def written(value: Any) -> str:
    """How an argument stands in the address."""
    return month_slug(value) if isinstance(value, date) else str(getattr(value, "value", value))


class Walk:
    """One person's requests, undone one by one, with the names of errors that happened."""

    def __init__(self, key: str | None) -> None:
        self.key, self.browser = key, Browser(raises=False)
        self.walked = 0
        self.wrong: list[str] = []
        self._errors: list[str] = []
        got_request_exception.connect(self._note)

    def _note(self, **_kwargs: Any) -> None:
        self._errors.append(repr(sys.exc_info()[1])[:200])

    def ask(self, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
        self._errors.clear()
        response = self.browser.asks(self.key, method, address, data).response
        self.walked += 1
        if response.status_code >= 500 or self._errors:
            shown = f"{method} {address[:120]} {str(data)[:300] if data else ''}"
            self.wrong.append(f"{response.status_code} {shown}: {self._errors}")
        return response

    def fields(self, method: str, address: str, first: dict[str, str], names: set[str]) -> Any:
        """All fields nasty at once, then one at a time in the form as the page shows it; what came without any.

        One at a time, because one refusal may hide another; only those that are asked for without, too: up to
        the nasty value the same happens.
        """
        with asked_for() as asked:
            page = self.ask(method, address, {**first, UNKNOWN: "1"})
        every = sorted({*names, *first, *asked.names})
        if not asked:
            self.ask(method, address, dict.fromkeys(every, NASTY))
            return page
        for nasty in NASTY:
            self.ask(method, address, dict.fromkeys(every, nasty))
        for name in filter(asked.asks, every if (method, connection.vendor) != NEVER_ALONE else ()):
            for nasty in ALONE:
                self.ask(method, address, {**first, name: nasty})
        return page

    def refused(self, address: str) -> None:
        """An address that cannot be read is answered 400 in Thai, whoever asks."""
        response = self.ask("get", address)
        # A page and the API say the first, OpenRosa's one sentence the second.
        said = response.content.decode()
        if response.status_code != 400 or not ("อ่านคำขอนี้ไม่ได้" in said or "มีตัวอักษรที่อ่านไม่ได้" in said):
            self.wrong.append(f"{address}: {response.status_code} and not 400")


def person_for(route: Route) -> str:
    """Somebody whose request reaches the view's own reading."""
    may = (route.posts or route.who).split() or ["boonmee"]
    sees = SEES.get(route.sight, (set(may),))[0]
    return next((person for person in may if person in sees), may[0])


def words(response: Any) -> str:
    """What a page holds; a file is no page."""
    return "" if response is None or response.streaming else response.content.decode("utf-8", "replace")


def fields_of(page: str) -> dict[str, str]:
    """The fields that a page shows, with their values."""
    return {match[1]: (VALUE.search(match[0]) or ["", ""])[1] for match in FIELD.finditer(page)}


PATTERNS = dict(all_routes())


@pytest.mark.parametrize("name", sorted(TABLE))
def test_no_address_answers_500(
    db: None, standing_cast: Cast, standing_keys: dict[str, str], name: str
) -> None:
    route, pattern = TABLE[name], PATTERNS[name]
    arguments = route.build(World(standing_cast), standing_cast.aonang) if route.build else {}
    walk = Walk(standing_keys.get(person_for(route)))
    names, plain = names_read(module_of(pattern)), reverse(name, kwargs=arguments)
    for address in paths(route, arguments) if arguments else []:
        walk.ask("post" if route.post else "get", address)
    for sign in UNREADABLE:
        walk.refused(f"{plain}?q={sign}")
    page = None
    if not route.post:
        page = walk.fields("get", plain, {}, set(names))
    if route.post or route.posts:
        walk.fields("post", plain, {**fields_of(words(page)), **route.data}, set(names))
    print(f"{name} {plain} ({walk.walked} requests; {', '.join(names)})")  # noqa: T201 (the list of addresses walked)
    assert not walk.wrong, "\n".join(walk.wrong[:10])


def test_names_are_found_in_the_code() -> None:
    assert {"month", "place", "kind", "show", "page"} <= set(names_read("jitasa.review.views.page"))
    assert {"bounds", "kind", "period"} <= set(names_read("jitasa.portal.views.map"))
    assert {"material", "activity"} <= set(names_read("jitasa.publicity.views.broadcasts"))
