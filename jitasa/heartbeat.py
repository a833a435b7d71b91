"""Signs of life, as small files in the data folder: they are written and read also when the database is gone.

``<data>/run/<host>.<name>.json`` holds what a process said last. Ages on the same machine since it was
started are taken from a clock that nobody can set (CLOCK_BOOTTIME), others from the time of day.
"""

import contextlib
import json
import os
import signal
import socket
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FORGOTTEN_SECONDS = 7 * 24 * 3600
SUPERVISOR = "JITASA_SUPERVISOR"  # the variable in which a supervisor tells its processes who it is
BEAT_SECONDS = 2.0


def folder() -> Path:
    return Path(settings.DATA_DIR) / "run"


@cache
def host() -> str:
    """This machine among those that share the data folder: its own name, or what ``JITASA_HOST`` calls it."""
    name = os.environ.get("JITASA_HOST", "").strip() or socket.gethostname()
    return "".join(c if c.isalnum() or c == "-" else "-" for c in name)[:40] or "host"


@cache
def boot() -> str:
    """Names this start of the machine; empty where the kernel does not tell."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return ""


def since_boot() -> float:
    """Seconds since the machine was started, sleep included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True)
class Beat:
    """What a process said last, and how many seconds ago."""

    name: str
    host: str
    pid: int
    age: float
    at: float  # seconds of the epoch, by the clock of that moment
    boot: str
    since_boot: float
    said: dict[str, Any]


class Heart:
    """Writes the signs of life of one process."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def path(self) -> Path:
        return folder() / f"{host()}.{self.name}.json"

    def beat(self, **said: Any) -> None:
        self._write(time.time(), said)

    def beat_believing(self, at: float, **said: Any) -> None:
        """The same while the machine's clock is wrong: ``at`` is the time it ought to be."""
        self._write(at, said)

    def _write(self, at: float, said: dict[str, Any]) -> None:
        """A disk that is full or gone must not stop the one who lives."""
        facts = {
            "name": self.name,
            "host": host(),
            "pid": os.getpid(),
            "at": at,
            "boot": boot(),
            "since_boot": since_boot(),
            "said": said,
        }
        with contextlib.suppress(OSError):
            folder().mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self.path.with_suffix(f".{os.getpid()}.new")
            draft.write_text(json.dumps(facts), "utf-8")
            draft.replace(self.path)

    def end(self) -> None:
        """Ended as told: nobody need miss it."""
        with contextlib.suppress(OSError):
            self.path.unlink()


def orphaned() -> bool:
    """Whether the supervisor that started this process is gone, also when it went before this process looked.

    The next supervisor brings processes of its own. A process started by hand has none to lose.
    """
    supervisor = os.environ.get(SUPERVISOR)
    return supervisor is not None and supervisor != str(os.getppid())


def keep_beating(name: str) -> None:
    """Say every two seconds that this process lives; end it when its supervisor was killed.

    Without a supervisor (``jitasa worker``) the name is made here.
    """
    heart = Heart(os.environ.get("JITASA_NAME", f"{name}-{os.getpid()}"))

    def beat() -> None:
        while True:
            heart.beat()
            if orphaned():
                os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(BEAT_SECONDS)

    threading.Thread(target=beat, daemon=True).start()


def beats() -> list[Beat]:
    """All that have said something within a week, by host and name."""
    try:
        paths = sorted(folder().glob("*.json"))
    except OSError:
        return []
    read = (_read(path) for path in paths)
    return [beat for beat in read if beat is not None and beat.age < FORGOTTEN_SECONDS]


def last(name: str) -> Beat | None:
    """What the process of this name said last on this machine."""
    return _read(folder() / f"{host()}.{name}.json")


def _read(path: Path) -> Beat | None:
    try:
        facts = json.loads(path.read_text("utf-8"))
        same = facts["boot"] == boot() and facts["host"] == host() and bool(boot())
        age = since_boot() - facts["since_boot"] if same else time.time() - facts["at"]
        return Beat(
            name=facts["name"],
            host=facts["host"],
            pid=int(facts["pid"]),
            age=max(0.0, age),
            at=float(facts["at"]),
            boot=facts["boot"],
            since_boot=float(facts["since_boot"]),
            said=dict(facts["said"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
