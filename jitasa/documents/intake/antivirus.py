"""ClamAV, where the operator has one: ``JITASA_CLAMD`` names its daemon, a socket's path or ``host:port``."""

import socket
import struct
from pathlib import Path

from django.conf import settings

from jitasa.documents.intake.types import NOT_SCANNED, VIRUS, NotTaken

SECONDS = 20
CHUNK = 64 * 1024


def scan(path: Path) -> None:
    """Have a file scanned (``INSTREAM`` of clamd). Nothing is done where no daemon is set.

    :raises NotTaken: something was found; or the daemon does not answer, because an unscanned file is not sent on.
    """
    if not settings.CLAMD:
        return
    try:
        answer = _ask(path)
    except OSError as error:
        raise NotTaken(NOT_SCANNED) from error
    if answer.endswith("FOUND"):
        raise NotTaken(VIRUS)
    if not answer.endswith("OK"):
        raise NotTaken(NOT_SCANNED)


def _ask(path: Path) -> str:
    with _connection() as daemon, path.open("rb") as file:
        daemon.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            daemon.sendall(struct.pack(">I", len(chunk)) + chunk)
        daemon.sendall(struct.pack(">I", 0))
        return _line(daemon).decode("utf-8", "replace")


def _line(daemon: socket.socket) -> bytes:
    """The answer up to its NUL; it may come in pieces."""
    answer = b""
    while b"\0" not in answer and len(answer) < 4096 and (piece := daemon.recv(4096)):
        answer += piece
    return answer.partition(b"\0")[0].rstrip(b"\n")


def _connection() -> socket.socket:
    where: str = settings.CLAMD
    if where.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(where)
        return connection
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
