"""The program's log: a line for people, or JSON for programs (``JITASA_LOG_FORMAT=json``), and slow statements."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from pythonjsonlogger.json import JsonFormatter

from jitasa.request_id import current

log = logging.getLogger("jitasa.slow")
LONGEST = 2_000  # characters of a statement that are kept


class WithRequest(logging.Filter):
    """Every line says which request it belongs to; ``-`` outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current() or "-"
        return True


def json_lines() -> JsonFormatter:
    """One JSON object a line: time, level, logger, request, message, and the traceback if there is one."""
    fields = ["asctime", "levelname", "name", "request_id", "message"]
    names = {"asctime": "at", "levelname": "level", "name": "logger"}
    return JsonFormatter(fields, rename_fields=names, json_ensure_ascii=False)


def slow_noted(seconds: float) -> Callable[..., Any]:
    """A wrapper that logs each statement that takes longer, without its values.

    What several statements take together in one go to PostgreSQL is seen by the database's own
    ``log_min_duration_statement`` alone.
    """

    def measured(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if (took := perf_counter() - began) >= seconds:
                log.warning("%.0f ms: %s", took * 1000, str(sql)[:LONGEST])

    return measured


def watch_statements() -> None:
    """On every new connection, as ``JITASA_SLOW_STATEMENT_MS`` says; 0 is never."""
    if not settings.SLOW_STATEMENT_MS:
        return
    wrapper = slow_noted(settings.SLOW_STATEMENT_MS / 1000)

    def connected(connection: BaseDatabaseWrapper, **_given: Any) -> None:
        if wrapper not in connection.execute_wrappers:
            connection.execute_wrappers.append(wrapper)

    connection_created.connect(connected, weak=False, dispatch_uid="slow-statements")
