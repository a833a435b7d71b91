"""Reads the whole body of a request under limits, before a thread is taken for it."""

import asyncio
import io
import tempfile
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import IO, Any

from jitasa.config.web.limits import Limits
from jitasa.ui.body_limits import BodyLimit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]


class BodyRefused(Exception):
    """The body is not read any further; ``status`` says why (400, 408, 413, 503)."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ClientGone(Exception):
    """The client has hung up."""


class Body:
    """What has arrived of one body: in memory, from ``spool`` bytes on in a file without a name."""

    def __init__(self, spool: int, cut: Callable[[], None]) -> None:
        self.size = 0
        self.complete = False
        self.cut = cut
        self._spool = spool
        self.file: IO[bytes] = io.BytesIO()

    @property
    def on_disk(self) -> bool:
        return not isinstance(self.file, io.BytesIO)

    def add(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._spool and isinstance(self.file, io.BytesIO):
            kept = self.file.getvalue()
            self.file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the body)
            self.file.write(kept)
        self.file.write(data)

    def close(self) -> None:
        self.file.close()


class Bodies:
    """All bodies held by this process. When they are too much, the oldest unfinished one is cut."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held: dict[Body, None] = {}

    def open(self, *, on_disk: bool, cut: Callable[[], None]) -> Body:
        body = Body(self._limits.spool_bytes if on_disk else self._limits.body_memory, cut)
        self._held[body] = None
        return body

    def close(self, body: Body) -> None:
        self._held.pop(body, None)
        body.close()

    def cut_unfinished(self) -> None:
        """The process stops: it waits for no body any more."""
        for body in [body for body in self._held if not body.complete]:
            body.cut()

    def make_room(self, mine: Body) -> None:
        """:raises BodyRefused: 503, when cutting others does not help."""
        for disk, most in ((False, self._limits.body_memory), (True, self._limits.body_disk)):
            held = [body for body in self._held if body.on_disk is disk]
            too_much = sum(body.size for body in held) - most
            for body in held:
                if too_much > 0 and not body.complete and body is not mine:
                    too_much -= body.size
                    body.cut()
            if too_much > 0 and mine.on_disk is disk:
                raise BodyRefused(503)


async def collect(
    receive: Receive,
    *,
    body: Body,
    bodies: Bodies,
    announced: int | None,
    limit: BodyLimit,
    signed_in: Callable[[], Awaitable[bool]],
    limits: Limits,
) -> None:
    """Fill ``body``. A length announced too large is refused before the first byte is read.

    :raises BodyRefused: too large (413), too slow (408), shorter than announced (400), no room (503)
    :raises ClientGone: the client has hung up
    """
    most = limit.form
    if announced is not None:
        most = await _allowed(announced, limit, signed_in)
    began = time.monotonic()
    while True:
        patience = _patience(began, body.size, limits)
        message = await _next(receive, patience)
        if message["type"] == "http.disconnect":
            raise ClientGone
        data = message.get("body", b"")
        if body.size + len(data) > most:
            most = await _allowed(body.size + len(data), limit, signed_in)
        if data:
            body.add(data)
            bodies.make_room(body)
        if not message.get("more_body", False):
            body.complete = True
            return


async def _allowed(size: int, limit: BodyLimit, signed_in: Callable[[], Awaitable[bool]]) -> int:
    """How many bytes may come when ``size`` do. :raises BodyRefused: 413."""
    if size <= limit.form:
        return limit.form
    if size > limit.most or not await signed_in():
        raise BodyRefused(413)
    return limit.most


def _patience(began: float, size: int, limits: Limits) -> float:
    """Seconds until the next bytes must be here: no long silence, and not too slow on the whole."""
    due = began + limits.body_gap_seconds + size / limits.body_rate
    return min(limits.body_gap_seconds, due - time.monotonic())


async def _next(receive: Receive, seconds: float) -> Message:
    try:
        async with asyncio.timeout(max(0.0, seconds)):
            return await receive()
    except TimeoutError:
        raise BodyRefused(408) from None
