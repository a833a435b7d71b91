"""An S3-compatible server for tests: moto's, a process of its own."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

BUCKET = "jitasa"


class Server:
    """moto's server, which may be stopped for a while as a machine is."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/moto-api/", timeout=2).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def url(self) -> str:
        return f"s3://key:secret@127.0.0.1:{self.port}/{BUCKET}?tls=0"

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


@contextmanager
def serving() -> Iterator[Server]:
    """A server that answers, until the end of the block."""
    found = Server()
    try:
        found.wait()
        yield found
    finally:
        found.end()
