"""Web processes are killed while somebody saves: what was answered as saved is there, on SQLite and on PostgreSQL."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest

from jitasa.config.tests.prepared import prepared
from jitasa.config.tests.served import answers, environment, post, status, wait_until
from jitasa.config.tests.site import PATIENCE, Site
from jitasa.config.tests.test_locked_database import database

KILLS = 8
SAVES_BETWEEN = 5
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def site(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, Any]]]:
    with database(tmp_path) as url:
        env = environment(
            tmp_path,
            JITASA_DATABASE_URL=url,
            JITASA_DEBUG="1",
            DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings",
        )
        facts = prepared(tmp_path_factory, tmp_path, JITASA_DATABASE_URL=url)
        site = Site(tmp_path, env, "--web-only")
        try:
            wait_until(lambda: answers(site.port, "/accounts/login/"), PATIENCE, "the site")
            yield site, {**facts, "url": url}
        finally:
            site.stop()


def save(site: Site, facts: dict[str, Any]) -> str | None:
    """A new draft: its name, when the answer says that it is saved."""
    name = f"ร่าง {uuid4()}"
    form = {"csrfmiddlewaretoken": facts["token"], "name": name}
    headers = f"Content-Type: application/x-www-form-urlencoded\r\nCookie: {facts['cookies']}\r\n"
    path = UUIDS.sub(str(uuid4()), facts["path"])
    with suppress(OSError):
        if status(post(site.port, path, urlencode(form).encode(), headers=headers)) in {302, 303}:
            return name
    return None


def stored(site: Site, facts: dict[str, Any]) -> set[str]:
    """The names of all drafts, as another program reads them."""
    query = f"SELECT name FROM {facts['table']}"
    if facts["url"]:
        with psycopg.connect(facts["url"]) as server:
            return {row[0] for row in server.execute(query)}
    with closing(sqlite3.connect(site.folder / "jitasa.sqlite3", timeout=30)) as file:
        return {row[0] for row in file.execute(query)}


@pytest.mark.long
def test_nothing_that_was_answered_as_saved_is_lost(site: tuple[Site, dict[str, Any]]) -> None:
    served, facts = site
    acknowledged: set[str] = set()
    ended, busy = threading.Event(), threading.Event()

    def work() -> None:
        while not ended.is_set():
            busy.wait()  # a process that starts has the machine for itself; one that is killed is at work
            if name := save(served, facts):
                acknowledged.add(name)

    clerks = [threading.Thread(target=work) for _ in range(3)]
    for clerk in clerks:
        clerk.start()
    try:
        for kill in range(KILLS):
            before = len(acknowledged)
            busy.set()
            wait_until(
                lambda before=before: len(acknowledged) > before + SAVES_BETWEEN, 120, "drafts to be saved"
            )
            served.kill(f"web-{kill % 2 + 1}", busy.clear)
    finally:
        ended.set()
        busy.set()
        for clerk in clerks:
            clerk.join()
    assert len(acknowledged) > KILLS * SAVES_BETWEEN
    assert not acknowledged - stored(served, facts)
