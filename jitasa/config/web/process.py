"""Serves the site in this process on sockets that somebody else listens with."""

import asyncio
import gc
import os
import signal
import socket
import sys
from types import FrameType

import uvicorn
from django.conf import settings
from django.urls import get_resolver

from jitasa import clock
from jitasa.config import replica
from jitasa.config.garbage import stays
from jitasa.config.web.connections import GuardedProtocol, Watch
from jitasa.config.web.front import Front
from jitasa.config.web.limits import Limits, from_environment
from jitasa.heartbeat import Heart, orphaned

BEAT_TICKS = 20  # of a tenth of a second
STOP_SECONDS = 8
# A thread that has its answer from the database gets the interpreter back so soon, not after Python's 5 ms: it
# may hold a lock that others wait for.
SWITCH_SECONDS = 0.0005
UNSENT_BYTES = 128 * 1024  # what the system takes of one answer beyond what its reader has room for


class Site(uvicorn.Server):
    """uvicorn's server with the watch over connections and the heartbeat in its tick."""

    def __init__(self, config: uvicorn.Config, front: Front, watch: Watch) -> None:
        super().__init__(config)
        self._front, self._watch = front, watch
        self._heart = Heart(os.environ.get("JITASA_NAME", "web"))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 (uvicorn's signature)
        self.should_exit = True
        self._front.bodies.cut_unfinished()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn's; connections stay under watch, and one that still came in without a request is let go."""
        self._watch.stopping = True
        sweeping = asyncio.ensure_future(self._sweep_on())
        try:
            await super().shutdown(sockets)
        finally:
            sweeping.cancel()

    async def _sweep_on(self) -> None:
        while True:
            await asyncio.sleep(1)
            self._watch.sweep()

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            self._watch.sweep()
        if counter % BEAT_TICKS == 0:
            self._heart.beat(**self._front.state(), **replica.state(), connections=len(self._watch.all))
            if orphaned():  # make room for what the next supervisor brings
                self.handle_exit(signal.SIGTERM, None)
        return bool(await super().on_tick(counter))


def take_little_ahead(listener: socket.socket) -> None:
    """Accepted connections buffer little that cannot be sent yet; how much is on its way stays the system's choice.

    Without it Linux takes 3 MB of every answer that nobody reads, and copying that for 200 readers at once
    is time which all others wait for.
    """
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)


def serve(sockets: list[socket.socket], limits: Limits | None = None) -> int:
    """Until told to stop; requests in flight are finished. Returns the exit code."""
    from jitasa.config.wsgi import application  # noqa: I001 (sets Django up)
    from jitasa.activities.services.gathering import GATHERING
    from jitasa.photos.services.own_disk import keep_tidy
    from jitasa.ui.kept import RENEWAL

    limits = limits or from_environment()
    for listener in sockets:
        take_little_ahead(listener)
    clock.watch()
    replica.watch()
    keep_tidy()
    get_resolver()._populate()  # every view is imported before the first reader waits for it
    _tune()
    GATHERING.on = limits.gathers
    RENEWAL.on = True
    # Nobody needs a signal to be told that a reader hung up.
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)

    async def run() -> None:
        front = Front(application, limits)
        watch = Watch(limits, behind_proxy=settings.BEHIND_PROXY)
        GuardedProtocol.watch = watch
        config = uvicorn.Config(
            front,
            http=GuardedProtocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            proxy_headers=False,  # ``ProxyAddress`` reads them, where the operator says so
            server_header=False,
            log_config=None,
            access_log=False,
            timeout_keep_alive=limits.idle_seconds,
            timeout_graceful_shutdown=STOP_SECONDS,
            backlog=2048,
        )
        await Site(config, front, watch).serve(sockets)

    asyncio.run(run())
    return 0


def _tune() -> None:
    """What was imported stays for good: the garbage collector need not look at it again."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    stays()
