"""A lock that somebody holds: pages that read do not wait, a form gets 503 soon with what was typed in it."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import connection

from jitasa.config.tests.prepared import prepared
from jitasa.config.tests.served import environment, get, post, status, web_process

TEXT = "ชาวบ้านช่วยกันเก็บขยะริมคลองหลังวัดทั้งวัน"
SOON = 20.0  # seconds, on however busy a machine: the lock is held until the answer is there


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """A database of its own for processes: its address; empty for SQLite in ``folder``."""
    if connection.vendor == "sqlite":
        yield ""
        return
    given = os.environ["JITASA_DATABASE_URL"]
    name = f"locked_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{given.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("locked")
    with database(folder) as url:
        env = environment(
            folder,
            JITASA_DATABASE_URL=url,
            JITASA_DEBUG="1",
            JITASA_LOCK_SECONDS="1",
            DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings",
        )
        facts = prepared(tmp_path_factory, folder, JITASA_DATABASE_URL=url)
        # The answer of a fault, not Django's page for developers.
        with web_process({**env, "JITASA_DEBUG": "0", "JITASA_LOG_LEVEL": "CRITICAL"}) as port:
            yield {**facts, "port": port, "url": url, "file": folder / "jitasa.sqlite3"}


@contextmanager
def locked(site: dict[str, Any]) -> Iterator[None]:
    """Somebody else is in the middle of writing."""
    if site["vendor"] == "sqlite":
        with closing(sqlite3.connect(site["file"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
    else:
        with psycopg.connect(site["url"]) as other:
            other.execute(f"LOCK TABLE {site['table']}, django_session IN EXCLUSIVE MODE")
            yield


def send_form(site: dict[str, Any], headers: str = "") -> bytes:
    body = urlencode({"csrfmiddlewaretoken": site["token"], "title": TEXT, "story": "<b>&\n", "do": "save"})
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    return post(
        site["port"], site["path"], body.encode(), headers=f"{kind}Cookie: {site['cookies']}\r\n{headers}"
    )


def timed(act: Any) -> tuple[float, bytes]:
    began = time.monotonic()
    answer: bytes = act()
    return time.monotonic() - began, answer


def test_a_form_is_answered_soon_and_given_back(site: dict[str, Any]) -> None:
    with locked(site):
        seconds, answer = timed(lambda: send_form(site))
    assert status(answer) == 503, answer
    assert b"retry-after: 5" in answer
    assert TEXT.encode() in answer
    assert b"&lt;b&gt;&amp;\n" in answer
    assert f'action="{site["path"]}"'.encode() in answer
    assert seconds < SOON


def test_a_script_is_told_and_keeps_its_form(site: dict[str, Any]) -> None:
    with locked(site):
        answer = send_form(site, "HX-Request: true\r\n")
    assert status(answer) == 503
    assert b'"code": "busy"' in answer


@pytest.mark.parametrize("path", ["/accounts/login/", "/", "/map/", "/work/", "/work/activities/"])
def test_pages_that_are_read_do_not_wait(site: dict[str, Any], path: str) -> None:
    """Even while forms wait for the lock in every thread that writes."""
    cookie = f"Cookie: {site['cookies']}\r\n" if path.startswith("/work/") else ""
    get(site["port"], path, headers=cookie)  # once, so that templates are read
    with locked(site):
        forms = [threading.Thread(target=send_form, args=(site,)) for _ in range(8)]
        for form in forms:
            form.start()
        time.sleep(0.2)
        seconds, answer = timed(lambda: get(site["port"], path, headers=cookie))
        for form in forms:
            form.join()
    assert status(answer) == 200, answer[:200]
    assert seconds < SOON


def test_a_queue_of_forms_does_not_add_up(site: dict[str, Any]) -> None:
    """Who waited behind others in the same lock does not wait as long again."""
    with locked(site):
        seconds: list[float] = []
        forms = [
            threading.Thread(target=lambda: seconds.append(timed(lambda: send_form(site))[0]))
            for _ in range(16)
        ]
        for form in forms:
            form.start()
        for form in forms:
            form.join()
    assert max(seconds) < 15  # one after the other they would wait a second each, and sixteen in all


def test_afterwards_everything_is_as_before(site: dict[str, Any]) -> None:
    with locked(site):
        send_form(site)
    assert status(send_form(site)) in {200, 302, 303, 422}
