"""Whether the site is well, for programs that watch it."""

from collections.abc import Mapping, Sequence

from django.core.cache import caches
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from jitasa.config.tables import MigrationsWait, demand_tables
from jitasa.files import bucket
from jitasa.heartbeat import Beat, beats
from jitasa.ui.public_pages import public_file

LATE_SECONDS = 30.0
# While a chore runs the scheduler says nothing; a month's compilation may take minutes.
LATE = {"scheduler": 600.0}
LIMITS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
KINDS = ("web", "worker", "pictures", "scheduler")


@public_file
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 ``ok``, or 503 naming the kinds of process that gave no sign of life. Asks no database."""
    late = missing_kinds(beats())
    jumped = any(beat.said.get("jumped") for beat in beats())
    facts: dict[str, object] = {"status": "late" if late else "ok", "late": late, "clock_jumped": jumped}
    return _plain(facts, 503 if late else 200)


@public_file
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has the tables of this version, else 503.

    A standby, cache or file store that does not answer, or limits that a pooler lacks, are said: pages go on.
    """
    facts = {"status": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if (away := standby_is_away()) is not None:
            facts["standby"] = "away" if away else "ok"
        if missing := missing_limits():
            facts["limits"] = f"missing: {', '.join(missing)}"
        demand_tables()
    except DatabaseError:
        return _plain({"status": "database"}, 503)
    except MigrationsWait:
        return _plain(facts | {"status": "migrations"}, 503)
    if (without := cache_is_away()) is not None:
        facts["cache"] = "away" if without else "ok"
    if bucket.address() is not None:
        facts["files"] = "away" if file_store_is_away() else "ok"
    return _plain(facts, 200)


def _plain(facts: Mapping[str, object], status: int) -> HttpResponse:
    response = JsonResponse(facts, status=status)
    response["Cache-Control"] = "no-store"
    return response


def missing_kinds(found: list[Beat]) -> list[str]:
    """Kinds of process of which none lives."""
    alive = {beat.name.partition("-")[0] for beat in found if beat.age <= late_after(beat)}
    return [kind for kind in _expected(found) if kind not in alive]


def _expected(found: list[Beat]) -> Sequence[str]:
    """All kinds where hosts share a data folder; a host with a folder of its own answers for what it runs itself."""
    own = {name.partition("-")[0] for beat in found for name in beat.said.get("programs", ())}
    return [kind for kind in KINDS if kind in own] if own and bucket.address() is not None else KINDS


def replica_behind(found: list[Beat]) -> tuple[bool, float | None]:
    """Whether web processes are to read from a replica, and by how many seconds it is behind for the one that sees
    it furthest behind; ``None`` while it is not read (away, or nobody knows)."""
    told = [beat.said["replica_behind"] for beat in found if "replica_behind" in beat.said]
    return bool(told), None if not told or None in told else max(map(float, told))


def standby_is_away() -> bool | None:
    """Whether the synchronous standby without which nothing is acknowledged is gone; ``None``: none is asked for."""
    if connection.vendor != "postgresql":
        return None
    from jitasa.postgresql import standby  # brings PostgreSQL's driver along

    with connection.cursor() as cursor:
        cursor.execute(standby.IS_AWAY, standby.ANYBODY)
        found: bool | None = cursor.fetchone()[0]
    return found


def missing_limits(database: BaseDatabaseWrapper | None = None) -> list[str]:
    """Limits that a pooler's server does not have, so that a request may wait without end (docs/adr/0156).

    Nothing where each connection is told by ourselves (``config.database_settings``).
    """
    asked = database or connection
    if not asked.settings_dict.get("POOLED"):
        return []
    with asked.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = '0' ORDER BY 1", [[*LIMITS]]
        )
        return [name for (name,) in cursor.fetchall()]


def cache_is_away() -> bool | None:
    """Whether the cache that hosts share does not answer; ``None``: each process has its own."""
    answers = getattr(caches["default"], "answers", None)  # ``shared_cache``, not loaded where none is set
    return None if answers is None else not answers()


def file_store_is_away() -> bool:
    """Whether files are kept in a bucket that does not answer."""
    return bucket.address() is not None and not bucket.answers()


def late_after(beat: Beat) -> float:
    return LATE.get(beat.name.partition("-")[0], LATE_SECONDS)
