"""``jitasa serve`` as a process, for tests and ``bench.kills``: what is killed, what the supervisor says."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jitasa.config.tests.served import answers, environment, get, status, wait_until

JITASA = [sys.executable, "-m", "jitasa.config"]
PROCESSES = ("web-1", "web-2", "worker", "pictures", "scheduler")
MAKE_TABLES = "import django; django.setup(); from jitasa.config.tables import make_tables; make_tables()"
PATIENCE = 300.0  # a busy machine needs minutes to start five processes


def make_tables(folder: Path) -> None:
    """The product's tables on SQLite, as its migrations make them."""
    subprocess.run([sys.executable, "-c", MAKE_TABLES], env=environment(folder), check=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Site:
    """``jitasa serve`` on a data folder of its own. Unless made before, its database has no tables: nobody dies
    of that either."""

    def __init__(self, folder: Path, env: dict[str, str] | None = None, *given: str) -> None:
        self.folder, self.port = folder, free_port()
        self.env = env or environment(folder, JITASA_DEBUG="1")
        self.log = folder / "serve.log"
        with self.log.open("wb") as log:
            arguments = [*JITASA, "serve", "--port", str(self.port), *given]
            self.process = subprocess.Popen(arguments, env=self.env, stderr=log, stdout=log)

    def beat(self, name: str) -> dict[str, Any]:
        for path in (self.folder / "run").glob(f"*.{name}.json"):
            found: dict[str, Any] = json.loads(path.read_text())
            return found
        return {}

    def pid(self, name: str) -> int:
        return int(self.beat(name).get("pid", 0))

    def kill(self, name: str, then: Callable[[], object] = lambda: None) -> None:
        """``kill -9``, do ``then``, and wait until another process of the name has given a sign of life."""
        wait_until(lambda: self.pid(name), PATIENCE, f"{name} to be heard")  # 0 would be our own group
        killed = self.pid(name)
        os.kill(killed, signal.SIGKILL)
        then()
        wait_until(lambda: self.pid(name) not in {0, killed}, PATIENCE, f"{name} to be started again")

    def well(self) -> bool:
        return answers(self.port) and status(get(self.port)) == 200

    def stop(self) -> float:
        """Ctrl+C; the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(90)
        return time.monotonic() - began
