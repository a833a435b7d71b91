"""How long and how much one client may take. Times are seconds, sizes bytes."""

from dataclasses import dataclass

from jitasa.config import env


@dataclass(frozen=True)
class Limits:
    """What the front allows. Every number marked with a variable may be set by the operator."""

    head_seconds: float = 10.0  # JITASA_WEB_HEAD_SECONDS: request line and headers, from first to last byte
    head_bytes: int = 65_536
    body_gap_seconds: float = 15.0  # JITASA_WEB_BODY_SECONDS: longest silence within a body
    body_rate: int = 4_000  # bytes a second, on the whole; slower after the first silence is cut
    write_seconds: float = 20.0  # JITASA_WEB_WRITE_SECONDS: longest time in which a reader takes nothing
    idle_seconds: int = 20  # a kept connection without a request
    queue_seconds: float = 30.0  # longest wait for a free thread
    queue_most: int = 64  # requests waiting for one kind of thread
    connections: int = 1000  # JITASA_WEB_CONNECTIONS, in one process
    connections_of_address: int = 250  # JITASA_WEB_CONNECTIONS_PER_ADDRESS, in one process
    body_memory: int = 64 * 1024 * 1024  # all bodies of a process together, kept in memory
    body_disk: int = 4 * 1024 * 1024 * 1024  # the same for bodies kept in temporary files
    spool_bytes: int = 512 * 1024  # a larger upload is kept in a temporary file
    stream_ahead: int = 64 * 1024 * 1024  # how far one streamed answer may be made before it is read
    stream_ahead_all: int = 512 * 1024 * 1024
    streams: int = 8
    public_threads: int = 1  # JITASA_WEB_PUBLIC_THREADS
    reading_threads: int = 2  # JITASA_WEB_READING_THREADS
    writing_threads: int = 2  # JITASA_WEB_WRITING_THREADS; on PostgreSQL 8 (docs/adr/0097)
    gathers: bool = True  # JITASA_WEB_GATHERS: new records that arrive at one moment share a transaction


def from_environment() -> Limits:
    """:raises BadSetting: a variable that is not usable."""
    return Limits(
        head_seconds=env.number("JITASA_WEB_HEAD_SECONDS", 10, 1, 600),
        body_gap_seconds=env.number("JITASA_WEB_BODY_SECONDS", 15, 1, 600),
        write_seconds=env.number("JITASA_WEB_WRITE_SECONDS", 20, 1, 600),
        connections=env.number("JITASA_WEB_CONNECTIONS", 1000, 10, 50_000),
        connections_of_address=env.number("JITASA_WEB_CONNECTIONS_PER_ADDRESS", 250, 5, 50_000),
        public_threads=env.number("JITASA_WEB_PUBLIC_THREADS", 1, 1, 32),
        reading_threads=env.number("JITASA_WEB_READING_THREADS", 2, 1, 32),
        writing_threads=env.number("JITASA_WEB_WRITING_THREADS", _writers(), 1, 32),
        gathers=bool(env.number("JITASA_WEB_GATHERS", 1, 0, 1)),
    )


def _writers() -> int:
    """Threads that write, where the operator says nothing: SQLite has one writer at a time."""
    return 8 if env.text("JITASA_DATABASE_URL") else 2
