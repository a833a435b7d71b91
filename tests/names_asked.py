"""Which fields of an address or a form the code asks for while it answers a request.

A field that is never asked for cannot matter: with another value in it the same code does the same. So a walk
that sends one bad value after the other sends it only where somebody looks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from django.http import QueryDict

from jitasa.ui import request_guard

BY_NAME = ("__getitem__", "__contains__", "get", "getlist", "setdefault", "pop")
ALL = ("__iter__", "keys", "items", "lists", "values", "update")
OWN = ("__init__", "__copy__", "__deepcopy__", "appendlist", "setlistdefault", "urlencode")


class Asked:
    """What was asked for: by its name, or every field there is."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.every = False
        self.paused = False

    def __bool__(self) -> bool:
        return self.every or bool(self.names)

    def asks(self, *names: str) -> bool:
        """Whether another value in one of the fields could matter."""
        return self.every or not self.names.isdisjoint(names)

    def by_name(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def noted(data: Any, key: Any, *rest: Any, **more: Any) -> Any:
            if not self.paused:
                self.names.add(str(key))
            return method(data, key, *rest, **more)

        return noted

    def all(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def noted(*args: Any, **more: Any) -> Any:
            self.every = self.every or not self.paused
            return method(*args, **more)

        return noted

    def own(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def silent(*args: Any, **more: Any) -> Any:
            before, self.paused = self.paused, True
            try:
                return method(*args, **more)
            finally:
                self.paused = before

        return silent

    def plain(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """``data.dict()``: what is asked of the plain copy is noted as well."""
        methods = {name: self.by_name(getattr(dict, name)) for name in BY_NAME if hasattr(dict, name)}
        methods |= {name: self.all(getattr(dict, name)) for name in ALL if hasattr(dict, name)}
        copy = type("PlainCopy", (dict,), methods)
        return lambda data: copy(self.own(method)(data))


@contextmanager
def asked_for() -> Iterator[Asked]:
    """Notes what is asked of every ``request.GET`` and ``request.POST``."""
    asked = Asked()
    with pytest.MonkeyPatch.context() as patch:
        for names, noted in ((BY_NAME, asked.by_name), (ALL, asked.all), (OWN, asked.own)):
            for name in names:
                patch.setattr(QueryDict, name, noted(getattr(QueryDict, name)))
        patch.setattr(request_guard, "cleaned", asked.own(request_guard.cleaned))
        patch.setattr(QueryDict, "dict", asked.plain(QueryDict.dict))
        yield asked
