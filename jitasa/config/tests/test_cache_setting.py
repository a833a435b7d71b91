"""Where what is kept for a moment lies: the memory of each process, or a Redis or Valkey for all."""

from typing import Any

import pytest
from django.core.cache import CacheHandler
from django.core.cache.backends.redis import RedisCache

from jitasa.config import env


def test_without_a_setting_each_process_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JITASA_CACHE_URL", raising=False)
    assert env.cache("JITASA_CACHE_URL") == {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("redis://cache:6379/1", "redis://cache:6379/1"),
        ("valkey://:secret@cache:6379/0", "redis://:secret@cache:6379/0"),
        ("valkeys://cache", "rediss://cache"),
    ],
)
def test_an_address_is_a_cache_for_all(monkeypatch: pytest.MonkeyPatch, address: str, location: str) -> None:
    monkeypatch.setenv("JITASA_CACHE_URL", address)
    entry: dict[str, Any] = env.cache("JITASA_CACHE_URL")
    assert entry["LOCATION"] == location
    assert isinstance(CacheHandler({"default": entry})["default"], RedisCache)


@pytest.mark.parametrize("address", ["memcached://cache", "cache:6379", "redis://"])
def test_another_address_stops_with_an_example(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("JITASA_CACHE_URL", address)
    with pytest.raises(env.BadSetting, match="redis://127"):
        env.cache("JITASA_CACHE_URL")
