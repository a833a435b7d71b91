"""Streams, the pool of bodies and the stop, over real sockets: the front with a site of a few views."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.tests.front_urls import LARGE, PIECE, PIECES
from jitasa.config.tests.served import answers, connect, environment, get, post, rest, status, wait_until

LIMITS = {
    "write_seconds": 6, "stream_ahead": 2_000_000, "stream_ahead_all": 30_000_000, "streams": 4,
    "body_memory": 3_000_000, "connections": 300,
}  # fmt: skip
QUICK = 5.0  # seconds; who waited for a reader that does not read would wait "write_seconds"


@dataclass
class Site:
    process: "subprocess.Popen[bytes]"
    port: int
    folder: Path
    log: Path


@contextmanager
def front_site(folder: Path, **limits: Any) -> Iterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as listener, (folder / "log").open("wb") as log:
        descriptor = str(listener.fileno())
        arguments = [sys.executable, "-m", "jitasa.config.tests.front_site", descriptor, json.dumps(limits)]
        env = environment(folder, JITASA_DEBUG="1")
        process = subprocess.Popen(arguments, pass_fds=(listener.fileno(),), env=env, stderr=log)
        site = Site(process, int(listener.getsockname()[1]), folder, folder / "log")
        try:
            wait_until(lambda: answers(site.port, "/size/"), 90, "the site to answer")
            yield site
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with front_site(tmp_path_factory.mktemp("front"), **LIMITS) as site:
        yield site


def unchunked(answer: bytes) -> tuple[bytes, bool]:
    """The body of a chunked answer, and whether its end came."""
    left = answer.split(b"\r\n\r\n", 1)[1]
    body = bytearray()
    while left:
        line, _sep, left = left.partition(b"\r\n")
        length = int(line, 16)
        if not length:
            return bytes(body), True
        body += left[:length]
        left = left[length + 2 :]
    return bytes(body), False


def test_a_streamed_answer_comes_whole(site: Site) -> None:
    answer = get(site.port, "/whole/")
    assert status(answer) == 200
    assert unchunked(answer) == (PIECE * PIECES, True)


def test_a_stream_that_fails_half_way_has_no_end(site: Site) -> None:
    """The reader must see that something is missing."""
    body, ended = unchunked(get(site.port, "/broken/"))
    assert len(body) <= len(PIECE)
    assert not ended
    wait_until(lambda: "half-way" in site.log.read_text(), 10, "the log to say so")


def test_streams_nobody_reads_hold_up_no_page_and_are_ended(site: Site) -> None:
    before = len(list(site.folder.glob("ended-*")))
    with ExitStack() as stack:
        for _ in range(LIMITS["streams"]):
            client = stack.enter_context(connect(site.port))
            client.sendall(b"GET /endless/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert client.recv(1000)
        began = time.monotonic()
        assert status(get(site.port, "/size/")) == 200
        assert time.monotonic() - began < QUICK
        wait_until(
            lambda: len(list(site.folder.glob("ended-*"))) == before + LIMITS["streams"],
            30,
            "the makers to end",
        )
    assert status(get(site.port, "/whole/")) == 200  # their threads are free again


def test_when_bodies_fill_the_pool_the_oldest_unfinished_ones_are_cut(site: Site) -> None:
    head = b"POST /size/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n"
    with ExitStack() as stack:
        stalled = []
        for _ in range(4):  # 3.6 MB where 3 MB may be held
            client = stack.enter_context(connect(site.port))
            client.sendall(head + bytes(900_000))
            stalled.append(client)
            time.sleep(0.3)
        assert rest(stalled[0]) == b""
        answer = post(site.port, "/size/", bytes(900_000))
        assert answer.endswith(b"\r\n\r\n900000")
        stalled[-1].sendall(bytes(100_000))
        assert rest(stalled[-1]).endswith(b"1000000")  # who came last was served


def test_what_is_being_answered_is_finished_at_the_stop(tmp_path: Path) -> None:
    """And nobody who stalls or only holds a connection delays it."""
    with front_site(tmp_path, write_seconds=60) as site, ExitStack() as stack:
        idle, stalled, unread = (stack.enter_context(connect(site.port)) for _ in range(3))
        stalled.sendall(b"POST /size/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1")
        unread.sendall(b"GET /size/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        got: list[bytes] = []
        asking = threading.Thread(target=lambda: got.append(get(site.port, "/long/")))
        asking.start()
        wait_until(lambda: (tmp_path / "begun").exists(), 10, "the act to begin")
        began = time.monotonic()
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(15) == 0
        seconds = time.monotonic() - began
        asking.join()
        assert got[0].endswith(b"\r\n\r\ndone")
        assert seconds < 7.5  # who stalls would hold it up for STOP_SECONDS, eight
        assert rest(idle) == b""


def test_readers_that_do_not_read_delay_the_stop_by_seconds_only(tmp_path: Path) -> None:
    with front_site(tmp_path, write_seconds=60) as site, ExitStack() as stack:
        for path in ("/whole/", "/endless/"):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", site.port))
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert client.recv(100)
        began = time.monotonic()
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(40) == 0
        assert time.monotonic() - began < 30  # and not "write_seconds"


def memory_of(pid: int) -> int:
    """Megabytes that are the process's own."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("RssAnon"))


def test_a_broken_download_is_taken_up_where_it_ended(site: Site) -> None:
    """The reader hangs up after the first bytes and asks for the rest; memory does not grow with the file."""
    before = memory_of(site.process.pid)
    with connect(site.port) as client:
        client.sendall(b"GET /large/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head, _sep, begun = client.recv(65536).partition(b"\r\n\r\n")
        while len(begun) < 100_000:
            begun += client.recv(65536)
    assert b'etag: "of-large"' in head.lower()
    rest_of = f'Range: bytes={len(begun)}-\r\nIf-Range: "of-large"\r\n'
    answer = get(site.port, "/large/", headers=rest_of)
    told, _sep, left = answer.partition(b"\r\n\r\n")
    assert status(answer) == 206
    assert f"content-range: bytes {len(begun)}-{LARGE - 1}/{LARGE}".encode() in told.lower()
    assert len(begun) + len(left) == LARGE
    assert begun[: len(PIECE)] == PIECE
    assert memory_of(site.process.pid) - before < 20
    with connect(site.port) as client:
        client.sendall(b"HEAD /large/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        head, _sep, nothing = rest(client).partition(b"\r\n\r\n")
    assert (f"content-length: {LARGE}".encode() in head.lower(), nothing) == (True, b"")
