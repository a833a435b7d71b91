"""The cache that hosts share, in Redis or Valkey: one that does not answer is an empty one.

What lies in it is made anew where it is missing, and nobody is sent away by a count that nobody can tell. So a page
goes on without it, slower; after a failure nobody waits for it for a few seconds.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger("jitasa.cache")
AWAY_SECONDS = 5.0
# A connection that the server closed meanwhile is made anew at once, and no more than that.
LIMITS = {"socket_timeout": 1.0, "socket_connect_timeout": 1.0, "retry": Retry(NoBackoff(), 1)}


class SharedCache(RedisCache):
    """Django's, which never raises for a server that is away."""

    away_until = 0.0  # of the process: each thread has a cache of its own

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params | {"OPTIONS": LIMITS | params.get("OPTIONS", {})})

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._asked(lambda: super(SharedCache, self).get(key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._asked(lambda: super(SharedCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> Any:
        return self._asked(lambda: super(SharedCache, self).has_key(key, version), False)

    def add(self, key: Any, value: Any, *given: Any, **named: Any) -> Any:
        return self._asked(lambda: super(SharedCache, self).add(key, value, *given, **named), True)

    def set(self, key: Any, value: Any, *given: Any, **named: Any) -> Any:
        return self._asked(lambda: super(SharedCache, self).set(key, value, *given, **named), None)

    def set_many(self, data: Any, *given: Any, **named: Any) -> Any:
        return self._asked(lambda: super(SharedCache, self).set_many(data, *given, **named), [*data])

    def touch(self, key: Any, *given: Any, **named: Any) -> Any:
        return self._asked(lambda: super(SharedCache, self).touch(key, *given, **named), False)

    def delete(self, key: Any, version: int | None = None) -> Any:
        return self._asked(lambda: super(SharedCache, self).delete(key, version), False)

    def delete_many(self, keys: Any, version: int | None = None) -> Any:
        return self._asked(lambda: super(SharedCache, self).delete_many(keys, version), None)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        """:raises ValueError: it is not there, or nobody can tell"""
        found = self._asked(lambda: super(SharedCache, self).incr(key, delta, version), None)
        if found is None:
            raise ValueError(key)
        return found

    def answers(self) -> bool:
        """Whether the server is there."""
        return bool(self._asked(lambda: self._cache.get_client(None).ping(), False))

    def _asked(self, act: Callable[[], Any], instead: Any) -> Any:
        if time.monotonic() < SharedCache.away_until:
            return instead
        try:
            return act()
        except RedisError as error:
            SharedCache.away_until = time.monotonic() + AWAY_SECONDS
            log.error("the shared cache does not answer: %s", error)
            return instead
