"""The product's settings with tables made at once instead of by migrations: for real processes in tests."""

import atexit
from typing import Any

from jitasa.config.garbage import loads_much, stays
from jitasa.config.settings import *  # noqa: F403

# As the command ``jitasa`` does, also in the programs of tests that are begun in other ways.
loads_much()
atexit.register(stays)


class _None(dict[str, Any]):
    """No app has migrations."""

    def __contains__(self, _app: object) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


MIGRATION_MODULES = _None()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
