"""Threads that run Django, apart by what they do: nobody who only reads waits behind somebody who writes."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from jitasa.config.web.limits import Limits

Result = TypeVar("Result")
OFFICERS = ("/work/", "/accounts/", "/en/work/", "/en/accounts/")


class Crowded(Exception):
    """No thread became free in time, or too many wait already."""


class Lane:
    """A few threads, and those who wait for one in the order they came."""

    def __init__(self, name: str, threads: int, *, most: int, seconds: float) -> None:
        self.name = name
        self.threads = threads
        self.waiting = 0
        self._most = most
        self._seconds = seconds
        self._free = asyncio.Semaphore(threads)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    @property
    def busy(self) -> bool:
        return self._free.locked()

    async def run(self, call: Callable[[], Result], *, wanted: Callable[[], bool] = lambda: True) -> Result:
        """Run ``call`` in a thread, unless meanwhile nobody wants it. :raises Crowded: see there."""
        await self._enter()
        try:
            if not wanted():
                raise Crowded
            work = asyncio.get_running_loop().run_in_executor(self._pool, call)
        except BaseException:
            self._free.release()
            raise
        # A thread cannot be taken back: its place is free when it is, even if nobody waits for it any more.
        work.add_done_callback(lambda _done: self._free.release())
        return await asyncio.shield(work)

    async def _enter(self) -> None:
        if self.waiting >= self._most:
            raise Crowded
        self.waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._free.acquire()
        except TimeoutError:
            raise Crowded from None
        finally:
            self.waiting -= 1


class Lanes:
    """``public`` pages, what officers ``read``, and everything that ``write``\\ s."""

    def __init__(self, limits: Limits) -> None:
        def lane(name: str, threads: int) -> Lane:
            return Lane(name, threads, most=limits.queue_most, seconds=limits.queue_seconds)

        self.public = lane("public", limits.public_threads)
        self.reading = lane("reading", limits.reading_threads)
        self.writing = lane("writing", limits.writing_threads)
        self.streams = lane("streams", limits.streams)

    def for_request(self, method: str, path: str) -> Lane:
        if method not in {"GET", "HEAD", "OPTIONS"}:
            return self.writing
        return self.reading if path.startswith(OFFICERS) else self.public

    def all(self) -> tuple[Lane, ...]:
        return (self.public, self.reading, self.writing, self.streams)
