"""``deploy/nginx.conf`` as it stands, in a real nginx before a real web process (skipped where there is none)."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from jitasa.config.tests.served import HEAD, answers, environment, rest, status, wait_until, web_process

NGINX, OPENSSL = shutil.which("nginx"), shutil.which("openssl")
pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="needs nginx and openssl")
EXAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "nginx.conf"
SLOW, OTHERS, MANY, GUESSING = "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"
QUICK = 8.0  # seconds; who waited for those who stall would wait ten
PATIENCE = {
    "client_header_timeout 10s": "client_header_timeout 2s",
    "client_body_timeout   15s": "client_body_timeout 2s",
}


def rendered(folder: Path, port: int, program: int) -> Path:
    """The example with places of this machine instead of those it names, and the stalling time shortened."""
    text = EXAMPLE.read_text("utf-8")
    changes = {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{program};",
        # The test speaks http to the server of the example: the certificates are tried by ``nginx -t`` only.
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};\n    listen 127.0.0.1:{free_port()} ssl http2;",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "info.example.go.th": "localhost",
        "/etc/ssl/jitasa/fullchain.pem": str(folder / "cert.pem"),
        "/etc/ssl/jitasa/key.pem": str(folder / "key.pem"),
        **PATIENCE,
    }
    for old, new in changes.items():
        assert old in text, f"the example no longer says {old}"
        text = text.replace(old, new)
    subprocess.run(
        [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / "jitasa.conf").write_text(text, "utf-8")
    places = "".join(
        f"    {name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 512; }}\n"
        f"http {{\n    access_log off;\n{places}    include {folder}/jitasa.conf;\n}}\n",
        "utf-8",
    )
    return folder / "nginx.conf"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Proxied:
    def __init__(self, port: int, data: Path) -> None:
        self.port, self.data = port, data

    def connect(self, address: str) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 20, source_address=(address, 0))

    def ask(self, request: bytes, address: str = OTHERS) -> bytes:
        with self.connect(address) as client:
            client.sendall(request)
            return rest(client)

    def logged(self) -> list[dict[str, object]]:
        """The lines of the program's access log."""
        return [
            json.loads(line)
            for path in sorted((self.data / "access").glob("*.jsonl"))
            for line in path.read_text("utf-8").splitlines()
        ]


@contextmanager
def nginx(folder: Path, port: int, program: int) -> Iterator[None]:
    configuration = rendered(folder, port, program)
    tried = subprocess.run([str(NGINX), "-t", "-c", configuration], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    warnings = [
        line for line in tried.stderr.splitlines() if "[warn]" in line and '"listen ... http2"' not in line
    ]
    assert not warnings  # newer ones would have http2 said elsewhere, where older ones do not know it
    process = subprocess.Popen([str(NGINX), "-c", configuration])
    try:
        wait_until(lambda: answers(port), 30, "nginx to answer")
        yield
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    data, folder, port = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("nginx"), free_port()
    with web_process(environment(data, JITASA_BEHIND_PROXY="1")) as program, nginx(folder, port, program):
        yield Proxied(port, data)


def quick(site: Proxied) -> None:
    began = time.monotonic()
    assert status(site.ask(HEAD + b"Connection: close\r\n\r\n")) in {200, 503}
    assert time.monotonic() - began < QUICK


def test_slow_clients_never_reach_the_program_and_are_let_go(site: Proxied) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(site.connect(SLOW)) for _ in range(50)]
        for client in stalled:
            client.sendall(
                b"POST /feedback/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nwords="
            )
        quick(site)
        answer = rest(stalled[0])
        assert status(answer) in {0, 408}
    assert not [line for line in site.logged() if line.get("path") == "/feedback/"]


def test_one_address_gets_so_many_connections_and_no_more(site: Proxied) -> None:
    with ExitStack() as stack:
        taken = [stack.enter_context(site.connect(MANY)) for _ in range(70)]
        for client in taken:
            client.sendall(b"POST /feedback/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1")
        assert status(taken[-1].recv(65_536)) == 429
        quick(site)


def test_too_much_is_refused_by_its_announced_length(site: Proxied) -> None:
    ordinary = (
        b"POST /feedback/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n"
    )
    assert status(site.ask(ordinary)) == 413


def test_the_address_is_what_nginx_saw_not_what_the_client_wrote(site: Proxied) -> None:
    site.ask(
        b"GET /no-such-page/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n"
    )
    (line,) = [line for line in site.logged() if line.get("path") == "/no-such-page/"]
    assert line["from"] == OTHERS


def test_who_signs_in_again_and_again_is_slowed_down(site: Proxied) -> None:
    form = (
        b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    )
    assert 429 in {status(site.ask(form, GUESSING)) for _ in range(30)}
