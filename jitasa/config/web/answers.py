"""Sends answers: pages from memory, files as they are read, streams ahead of a slow reader, each bounded."""

import asyncio
import os
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import IO, Any

from django.db import connections

from jitasa.config.web.limits import Limits

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
PIECE = 64 * 1024


async def send_head(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def send_whole(send: Send, body: bytes, gone: Callable[[], bool]) -> None:
    """In pieces, so that what a slow reader leaves lies here once and not in every buffer on the way."""
    for start in range(0, len(body) or 1, PIECE):
        if gone():
            return
        piece = body[start : start + PIECE]
        last = start + PIECE >= len(body)
        await send({"type": "http.response.body", "body": piece, "more_body": not last})


async def send_file(send: Send, file: IO[bytes], gone: Callable[[], bool]) -> None:
    """A file, piece by piece; no thread is held while the reader takes her time."""
    while not gone():
        piece = await asyncio.to_thread(file.read, PIECE)
        await send({"type": "http.response.body", "body": piece, "more_body": bool(piece)})
        if not piece:
            return


class Ahead:
    """Bytes that all streams of a process have been made ahead of their readers."""

    def __init__(self, limits: Limits) -> None:
        self.one, self.all = limits.stream_ahead, limits.stream_ahead_all
        self.held = 0
        self.changed = threading.Condition()


class Stream:
    """A streamed answer: made by a thread into a temporary file, sent from there at the reader's pace."""

    def __init__(self, result: Any, ahead: Ahead) -> None:
        self._result = result
        self._ahead = ahead
        self._loop = asyncio.get_running_loop()
        self._more = asyncio.Event()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed in ``close``)
        self._written = self._read = 0
        self._ended = self._failed = self._closed = False

    def make(self) -> None:
        """In a thread: write until the end, or until nobody reads any more."""
        try:
            for piece in _pieces(self._result):
                if not self._room_for(len(piece)):
                    return
                os.pwrite(self._file.fileno(), piece, self._written)
                self._written += len(piece)
                self._loop.call_soon_threadsafe(self._more.set)
        except Exception:
            self._failed = True
            raise
        finally:
            self._ended = True
            self._loop.call_soon_threadsafe(self._more.set)
            self._result.close()
            connections.close_all()

    def _room_for(self, size: int) -> bool:
        """Wait until the reader has caught up. False: the reader has gone."""
        with self._ahead.changed:
            while not self._closed and (
                self._written - self._read > self._ahead.one or self._ahead.held > self._ahead.all
            ):
                self._ahead.changed.wait()
            if not self._closed:
                self._ahead.held += size
            return not self._closed

    def wake(self) -> None:
        self._more.set()

    async def begun(self, over: Callable[[], bool]) -> None:
        """Wait for the first bytes, the end, or ``over``."""
        while not (self._written or self._ended or over()):
            self._more.clear()
            await _wait(self._more, over)

    async def send(self, send: Send, gone: Callable[[], bool]) -> bool:
        """Whether everything was sent."""
        while not gone():
            self._more.clear()
            piece = os.pread(self._file.fileno(), PIECE, self._read)
            if piece:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                self._advance(len(piece))
            elif self._ended and self._read == self._written:
                if not self._failed:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
                return not self._failed
            else:
                await _wait(self._more, gone)
        return False

    def _advance(self, size: int) -> None:
        with self._ahead.changed:
            self._read += size
            self._ahead.held -= size
            self._ahead.changed.notify_all()

    def close(self) -> None:
        """The sender has ended; the thread is told, and leaves at its next piece."""
        with self._ahead.changed:
            self._ahead.held -= self._written - self._read
            self._closed = True
            self._ahead.changed.notify_all()

    def forget(self) -> None:
        """Thread and sender have both ended."""
        self._file.close()


async def _wait(more: asyncio.Event, gone: Callable[[], bool]) -> None:
    """Until there is more, looking now and then whether anybody is still there."""
    while not more.is_set() and not gone():
        try:
            async with asyncio.timeout(1):
                await more.wait()
        except TimeoutError:
            continue


def _pieces(result: Any) -> Iterator[bytes]:
    """Not empty, and none much larger than a piece."""
    for piece in result:
        for start in range(0, len(piece), PIECE):
            yield piece[start : start + PIECE]
