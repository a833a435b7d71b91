"""Threads that run Django, apart by what they do: nobody who only reads waits behind somebody who writes."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.conf import settings

from jitasa.config.web.limits import Limits
from jitasa.config.web.turns import Crowded, Turns

Result = TypeVar("Result")
OFFICERS = ("/api/", "/work/", "/accounts/", "/en/work/", "/en/accounts/")

__all__ = ["Crowded", "Lane", "Lanes"]


class Lane:
    """A few threads, and those who wait for one, in turns by reader."""

    def __init__(self, name: str, threads: int, *, most: int, seconds: float) -> None:
        self.name = name
        self._turns = Turns(threads, most=most, seconds=seconds)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    @property
    def waiting(self) -> int:
        return self._turns.waiting

    async def run(
        self, call: Callable[[], Result], *, reader: str = "", wanted: Callable[[], bool] = lambda: True
    ) -> Result:
        """Run ``call`` in a thread, unless meanwhile nobody wants it. ``reader``: whose turn it is.

        :raises Crowded: no thread became free in time, or too many wait already.
        """
        await self._turns.enter(reader)
        try:
            if not wanted():
                raise Crowded
            work = asyncio.get_running_loop().run_in_executor(self._pool, call)
        except BaseException:
            self._turns.leave()
            raise
        # A thread cannot be taken back: its place is free when it is, even if nobody waits for it any more.
        work.add_done_callback(lambda _done: self._turns.leave())
        return await asyncio.shield(work)


class Lanes:
    """``public`` pages, what officers ``read``, everything that ``write``\\ s, and ``static`` files."""

    def __init__(self, limits: Limits) -> None:
        def lane(name: str, threads: int) -> Lane:
            return Lane(name, threads, most=limits.queue_most, seconds=limits.queue_seconds)

        self.public = lane("public", limits.public_threads)
        self.reading = lane("reading", limits.reading_threads)
        self.writing = lane("writing", limits.writing_threads)
        self.streams = lane("streams", limits.streams)
        self.static = lane("static", 1)

    def for_request(self, method: str, path: str) -> Lane:
        if method not in {"GET", "HEAD", "OPTIONS"}:
            return self.writing
        if path.startswith(settings.STATIC_URL):
            return self.static
        return self.reading if path.startswith(OFFICERS) else self.public

    def all(self) -> tuple[Lane, ...]:
        return (self.public, self.reading, self.writing, self.streams, self.static)
