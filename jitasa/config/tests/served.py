"""Real processes for tests: a web process on a socket of its own, and what clients do to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


def python_path() -> str:
    """``PYTHONPATH`` for a process of its own: this code first, then what the tests were given."""
    root = str(Path(__file__).resolve().parents[3])
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))


def environment(folder: Path, **given: str) -> dict[str, str]:
    """As an operator would set it: data in ``folder``, SQLite unless given otherwise."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JITASA_", "DJANGO_"))}
    return {
        **kept,
        "PYTHONPATH": python_path(),
        "JITASA_DATA_DIR": str(folder),
        "JITASA_DATABASE_URL": "",
        "JITASA_DATABASE_POOLED": os.environ.get("JITASA_DATABASE_POOLED", "0"),
        "DJANGO_SETTINGS_MODULE": "jitasa.config.settings",
        **given,
    }


@contextmanager
def web_process(env: dict[str, str]) -> Iterator[int]:
    """One web process; gives its port when it answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        descriptor = listener.fileno()
        process = subprocess.Popen(
            [sys.executable, "-m", "jitasa.config.web", str(descriptor)], pass_fds=(descriptor,), env=env
        )
        port = int(listener.getsockname()[1])
        try:
            wait_until(lambda: answers(port), 90, "the web process to answer")
            yield port
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until(true: object, seconds: float, what: str) -> None:
    due = time.monotonic() + seconds
    while time.monotonic() < due:
        if true():  # type: ignore[operator]  # a call without arguments
            return
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s for {what}")


def answers(port: int, path: str = "/healthz") -> bool:
    try:
        return bool(get(port, path, seconds=5))
    except OSError:
        return False


def connect(port: int, seconds: float = 10) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), seconds)


def get(port: int, path: str = "/healthz", *, seconds: float = 30, headers: str = "") -> bytes:
    """The whole answer to one request on a connection of its own."""
    with connect(port, seconds) as client:
        client.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n".encode()
        )
        return rest(client)


def post(port: int, path: str, body: bytes, *, headers: str = "") -> bytes:
    with connect(port, 30) as client:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        )
        client.sendall(f"{head}{headers}\r\n".encode() + body)
        return rest(client)


def rest(client: socket.socket) -> bytes:
    """Everything until the other side closes (or cuts)."""
    got = bytearray()
    try:
        while piece := client.recv(65_536):
            got += piece
    except ConnectionResetError:
        pass
    return bytes(got)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0
