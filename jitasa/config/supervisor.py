"""Keeps processes running: whatever ends is started again, at once the first time, then ever later, for ever."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import FrameType

from jitasa.heartbeat import SUPERVISOR, Heart, last

STEADY_SECONDS = 60.0  # who ran this long is taken for healthy again
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0
STOP_SECONDS = 12.0
BEAT_SECONDS = 2.0
LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Program:
    """What to start. ``silent_seconds``: without a heartbeat for so long it hangs, and is killed.

    ``once``: it has done its work when it ends well, and is started again only when it does not. ``after``: names
    of such programs that must have done theirs before.
    """

    name: str
    command: Sequence[str]
    pass_fds: Sequence[int] = ()
    silent_seconds: float = 0.0
    once: bool = False
    after: Sequence[str] = ()


class Kept:
    """One program and its process, if it runs."""

    def __init__(self, program: Program, say: Callable[[str], None]) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0
        self.last_end = ""
        self.done = False
        self._say = say
        self._began = 0.0
        self._quick = 0
        self._start_at = 0.0

    @property
    def runs(self) -> bool:
        return self.process is not None

    def tend(self, now: float) -> None:
        """Start it when its time has come; notice its end; kill it when it hangs."""
        if self.process is None:
            if now >= self._start_at and not self.done:
                self._start(now)
            return
        code = self.process.poll()
        if code is not None:
            self._ended(code, now)
        elif self._hangs(now):
            self._say(f"{self.program.name} (pid {self.process.pid}) gives no sign of life; killing it")
            self.process.kill()

    def _start(self, now: float) -> None:
        try:
            self.process = subprocess.Popen(  # noqa: S603 (ours)
                self.program.command,
                # A group of its own: Ctrl+C of the terminal must not reach it beside our signal.
                process_group=0,
                pass_fds=self.program.pass_fds,
                env={**os.environ, "JITASA_NAME": self.program.name, SUPERVISOR: str(os.getpid())},
            )
        except OSError as error:  # no memory, no more processes: later
            self._wait(now, f"could not be started: {error}")
            return
        self._began = now
        self._say(f"{self.program.name} started (pid {self.process.pid})")

    def _ended(self, code: int, now: float) -> None:
        pid = self.process.pid if self.process else 0
        self.process = None
        if self.program.once and code == 0:
            self.done = True
            self._say(f"{self.program.name} (pid {pid}) has done its work")
            return
        how = f"was killed by {_signal_name(-code)}" if code < 0 else f"ended with code {code}"
        self._quick = 0 if now - self._began >= STEADY_SECONDS else self._quick + 1
        self.restarts += 1
        self._wait(now, f"(pid {pid}) {how}")

    def _wait(self, now: float, what: str) -> None:
        seconds = min(LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, min(self._quick, 12) - 1))
        self._start_at = now + seconds
        self.last_end = what
        self._say(f"{self.program.name} {what}; starting again in {seconds:.1f} s")

    def _hangs(self, now: float) -> bool:
        limit = self.program.silent_seconds
        if not limit or now - self._began < limit or self.process is None:
            return False
        beat = last(self.program.name)
        return beat is not None and beat.pid == self.process.pid and beat.age > limit

    def state(self) -> dict[str, object]:
        return {
            "pid": self.process.pid if self.process else None,
            "restarts": self.restarts,
            "last_end": self.last_end,
        }


class Supervisor:
    """Runs ``programs`` until told to stop by SIGINT or SIGTERM."""

    def __init__(self, programs: Sequence[Program], say: Callable[[str], None] | None = None) -> None:
        self._say = say or _say
        self.kept = [Kept(program, self._say) for program in programs]
        self._heart = Heart("supervisor")
        self._asked = False

    def run(self) -> None:
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        beat_at = 0.0
        while not self._asked:
            now = time.monotonic()
            self.tend(now)
            if now >= beat_at:
                self._heart.beat(programs={kept.program.name: kept.state() for kept in self.kept})
                beat_at = now + BEAT_SECONDS
            time.sleep(LOOK_SECONDS)
        self._end_all()
        self._heart.end()

    def tend(self, now: float) -> None:
        """Look after every program whose turn has come."""
        done = {kept.program.name for kept in self.kept if kept.done}
        for kept in self.kept:
            if done.issuperset(kept.program.after):
                kept.tend(now)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True

    def _end_all(self) -> None:
        """Ask everybody to finish; whoever does not within ``STOP_SECONDS`` is killed."""
        running = {kept.program.name: kept.process for kept in self.kept if kept.process is not None}
        for process in running.values():
            process.terminate()
        began = time.monotonic()
        while running and time.monotonic() - began < STOP_SECONDS:
            for name in [name for name, process in running.items() if process.poll() is not None]:
                process = running.pop(name)
                self._say(f"{name} (pid {process.pid}) stopped after {time.monotonic() - began:.1f} s")
            time.sleep(LOOK_SECONDS / 4)
        for name, process in running.items():
            self._say(f"{name} (pid {process.pid}) did not stop in {STOP_SECONDS:.0f} s; killing it")
            process.kill()
            process.wait()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _say(line: str) -> None:
    """One line for the system's log. A log that is gone must not end the site."""
    try:
        sys.stderr.write(f"{datetime.now(UTC).isoformat(timespec='milliseconds')} supervisor: {line}\n")
        sys.stderr.flush()
    except OSError:
        return
