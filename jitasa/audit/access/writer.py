"""Writes the lines: one file for each process and day, no lock between processes, no database."""

import errno
import logging
import os
import re
import secrets
import socket
import threading
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings

from jitasa.audit.access.files import folder, sealed
from jitasa.thai.dates import today

log = logging.getLogger(__name__)
COMPLAIN_EVERY = 60  # seconds
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class _OpenFile:
    """The end of one file: where it is, what the last line's mac was."""

    def __init__(self, where: str, day: date, now: datetime, after: "list[Any] | None") -> None:
        self.where, self.day, self.pid = where, day, os.getpid()
        host = re.sub(r"[^\w-]", "_", socket.gethostname())[:40] or "host"
        self.name = f"access-{day:%Y-%m-%d}-{host}-{self.pid}-{secrets.token_hex(3)}.jsonl"
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
        self.descriptor = os.open(place / self.name, flags, 0o600)
        self.number, self.mac, self.size = -1, "", 0
        self.append(
            {
                "at": _moment(now),
                "file": self.name,
                "site": settings.SITE_URL,
                "pid": self.pid,
                "after": after,
            }
        )

    def append(self, fields: dict[str, Any]) -> None:
        """Add a line whole or not at all. :raises OSError: it could not be written."""
        line, mac = sealed({"n": self.number + 1, **fields}, self.mac)
        data = f"{line}\n".encode()
        try:
            written = os.write(self.descriptor, data)
            if written != len(data):
                raise OSError(errno.ENOSPC, "line cut off")
        except OSError as error:
            self._take_back(error)
            raise
        self.number, self.mac, self.size = self.number + 1, mac, self.size + len(data)

    def _take_back(self, error: OSError) -> None:
        try:
            os.ftruncate(self.descriptor, self.size)
        except OSError:
            raise OSError(errno.EIO, "half a line stays") from error

    def close(self) -> list[Any]:
        """Name, last number and mac, for the first line of the next file."""
        os.close(self.descriptor)
        return [self.name, self.number, self.mac]


class AccessLogWriter:
    """The access log of this process. A disk that is full or gone costs lines, never an answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: _OpenFile | None = None
        self._lost, self._complained = 0, 0.0

    def write(self, fields: dict[str, Any], now: datetime) -> None:
        """Append one line; lines lost before it are counted in it (``lost``)."""
        with self._lock:
            try:
                self._current(now).append(
                    {"at": _moment(now), **fields, **({"lost": self._lost} if self._lost else {})}
                )
                self._lost = 0
            except OSError as error:
                self._lose(error, now)

    def _current(self, now: datetime) -> _OpenFile:
        where, day = str(settings.ACCESS_LOG_DIR), today(now)
        file, after = self._file, None
        if file is not None and (file.pid, file.where, file.day) == (os.getpid(), where, day):
            return file
        if file is not None:
            self._file = None
            end = file.close()
            # A forked child does not speak for its parent's file, nor one folder for another.
            after = end if (file.pid, file.where) == (os.getpid(), where) else None
        self._file = _OpenFile(where, day, now, after)
        return self._file

    def _lose(self, error: OSError, now: datetime) -> None:
        self._lost += 1
        if self._file is not None and error.errno not in NO_ROOM:
            with suppress(OSError):
                self._file.close()
            self._file = None  # begin another file with the next line
        if now.timestamp() - self._complained >= COMPLAIN_EVERY:
            self._complained = now.timestamp()
            log.error("access log: %s lines lost so far (%s)", self._lost, error)


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="milliseconds")


WRITER = AccessLogWriter()
