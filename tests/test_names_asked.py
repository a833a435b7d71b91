"""What ``tests/names_asked.py`` notes: a walk leaves out only what nobody looks at."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from jitasa.ui import request_guard
from tests.names_asked import asked_for


def of(ask: Callable[[HttpRequest], Any]) -> tuple[set[str], bool]:
    with asked_for() as asked:
        request = RequestFactory().get("/", {"a": "1", "b": "2"})
        request.GET = request_guard.cleaned(request.GET)
        ask(request)
    return asked.names, asked.every


@pytest.mark.parametrize(
    "ask",
    [
        lambda request: request.GET["a"],
        lambda request: request.GET.get("a"),
        lambda request: request.GET.getlist("a"),
        lambda request: "a" in request.GET,
        lambda request: request.GET.copy().get("a"),
        lambda request: request.GET.copy().pop("a"),
        lambda request: request.GET.dict().get("a"),
        lambda request: request.GET.dict()["a"],
        lambda request: "a" in request.GET.dict(),
    ],
)
def test_a_field_is_noted_by_its_name(ask: Callable[[HttpRequest], Any]) -> None:
    assert of(ask) == ({"a"}, False)


@pytest.mark.parametrize(
    "ask",
    [
        lambda request: list(request.GET),
        lambda request: list(request.GET.items()),
        lambda request: list(request.GET.lists()),
        lambda request: set(request.GET.keys()),
        lambda request: dict(request.GET),
        lambda request: {**request.GET},
        lambda request: QueryDict(mutable=True).update(request.GET),
        lambda request: list(request.GET.dict()),
        lambda request: dict(request.GET.dict()),
        lambda request: {**request.GET.dict()},
        lambda request: list(request.GET.dict().items()),
    ],
)
def test_whoever_looks_at_all_looks_at_each(ask: Callable[[HttpRequest], Any]) -> None:
    assert of(ask)[1]


def test_what_is_sent_and_not_looked_at_is_not_noted() -> None:
    assert of(lambda request: request.GET.urlencode()) == (set(), False)
    request = RequestFactory().post("/", {"a": "1"})
    with asked_for() as asked:
        assert request.POST.get("b") is None
    assert (asked.names, asked.every) == ({"b"}, False)
    assert (asked.asks("b"), asked.asks("a")) == (True, False)
