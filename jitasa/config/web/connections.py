"""Connections under watch: a head that does not come, an answer nobody reads, too many at once.

Built on uvicorn's protocol (parser httptools), which has no such limits of its own; the version is pinned
and ``tests/test_web_stall.py`` holds every one of them over real sockets.
"""

import asyncio
import time
from collections import defaultdict
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from jitasa.config.web.limits import Limits

LAST_CALL_SECONDS = 0.5
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Watch:
    """All connections of this process, oldest first."""

    def __init__(self, limits: Limits, *, behind_proxy: bool) -> None:
        self.limits = limits
        self.behind_proxy = behind_proxy
        self.stopping = False
        self.all: dict[GuardedProtocol, None] = {}
        self.of: defaultdict[str, dict[GuardedProtocol, None]] = defaultdict(dict)

    def enter(self, connection: "GuardedProtocol") -> None:
        """Take it in. Where there are too many, one that stalls gives way; if none does, this one."""
        mine = self.of[connection.address]
        if not self.behind_proxy and len(mine) >= self.limits.connections_of_address:
            _give_way(mine, connection)
        if len(self.all) >= self.limits.connections:
            _give_way(self.all, connection)
        if not connection.gone:
            self.all[connection] = mine[connection] = None

    def leave(self, connection: "GuardedProtocol") -> None:
        self.all.pop(connection, None)
        mine = self.of[connection.address]
        mine.pop(connection, None)
        if not mine:
            del self.of[connection.address]

    def sweep(self) -> None:
        """Once a second: cut those whose time is over."""
        now = time.monotonic()
        for connection in list(self.all):
            connection.look(now)


def _give_way(among: dict["GuardedProtocol", None], newcomer: "GuardedProtocol") -> None:
    for connection in among:
        if connection.stalls and not connection.gone:
            connection.cut()
            return
    newcomer.cut()


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol; ``watch`` is set by the process before it serves."""

    watch: Watch

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.address = ""
        self._head_since: float | None = None
        self._head_bytes = 0
        self._stuck: tuple[float, int] | None = None

    @property
    def gone(self) -> bool:
        return self.transport is None or self.transport.is_closing()

    @property
    def stalls(self) -> bool:
        """Waits for its client: for a head or a body, or kept for a next request."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def cut(self) -> None:
        """End it at once; what was not read is lost."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn types it
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._head_since = time.monotonic()
        self.watch.enter(self)
        if self.watch.stopping:  # accepted at the last moment: its request is answered, if it brings one
            self.loop.call_later(LAST_CALL_SECONDS, self._let_go)

    def _let_go(self) -> None:
        if not self.gone:
            self.shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        self.watch.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head_since is None and (self.cycle is None or self.cycle.response_complete):
            self._head_since, self._head_bytes = time.monotonic(), 0
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_since is None or self._head_bytes <= self.watch.limits.head_bytes or self.gone:
            return
        self.transport.write(TOO_LONG)
        self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._head_since is None:
            self._head_since, self._head_bytes = time.monotonic(), 0
        self.scope["jitasa.connection"] = self  # type: ignore[typeddict-unknown-key]

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._head_since is not None:  # what comes after a chunked body is not read
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_since, self._head_bytes = None, 0
        super().on_headers_complete()

    def look(self, now: float) -> None:
        """Cut it when the head takes too long, or when nothing of an answer was read for too long."""
        if self._head_since is not None and now - self._head_since > self.watch.limits.head_seconds:
            self.cut()
            return
        left = self.transport.get_write_buffer_size()
        if not left:
            self._stuck = None
        elif self._stuck is None or left < self._stuck[1]:
            self._stuck = (now, left)
        elif now - self._stuck[0] > self.watch.limits.write_seconds:
            self.cut()
