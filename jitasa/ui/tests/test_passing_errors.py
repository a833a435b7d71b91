"""Which errors of a database are worth asking again: those of locks and of a server that is away."""

import psycopg
import pytest
from django.db.utils import IntegrityError, InterfaceError, InternalError, OperationalError

from jitasa.ui.database import is_passing


def wrapped(error: Exception, cause: Exception) -> Exception:
    """As Django raises it."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (wrapped(OperationalError(), psycopg.errors.CrashShutdown()), True),
        (wrapped(OperationalError(), psycopg.OperationalError("server closed the connection unexpectedly")), True),
        (wrapped(InterfaceError(), psycopg.InterfaceError("connection already closed")), True),
        (psycopg.OperationalError("the connection is closed"), True),
        (psycopg.errors.AdminShutdown(), True),
        (wrapped(ValueError(), psycopg.OperationalError("the connection is lost")), True),
        (wrapped(OperationalError(), psycopg.errors.UndefinedFile()), False),
        (wrapped(InternalError(), psycopg.errors.ReadOnlySqlTransaction()), True),
        (wrapped(InternalError(), psycopg.errors.IdleInTransactionSessionTimeout()), True),
        (wrapped(OperationalError(), psycopg.errors.ProtocolViolation("server conn crashed?")), True),
        (wrapped(InternalError(), psycopg.errors.InFailedSqlTransaction()), False),
        (wrapped(InternalError(), psycopg.InternalError()), False),
        (psycopg.errors.UniqueViolation(), False),
        (wrapped(IntegrityError(), psycopg.errors.UniqueViolation()), False),
        (ValueError("locked"), False),
    ],
)  # fmt: skip
def test_a_lock_or_a_server_that_is_away_passes(error: Exception, passing: bool) -> None:
    assert is_passing(error) is passing
