"""Answers that are kept for a while: what is dear to add up and may be a minute old.

In a process that serves readers (``RENEWAL.on``) an answer that is no longer fresh is still given, until it is as
old as its caller allows, while one thread makes the new one: only the first reader after a longer silence waits.
Elsewhere whoever comes after the fresh time waits.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connections
from django.utils.translation import get_language, override

log = logging.getLogger("jitasa.kept")
T = TypeVar("T")
LONGEST = 60  # seconds after which a renewal that never ended is begun by another


@dataclass(frozen=True)
class Times:
    """Seconds: an answer is made anew after ``fresh``, and never given when it is older than ``most``."""

    fresh: int
    most: int


class Renewal:
    """One thread a process, begun with the first renewal; off unless the process turns it on."""

    def __init__(self) -> None:
        self.on = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="renewal")

    def begin(self, key: str, times: Times, make: Callable[[], Any]) -> None:
        """Make the answer anew, unless somebody is at it."""
        if cache.add(_mark(key), 1, LONGEST):
            self._thread.submit(_renew, key, times, make, get_language())


RENEWAL = Renewal()


def kept(key: str, times: Times, make: Callable[[], T]) -> T:
    """The answer under ``key``, made by ``make``, which may be run by another thread, in the reader's language."""
    found: tuple[float, T] | None = cache.get(key)
    if found is not None:
        until, answer = found
        if time.time() < until:
            return answer
        if RENEWAL.on:
            RENEWAL.begin(key, times, make)
            return answer
    return _make(key, times, make)


def _make(key: str, times: Times, make: Callable[[], T]) -> T:
    began = time.time()
    answer = make()
    cache.set(key, (began + times.fresh, answer), times.most)
    return answer


def _renew(key: str, times: Times, make: Callable[[], Any], language: str | None) -> None:
    try:
        with override(language):
            _make(key, times, make)
    except Exception:
        log.exception("%s could not be made anew; the answer that is kept is given on", key)
    finally:
        cache.delete(_mark(key))
        connections.close_all()


def _mark(key: str) -> str:
    return f"{key}:renewed"
