"""A database that goes away while the session is written is no session that somebody ended."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from jitasa.accounts.adapter import SEEN_KEY
from jitasa.accounts.middleware import SEEN_EVERY
from tests.cast import Cast

TYPED = "ปรับปรุงภูมิทัศน์หาดนพรัตน์ธารา"


@pytest.fixture
def due(cast: Cast) -> Client:
    """Anong's browser, whose last use is to be noted with the next page."""
    client = cast.client("anong")
    client.raise_request_exception = False
    session = client.session
    session[SEEN_KEY] = int(time.time()) - SEEN_EVERY - 1
    session.save()
    return client


def at_the_session(act: Callable[[], object]) -> Callable[..., Any]:
    """Whatever comes between a request and its session."""

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            act()
        return run(sql, params, many, context)

    return execute


def server_dies() -> None:
    raise OperationalError("server closed the connection unexpectedly") from psycopg.OperationalError()


def test_the_request_may_be_sent_again_and_keeps_what_was_typed(due: Client) -> None:
    with connection.execute_wrapper(at_the_session(server_dies)):
        answer = due.post(f"/work/activities/{uuid4()}/edit/", {"name": TYPED})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert TYPED in answer.content.decode()


def test_a_session_that_was_ended_meanwhile_is_still_refused(due: Client) -> None:
    with connection.execute_wrapper(at_the_session(lambda: Session.objects.all()._raw_delete("default"))):
        answer = due.get("/work/")
    assert answer.status_code == 400
