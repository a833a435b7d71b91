"""Settings for tests: cheap passwords, plain static files, debug off."""

from jitasa.config.settings import *  # noqa: F403
from jitasa.queues import QUEUES

MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": [*QUEUES]}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PHOTOS_MADE_BY_WORKER = False
# The cast has no telephones: tests of the second factor ask for it themselves.
MFA_REQUIRED = "0"
if DATABASES["default"]["ENGINE"] == "jitasa.sqlite":  # noqa: F405
    # Said, because pytest-django knows only Django's own engine by name and would give each worker a file.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
