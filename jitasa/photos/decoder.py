"""The decoder process as its callers see it: orders go in, outcomes come back, nothing waits for ever.

``decode.py`` runs outside the project with an environment of its own (no secrets). One ``Decoder`` owns one
such process, started when first needed and again when it is gone.
"""

import contextlib
import itertools
import json
import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jitasa.photos import decode

# Measured with 48 megapixels: JPEG, WebP and HEIC in 0.5 GB of address space, an interlaced 16-bit PNG in 1.
MEMORY = 3 * 512 * 1024**2
PROCESSOR_SECONDS = 60
WALL_SECONDS = 120
# The process itself kills what is overdue; when it does not say so in time it is itself gone wrong.
GRACE_SECONDS = 10
ENVIRONMENT = {
    "PATH": os.defpath,
    "VIPS_BLOCK_UNTRUSTED": "1",
    "VIPS_CONCURRENCY": "1",
    # A child lives for one picture: memory is taken in large pages and given back at its end. Without this
    # it spends a fifth of its time on page faults (10,000 a picture instead of 1,000).
    "GLIBC_TUNABLES": (
        "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.top_pad=33554432"
        ":glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=1073741824"
    ),
}


@dataclass(frozen=True)
class Order:
    """One picture to decode: its file and format, where copies go, their long sides by name, areas to blur."""

    source: Path
    format: str
    target: Path
    sizes: dict[str, int]
    blurs: list[list[float]] = field(default_factory=list)


@dataclass(frozen=True)
class DecodeOutcome:
    """How an order ended. ``exit``: that of the child process, negative for a signal, None: decoder lost."""

    order_id: int
    exit: int | None
    answer: dict[str, Any] = field(default_factory=dict)
    overdue: bool = False


class Decoder:
    """A decoder process and the orders it is busy with. Used by one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._unread = b""
        self._ids = itertools.count(1)
        self._busy: dict[int, float] = {}  # order id → when it must be back, by the monotonic clock

    def submit(self, order: Order) -> int:
        """Send an order; answers its id.

        :raises OSError: no process could be started.
        """
        process = self._running()
        order_id = next(self._ids)
        message = {
            "id": order_id,
            "source": str(order.source),
            "format": order.format,
            "target": str(order.target),
            "sizes": order.sizes,
            "blurs": order.blurs,
            "memory": MEMORY,
            "seconds": PROCESSOR_SECONDS,
            "wall": WALL_SECONDS,
        }
        self._busy[order_id] = time.monotonic() + WALL_SECONDS + GRACE_SECONDS
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the next ``wait`` says that every order is lost
            process.stdin.write(json.dumps(message).encode() + b"\n")
            process.stdin.flush()
        return order_id

    def wait(self, seconds: float) -> list[DecodeOutcome]:
        """Outcomes that came within ``seconds``; empty when none did. Lost orders end with ``exit=None``."""
        if not self._busy or self._process is None:
            return self._lost()
        assert self._process.stdout is not None
        ready, _writable, _failed = select.select([self._process.stdout], [], [], seconds)
        if ready:
            data = os.read(self._process.stdout.fileno(), 1 << 16)
            if not data:
                return self._lost()
            *lines, self._unread = (self._unread + data).split(b"\n")
            return [self._outcome(json.loads(line)) for line in lines]
        if min(self._busy.values()) < time.monotonic():
            return self._lost()
        return []

    def run(self, order: Order) -> DecodeOutcome:
        """Send one order and wait for its outcome."""
        order_id = self.submit(order)
        while True:
            for outcome in self.wait(GRACE_SECONDS):
                if outcome.order_id == order_id:
                    return outcome

    def pid(self) -> int:
        """The process id of the decoder, started when it is not running."""
        return self._running().pid

    def close(self) -> None:
        """End the process and whatever it is at."""
        process, self._process = self._process, None
        self._unread = b""
        self._busy.clear()
        if process is None or self._owner != os.getpid():
            return
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()  # the end of its input: it ends its children, then itself
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started when there is none, it has ended, or it belongs to the parent of a fork."""
        alive = self._process is not None and self._process.poll() is None
        if self._process is not None and alive and self._owner == os.getpid():
            return self._process
        if self._process is not None and not self._busy:
            self.close()
        if self._process is None:
            self._owner = os.getpid()
            self._process = subprocess.Popen(  # noqa: S603 (our own program, no shell)
                [sys.executable, "-I", str(Path(decode.__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=ENVIRONMENT,
                cwd=os.sep,
            )
        return self._process

    def _outcome(self, message: dict[str, Any]) -> DecodeOutcome:
        self._busy.pop(message["id"], None)
        return DecodeOutcome(message["id"], message["exit"], message["answer"], message["overdue"])

    def _lost(self) -> list[DecodeOutcome]:
        """The process is gone or does not answer: end it, and say so of every order it had."""
        lost = [DecodeOutcome(order_id, None) for order_id in self._busy]
        self.close()
        return lost


_shared = Decoder()
_lock = threading.Lock()


def decode_one(order: Order) -> DecodeOutcome:
    """Decode one picture through this process's own decoder, one at a time."""
    with _lock:
        return _shared.run(order)
