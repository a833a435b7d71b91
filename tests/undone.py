"""Requests that are undone: a walk over all addresses finds the same world again and again."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.test import Client

WRITING = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Answer:
    """What came of a request, and the statements that wrote."""

    response: Any
    written: list[str]


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Browser:
    """Asks in somebody's name. One for a test: building the chain of middleware costs as much as a short answer."""

    def __init__(self, *, raises: bool = True) -> None:
        self.client = Client(raise_request_exception=raises)

    def asks(self, key: str | None, method: str, address: str, data: dict[str, Any] | None = None) -> Answer:
        """As whoever has the session key, without the cookies of earlier requests.

        Nothing is logged: a line with a traceback for each refusal costs more than the refusal.
        """
        self.client.cookies.clear()
        if key:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = key
        written: list[str] = []

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith(WRITING):
                written.append(sql)
            return execute(sql, params, many, context)

        logging.disable(logging.CRITICAL)
        try:
            with undone():
                with connection.execute_wrapper(note):
                    response: Any = getattr(self.client, method)(address, data)
                # Closing tells the end of a request, which would close the connection inside our transaction.
                request_finished.disconnect(close_old_connections)
                response.close()
                request_finished.connect(close_old_connections)
        finally:
            logging.disable(logging.NOTSET)
        return Answer(response, written)
