"""How others fare while 200 clients stall: in headers, in the body, in reading the answer.

    python -m bench.stall                 # the product as it is served
    python -m bench.stall granian         # as it was served before (needs the package granian)
    python -m bench.stall waitress        # other candidates, each needs its package: gthread (gunicorn),
                                          # hypercorn, granian-asgi, uvicorn (with Django's own ASGI)

Prints milliseconds of other people's requests (median, 95th percentile, longest) before and during.
``STALL_CLIENTS=200 STALL_SECONDS=5``.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

CLIENTS = int(os.environ.get("STALL_CLIENTS", "200"))
SECONDS = float(os.environ.get("STALL_SECONDS", "5"))
GIVEN_UP = 10.0
PATHS = ("/", "/accounts/login/")
JITASA = [sys.executable, "-m", "jitasa.config"]
WSGI = "jitasa.config.wsgi:application"
ASGI = "bench.django_asgi:application"
COMMANDS = {
    "jitasa": [*JITASA, "serve", "--web-only", "--port", "{port}"],
    "granian": [
        "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", "{port}", "--workers", "2",
        "--blocking-threads", "1", "--log-level", "warning", WSGI,
    ],
    "waitress": [sys.executable, "-m", "waitress", "--threads", "4", "--listen", "127.0.0.1:{port}", WSGI],
    "granian-asgi": [
        "granian", "--interface", "asginl", "--no-ws", "--host", "127.0.0.1", "--port", "{port}", "--workers", "2",
        "--log-level", "warning", ASGI,
    ],
    "uvicorn": [
        sys.executable, "-m", "uvicorn", "--workers", "2", "--host", "127.0.0.1", "--port", "{port}", "--lifespan",
        "off", "--log-level", "warning", ASGI,
    ],
    "hypercorn": [
        sys.executable, "-m", "hypercorn", "--workers", "2", "--bind", "127.0.0.1:{port}", "--log-level", "warning",
        f"wsgi:{WSGI}",
    ],
    "gthread": [
        sys.executable, "-m", "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "-b", "127.0.0.1:{port}",
        WSGI,
    ],
}  # fmt: skip
LARGE = 20_000_000
STALLED_FROM = "127.0.0.2"
BEGINNINGS = {
    "headers": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    # With the cookie Django reads the body for the form's token; without it nobody would wait for it.
    "body": b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken="
    + b"a" * 32
    + b"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlogin=",
    "reading": b"GET /static/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "jitasa"
    with (
        tempfile.TemporaryDirectory(prefix="jitasa-stall-") as folder,
        served(COMMANDS[name], Path(folder)) as port,
    ):
        report(name, port)
    return 0


def report(name: str, port: int) -> None:
    print(f"{name}: {CLIENTS} stalled clients; milliseconds of others (median, p95, longest; n; lost)")
    for path in PATHS:
        measure(port, path)  # warm
    print(line("before", port), flush=True)
    for kind in BEGINNINGS:
        with stalled(port, kind):
            print(line(kind, port), flush=True)
    print(line("after", port))
    print(f"requests a second, 8 clients, {PATHS[1]}: {rate(port, PATHS[1]):.0f}")


@contextmanager
def served(command: list[str], folder: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    env = {**os.environ, "JITASA_DATA_DIR": str(folder), "JITASA_DATABASE_URL": ""}
    for arguments in (
        ["migrate", "--verbosity", "0"],
        ["install"],
        ["collectstatic", "--no-input", "-v", "0"],
    ):
        subprocess.run([*JITASA, *arguments], env=env, check=True, stdout=subprocess.DEVNULL)
    (folder / "static" / "large.bin").write_bytes(bytes(LARGE))
    env["DJANGO_SETTINGS_MODULE"] = "jitasa.config.settings"
    server = subprocess.Popen([part.format(port=port) for part in command], env=env)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int) -> None:
    for _ in range(600):
        if seconds_of(port, "/accounts/login/") is not None:
            return
        time.sleep(0.2)
    raise SystemExit("the server does not answer")


@contextmanager
def stalled(port: int, kind: str) -> Iterator[None]:
    """From another address than the others; they begin while the others are measured already."""
    with ExitStack() as stack:

        def stall() -> None:
            for _ in range(CLIENTS):
                client = stack.enter_context(socket.socket())
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                client.settimeout(5)
                try:
                    client.bind((STALLED_FROM, 0))
                    client.connect(("127.0.0.1", port))
                    client.sendall(BEGINNINGS[kind])
                except OSError:
                    continue

        beginning = threading.Thread(target=stall)
        beginning.start()
        try:
            yield
        finally:
            beginning.join()


def seconds_of(port: int, path: str) -> float | None:
    """One request on a connection of its own; ``None`` when it was not answered in time."""
    began = time.perf_counter()
    try:
        with socket.create_connection(("127.0.0.1", port), GIVEN_UP) as client:
            client.settimeout(GIVEN_UP)
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            first = client.recv(65_536)
            while client.recv(65_536):
                pass
    except OSError:
        return None
    return time.perf_counter() - began if b" 200 " in first[:20] else None


def measure(port: int, path: str) -> tuple[list[float], int]:
    """Milliseconds of those answered within ``SECONDS``, and how many were not answered."""
    found, lost, due = [], 0, time.monotonic() + SECONDS
    while time.monotonic() < due:
        seconds = seconds_of(port, path)
        if seconds is None:
            lost += 1
        else:
            found.append(seconds * 1000)
    return found, lost


def line(label: str, port: int) -> str:
    parts = [f"{label:<8}"]
    for path in PATHS:
        found, lost = measure(port, path)
        if len(found) > 1:
            p95 = statistics.quantiles(found, n=20)[-1]
            times = f"{statistics.median(found):7.1f}{p95:8.1f}{max(found):8.1f}"
        else:
            times = f"{'-':>7}{'-':>8}{'-':>8}"
        parts.append(f"{path:<17}{times}  n={len(found)} lost={lost}")
    return "  ".join(parts)


def rate(port: int, path: str) -> float:
    counts = [0] * 8

    def ask(number: int) -> None:
        due = time.monotonic() + SECONDS
        while time.monotonic() < due:
            counts[number] += seconds_of(port, path) is not None

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


if __name__ == "__main__":
    sys.exit(main())
