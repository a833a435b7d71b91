"""The front over real sockets: who stalls is cut and holds up nobody; what is too large is refused unread."""

import io
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from jitasa.config.tests.served import HEAD, connect, environment, get, post, rest, status, web_process
from jitasa.config.web.wsgi_call import environ_of

STALLED = 200
LARGE = 20_000_000
TAKEN_AHEAD = 1_000_000
CUT = 6  # seconds, after which who stalls is cut: so long others would wait if they were held up
QUICK = 5.0  # seconds; a page without database takes some milliseconds, the rest is a busy machine


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("web")
    (folder / "static").mkdir()
    (folder / "static" / "large.bin").write_bytes(bytes(LARGE))
    times = {f"JITASA_WEB_{name}_SECONDS": str(CUT) for name in ("HEAD", "BODY", "WRITE")}
    env = environment(folder, JITASA_WEB_CONNECTIONS_PER_ADDRESS="1000", **times)
    with web_process(env) as port:
        yield port


def others(port: int) -> float:
    """The longest of some requests of somebody else."""
    longest = 0.0
    for _ in range(10):
        began = time.monotonic()
        assert status(get(port, seconds=QUICK * 2)) in {200, 503}
        longest = max(longest, time.monotonic() - began)
    return longest


STALLS = {
    "head": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "body": b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nlogin=",
    "chunked": b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nlogin\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("kind", list(STALLS))
def test_two_hundred_who_stall_hold_up_nobody_and_are_cut(port: int, kind: str) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(connect(port)) for _ in range(STALLED)]
        for client in stalled:
            client.sendall(STALLS[kind])
        assert others(port) < QUICK
        for client in (stalled[0], stalled[-1]):
            answer = rest(client)
            assert status(answer) in {0, 408}, answer


def test_two_hundred_who_do_not_read_hold_up_nobody_and_are_cut(port: int) -> None:
    with ExitStack() as stack:
        stalled = []
        for _ in range(STALLED):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.settimeout(20)
            client.connect(("127.0.0.1", port))
            client.sendall(b"GET /static/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            stalled.append(client)
        assert others(port) < QUICK
        time.sleep(CUT + 5)
        assert others(port) < QUICK
        # Cut, not served to the end; and little was taken ahead for those who do not read (3 MB each, by itself).
        assert 0 < len(rest(stalled[0])) < TAKEN_AHEAD


def test_a_head_without_end_is_refused(port: int) -> None:
    with connect(port) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        try:
            for _ in range(200):
                client.sendall(b"X-More: " + b"a" * 4000 + b"\r\n")
        except OSError:
            pass
        assert status(rest(client)) in {0, 431}


def test_a_length_announced_too_large_is_refused_before_a_byte_is_read(port: int) -> None:
    with connect(port) as client:
        began = time.monotonic()
        client.sendall(
            b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000000\r\n\r\n"
        )
        answer = client.recv(65_536)
        assert status(answer) == 413
        assert time.monotonic() - began < QUICK
        client.shutdown(socket.SHUT_WR)
        assert "ใหญ่เกินกำหนด".encode() in answer + rest(client)


@pytest.mark.parametrize("path", ["/work/photos/", "/work/organizations/import/"])
def test_a_large_body_is_taken_from_nobody_who_is_not_signed_in(port: int, path: str) -> None:
    answer = post(
        port, path, bytes(3_000_000), headers="Cookie: sessionid=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
    )
    assert status(answer) == 413


def test_chunks_are_bounded_too(port: int) -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    with connect(port) as client:
        client.sendall(
            b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for _ in range(40):
            client.sendall(chunk)
        assert status(rest(client)) == 413


def test_somebody_slow_but_steady_is_served(port: int) -> None:
    with connect(port) as client:
        for byte in HEAD + b"\r\n":
            client.sendall(bytes([byte]))
            time.sleep(0.005)
        assert status(client.recv(65_536)) in {200, 503}


def test_a_program_is_refused_in_json(port: int) -> None:
    answer = post(port, "/accounts/login/", bytes(2_000_000), headers="Accept: application/json\r\n")
    assert status(answer) == 413
    assert b'"code": "too_large"' in answer


def test_a_person_is_refused_with_a_page_that_needs_nothing_else(port: int) -> None:
    answer = post(port, "/accounts/login/", bytes(2_000_000), headers="Accept: text/html,*/*;q=0.8\r\n")
    head, _empty, page = answer.partition(b"\r\n\r\n")
    assert status(answer) == 413
    assert b"content-type: text/html" in head
    assert b"content-security-policy: default-src 'none'; style-src 'sha256-" in head
    assert "<h1>สิ่งที่ส่งมาใหญ่เกินไป</h1>".encode() in page
    assert b"<script" not in page
    assert b"<link" not in page
    assert b"src=" not in page
    assert b'<a href="/">' in page  # a way on


def test_headers_with_underscores_do_not_pass_for_others() -> None:
    scope = {"method": "GET", "raw_path": b"/%E0%B8%81", "query_string": b"", "http_version": "1.1"}
    given = [
        (b"x_forwarded_for", b"1.2.3.4"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"content-length", b"9"),
    ]
    environ = environ_of({**scope, "scheme": "http", "headers": given}, io.BytesIO(), 0, 0.0)
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["CONTENT_LENGTH"] == "0"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/ก"


def test_a_file_is_served_whole_and_in_bounded_memory(port: int) -> None:
    answer = get(port, "/static/large.bin")
    assert status(answer) == 200
    assert len(answer.split(b"\r\n\r\n", 1)[1]) == LARGE


def test_a_part_of_a_file_is_served(port: int) -> None:
    answer = get(port, "/static/large.bin", headers="Range: bytes=100-299\r\n")
    assert status(answer) == 206
    assert len(answer.split(b"\r\n\r\n", 1)[1]) == 200


def test_an_openrosa_answer_has_the_one_date_its_specification_wants(port: int) -> None:
    head = get(port, "/openrosa/formList").partition(b"\r\n\r\n")[0].lower()
    assert b"\r\nx-openrosa-version: 1.0" in head
    assert head.count(b"\r\ndate: ") == 1, head
