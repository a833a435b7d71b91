"""The files that pages are dressed with: gathered, named by their content and compressed once per version of them."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MANIFEST = "staticfiles.json"


def collect_static() -> bool:
    """Gather the files where they have changed since the last time; says whether it did.

    Compressing them takes seconds of processor; a start that changes nothing compares names, sizes and times.
    """
    root = Path(settings.STATIC_ROOT)
    stamp, found = root.with_name("static.stamp"), fingerprint()
    if (root / MANIFEST).is_file() and stamp.is_file() and stamp.read_text("ascii") == found:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    if (root / MANIFEST).is_file():  # none in development, where files are served from where they stand
        stamp.write_text(found, "ascii")
    return True


def fingerprint() -> str:
    """Tells the files and what works on them apart from those of another version."""
    digest = hashlib.sha256()
    for name in ("django", "whitenoise", "brotli"):
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(f"{settings.STORAGES['staticfiles']['BACKEND']}\n".encode())
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=()):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
