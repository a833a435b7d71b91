"""What guests may ask is counted once for all processes: in the database, or in a Redis of its own."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from jitasa.config.tests.prepared import prepared
from jitasa.config.tests.served import environment, get, status, wait_until, web_process
from jitasa.occasions.views.feeds import MOST_A_MINUTE
from jitasa.ui.limits import counted, forget_asked
from jitasa.ui.models import RequestCount
from tests.cast import NOW

FEED = "/calendar.ics"
LATEST_SECOND = 40  # of a minute: later there is too little time to ask
SERVER = shutil.which("redis-server") or shutil.which("valkey-server")


@contextmanager
def cache_server(folder: Path) -> Iterator[str]:
    """A Redis or Valkey of this machine on a port of its own; its address."""
    if SERVER is None:
        pytest.skip("neither redis-server nor valkey-server is installed")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([SERVER, *options], stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers_ping(port), 20, "the cache server")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(20)


def answers_ping(port: int) -> bool:
    try:
        with redis.Redis(port=port) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False


def asked_until_refused(ports: list[int]) -> int:
    """How many askings two processes answer in turn before one says that it is enough."""
    for number in range(3 * MOST_A_MINUTE):
        if status(get(ports[number % len(ports)], FEED)) == 429:
            return number
    raise AssertionError("nobody was refused")


def within_one_minute(ports: list[int]) -> int:
    """As :func:`asked_until_refused`, not over the end of a minute, where counting begins anew.

    An attempt that went over it has filled the next minute, too: the one after begins with a minute of its own.
    """
    for attempt in range(3):
        began = timezone.now()
        if attempt or began.second > LATEST_SECOND:
            time.sleep(60 - began.second)
            began = timezone.now()
        found = asked_until_refused(ports)
        if timezone.now().replace(second=0, microsecond=0) == began.replace(second=0, microsecond=0):
            return found
    raise AssertionError("three times over the end of a minute")


@pytest.mark.parametrize("place", ["database", "cache server"])
def test_two_processes_count_as_one(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, place: str
) -> None:
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings")
    prepared(tmp_path_factory, tmp_path)
    if place == "database":
        with web_process(env) as one, web_process(env) as other:
            assert within_one_minute([one, other]) == MOST_A_MINUTE
        return
    with cache_server(tmp_path) as address:
        env["JITASA_CACHE_URL"] = address
        with web_process(env) as one, web_process(env) as other:
            assert within_one_minute([one, other]) == MOST_A_MINUTE
        with redis.from_url(address) as client:
            assert client.keys("jitasa:*")


@pytest.mark.django_db
def test_counts_hold_no_address_and_are_forgotten() -> None:
    assert [counted("feed", "192.0.2.7", NOW, seconds=60) for _ in range(3)] == [1, 2, 3]
    assert counted("feed", "192.0.2.8", NOW, seconds=60) == 1
    assert counted("card", "192.0.2.7", NOW, seconds=60) == 1
    assert counted("feed", "192.0.2.7", NOW + timedelta(minutes=1), seconds=60) == 1
    assert not any("192.0.2" in row.key for row in RequestCount.objects.all())
    assert forget_asked(now=NOW + timedelta(minutes=1)) == 0
    assert forget_asked(now=NOW + timedelta(minutes=2, seconds=30)) == 3
    assert RequestCount.objects.count() == 1
