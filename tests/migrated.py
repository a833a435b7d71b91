"""PostgreSQL: the migrations run once, and each worker's database is a copy of what they made.

On the way rows from before ``distribution`` are put in (``letters.tests.before_distribution``); what became of them
stands beside the template as its comment, and the tables are empty again.

A template is kept by the name of what the migrations say, so a server that outlives the run (an address given
in ``JITASA_DATABASE_URL``) never gives out the tables of yesterday's code.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from jitasa.letters.tests.before_distribution import walk_all
from tests.emptied import empty

ROOT = Path(__file__).parents[1]
PREFIX = "migrated_"
LOCK = 7850_0047  # any number that nothing else takes
AHEAD = "import django; django.setup(); from tests.migrated import template; template()"


def named() -> str:
    """The name of the template: other migrations, another name."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("jitasa/*/migrations/*.py")):
        digest.update(path.read_bytes())
    digest.update((ROOT / "requirements.lock").read_bytes())  # packages bring migrations, too
    return PREFIX + digest.hexdigest()[:16]


def template() -> str:
    """The template's name; made first if it is not there. Workers that ask at once wait for the one that makes it."""
    name = named()
    with _server() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if name not in _templates(admin):
            for old in _templates(admin, finished=False):
                admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(old)))
                admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            with _connected_to(name):
                found = walk_all()
                empty(connection)
            said = sql.SQL("COMMENT ON DATABASE {} IS {}")
            admin.execute(said.format(sql.Identifier(name), sql.Literal(json.dumps(found))))
            admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))
    return name


def template_ahead(config: pytest.Config) -> None:
    """Begin to make the template in a process of its own, while the suite's workers still collect their tests."""
    by_workers = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    wanted = connection.vendor == "postgresql" and not config.getoption("nomigrations")
    if by_workers and wanted and not connection.settings_dict.get("POOLED"):
        subprocess.Popen([sys.executable, "-c", AHEAD], cwd=ROOT)


def found() -> dict[str, Any]:
    """What today's models see of the rows that were there before ``distribution``."""
    with _server() as admin:
        [(said,)] = admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [template()]
        )
        kept: dict[str, Any] = json.loads(said)
    return kept


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """A connection to the server's own database, outside transactions; closing it gives the lock back."""
    given = connection.get_connection_params() | {"dbname": "postgres"}
    known = {name: value for name, value in given.items() if name in {"host", "port", "user", "password"}}
    with psycopg.connect(dbname="postgres", autocommit=True, **known) as admin:
        yield admin


def _templates(admin: psycopg.Connection, *, finished: bool = True) -> set[str]:
    """Names of the templates of this and earlier runs; ``finished=False``: also of one whose making was cut short."""
    rows = admin.execute("SELECT datname, datistemplate FROM pg_database").fetchall()
    return {name for name, done in rows if name.startswith(PREFIX) and (done or not finished)}


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Django's connection, for a moment to another database of the same server."""
    connection.close()
    usual, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
