"""PostgreSQL servers of a test's own, that may be restarted, copied to a standby, killed and promoted."""

import importlib
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from jitasa.config.tests.served import wait_until
from jitasa.config.tests.site import free_port

# A program beside the packages, not one of them.
with_postgresql: Any = importlib.import_module("scripts.with_postgresql")


class Cluster:
    """One server in ``folder``; as in ``scripts/with_postgresql.py``. It is empty until ``make`` or ``copy`` filled it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.data = folder / "data"
        self.owner = with_postgresql.server_user()
        self.bin = (with_postgresql.tools() / "initdb").resolve().parent  # where all its tools lie
        folder.mkdir(exist_ok=True)
        if self.owner:
            self.bin = with_postgresql.reachable(self.bin, folder, self.owner)
            os.chmod(folder, 0o755)
            self.data.mkdir()
            shutil.chown(self.data, self.owner)
            shutil.chown(folder, self.owner)

    def make(self) -> None:
        self.run("initdb", "-U", "jitasa", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self.control("start")

    def copy(self, primary: "Cluster") -> None:
        """Become the standby without which ``primary`` acknowledges nothing."""
        given = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "jitasa")
        self.run("pg_basebackup", *given, "-X", "stream", "-c", "fast", "-R", "--no-sync")
        self.data.chmod(0o700)
        self.control("start")
        primary.says("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
        self.until_streaming(primary)

    def until_streaming(self, primary: "Cluster") -> None:
        streams = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        wait_until(lambda: primary.says(streams) == 1, 60, "the standby to stream")

    def run(self, tool: str, *arguments: str) -> None:
        command = [str(self.bin / tool), "-D", str(self.data), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", user=self.owner)

    def control(self, what: str, mode: str = "fast") -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "-w", "-m", mode, "-o", options, "-l", str(self.folder / "log"), what)

    def kill(self) -> None:
        """As if its power had gone: no connection is closed in order."""
        self.control("stop", "immediate")

    def promote(self) -> None:
        self.run("pg_ctl", "-w", "promote")

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self.kill()

    def says(self, *statements: str) -> object:
        """The first value of the last statement's answer."""
        with psycopg.connect(self.url, autocommit=True) as server:
            rows = [server.execute(each) for each in statements]
            row = rows[-1].fetchone()
            return row and row[0]

    @property
    def url(self) -> str:
        return url_of(self)


def url_of(*clusters: Cluster) -> str:
    """The address of one server, or of several between which the library chooses."""
    hosts = ",".join(f"127.0.0.1:{each.port}" for each in clusters)
    return f"postgresql://jitasa@{hosts}/postgres"
