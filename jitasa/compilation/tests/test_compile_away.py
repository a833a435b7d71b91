"""A database that goes away while a month is compiled is said as what it is, not as somebody else who compiles."""

from contextlib import suppress
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from jitasa.activities.tests.making import make_lists
from jitasa.compilation.services.compile import compile_round
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at(NOW), pytest.mark.postgresql]


def test_a_connection_that_ends_meanwhile(cast: Cast) -> None:
    make_lists()
    ended = []

    def ends(execute: Any, sql: str, *given: Any) -> Any:
        if "SET TRANSACTION" in sql:
            ended.append(sql)
            with suppress(psycopg.OperationalError):
                connection.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return execute(sql, *given)

    with connection.execute_wrapper(ends), pytest.raises(OperationalError):
        compile_round(actor=cast.ek, organization=cast.krabi, month=date(2026, 11, 1), now=NOW)
    assert len(ended) == 1
