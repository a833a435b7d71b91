"""A shared cache that goes away: whoever asks goes on as with an empty one, and finds it again."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import CacheHandler, cache
from django.test import Client

from jitasa.config import env
from jitasa.config.health import cache_is_away
from jitasa.config.tests.site import free_port
from jitasa.config.tests.test_counted_for_all import cache_server
from jitasa.shared_cache import SharedCache
from jitasa.ui.limits import counted
from tests.cast import NOW, Cast


@pytest.fixture
def away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site's cache is named and not there."""
    monkeypatch.setenv("JITASA_CACHE_URL", f"redis://127.0.0.1:{free_port()}/0")
    monkeypatch.setattr(SharedCache, "away_until", 0.0)
    settings.CACHES = {"default": env.cache("JITASA_CACHE_URL")}
    settings.COUNTED_IN_CACHE = True
    yield
    SharedCache.away_until = 0.0


@pytest.mark.usefixtures("away")
def test_it_is_an_empty_one() -> None:
    assert (cache.get("key", "nothing"), cache.add("key", 1), cache.has_key("key")) == (
        "nothing",
        True,
        False,
    )
    cache.set("key", 1)
    cache.delete("key")
    assert (cache.get_many(["key"]), cache.get_or_set("key", "made")) == ({}, "made")
    assert counted("what", "whose", NOW, seconds=60) == 1
    assert cache_is_away()


@pytest.mark.usefixtures("away")
def test_nobody_waits_for_it_again_and_again() -> None:
    cache.get("key")
    asked = SharedCache.away_until
    cache.get("key")
    assert SharedCache.away_until == asked > time.monotonic()


@pytest.mark.usefixtures("away")
def test_pages_and_programs_go_on(cast: Cast, client: Client) -> None:
    for path in ("/", "/feed.atom", "/calendar.ics"):
        assert (path, client.get(path).status_code) == (path, 200)
    assert cast.client("fah").get("/work/month/").status_code in {200, 302}
    assert client.get("/api/v1/activities").status_code == 401  # no token, and no fault
    assert client.get("/readyz").json()["cache"] == "away"


def test_it_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with cache_server(tmp_path) as address:
        monkeypatch.setenv("JITASA_CACHE_URL", address)
        monkeypatch.setattr(SharedCache, "away_until", 0.0)
        found = CacheHandler({"default": env.cache("JITASA_CACHE_URL")})["default"]
        found.set("key", "kept")
        assert found.get("key") == "kept"
        SharedCache.away_until = time.monotonic() + 60
        assert found.get("key") is None
        SharedCache.away_until = 0.0
        assert found.get("key") == "kept"
