"""The database of a copy: written from one instant of the running one, put back, looked at."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils.crypto import get_random_string
from psycopg import sql

T = TypeVar("T")
POOLED = (
    "{tool} ทำงานผ่านพูลเลอร์ไม่ได้ ตั้ง JITASA_DATABASE_URL เป็นที่อยู่ของ PostgreSQL เอง และ JITASA_DATABASE_POOLED=0"
)
SUFFIX = {"sqlite": "sqlite3", "postgresql": "dump"}
NO_TOOL = "ไม่พบโปรแกรม {tool} ของ PostgreSQL ติดตั้ง postgresql-client รุ่นเดียวกับแม่ข่ายหรือใหม่กว่า แล้วลองอีกครั้ง"


def count_rows() -> dict[str, int]:
    """Rows of every table, by its name."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 (introspected)
            found[table] = cursor.fetchone()[0]
    return found


def is_empty() -> bool:
    return not connection.introspection.table_names()


def write(target: Path, look: Callable[[], T]) -> T:
    """Write the database to a file while others go on; ``look`` reads the very state that is written."""
    if connection.vendor == "postgresql":
        return _write_postgresql(target, look)
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    with looking_at(str(target)):
        return look()


def _write_postgresql(target: Path, look: Callable[[], T]) -> T:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _tool(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
        return look()


def load(source: Path) -> None:
    """Put a copy's database into the empty one of the installation, whole or not at all."""
    if connection.vendor == "postgresql":
        name = str(connection.settings_dict["NAME"])
        _load_postgresql(source, name)
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)) as copy:
        copy.backup(connection.connection)
    connection.close()


def _load_postgresql(source: Path, name: str) -> None:
    _tool(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={name}",
        str(source),
    )


@contextmanager
def opened(source: Path, scratch: Path) -> Iterator[None]:
    """Everything asked meanwhile is asked of a copy's database, which itself is not touched.

    SQLite: of another file in ``scratch``. PostgreSQL: of a database made on the same server and dropped afterwards.
    """
    if connection.vendor == "sqlite":
        place = scratch / source.name
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)) as copy,
            closing(sqlite3.connect(place)) as there,
        ):
            copy.backup(there)
        with looking_at(str(place)):
            yield
        return
    name = f"jitasa_verify_{get_random_string(8).lower()}"
    try:
        _administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise CommandError(
            f"สร้างฐานข้อมูลชั่วคราวสำหรับตรวจไม่ได้ ({error}) ให้สิทธิ CREATEDB แก่ผู้ใช้ฐานข้อมูล หรือตรวจบนแม่ข่ายอื่น"
        ) from None
    try:
        _load_postgresql(source, name)
        with looking_at(name):
            yield
    finally:
        _administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def looking_at(name: str) -> Iterator[None]:
    """The connection of this process leads to another database. Only for commands that end afterwards."""
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


def _administer(statement: sql.Composed) -> None:
    parameters: dict[str, Any] = {
        key: value for key, value in connection.get_connection_params().items()
        if key in {"dbname", "host", "port", "user", "password", "target_session_attrs"} or key.startswith("ssl")
    }  # fmt: skip
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute(statement)


def _tool(name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL against our server. :raises CommandError: with what it said.

    Not through a pooler: they set up their session, and the next who gets that connection would inherit it.
    """
    if connection.settings_dict.get("POOLED"):
        raise CommandError(POOLED.format(tool=name))
    command = [name, *arguments]
    try:
        done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise CommandError(NO_TOOL.format(tool=name)) from None
    if done.returncode:
        raise CommandError(f"{name}: {done.stderr.strip()}")


def _environment() -> dict[str, str]:
    """The address and the password go by variables: arguments are there for everybody on the machine to read."""
    kept, given = connection.settings_dict, dict(os.environ)
    options: dict[str, Any] = kept.get("OPTIONS", {})
    named = {"HOST": kept["HOST"], "PORT": kept["PORT"], "USER": kept["USER"], "PASSWORD": kept["PASSWORD"]}
    named |= {key.upper(): value for key, value in options.items() if key.startswith("ssl")}
    named |= {"DATABASE": kept["NAME"], "TARGETSESSIONATTRS": options.get("target_session_attrs", "")}
    return given | {f"PG{key}": str(value) for key, value in named.items() if value}
