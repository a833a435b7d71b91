"""The static files that the page without a signal is made of: its modules and whatever they import."""

import hashlib
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders
from django.templatetags.static import static

ROOTS = (
    "activities/record.js",
    "activities/record.css",
    "activities/record_form.css",
    "field/shell.js",
    "field/worker.js",
    "ui/js/ui.js",
    "ui/js/map.js",
    "ui/js/viewer.js",
    "ui/js/theme.js",
    *(f"ui/css/{name}.css" for name in ("tokens", "base", "components", "forms")),
    "ui/mark.svg",
    "field/icon-192.png",
    "django_htmx/htmx-2.min.js",
)
# Named by a script beside itself, under the plain name.
PLAIN = ("ui/css/map.css", "ui/geo/provinces.json", "ui/vendor/leaflet/leaflet.css")
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""")
_NAMED = re.compile(r"""url\(["']?([^"')]+\.woff2)["']?\)""")


@cache
def names() -> tuple[str, ...]:
    """Every file by its plain name, sorted."""
    found: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting += _inside(name)
    return tuple(sorted(found))


def _inside(name: str) -> list[str]:
    """What a module imports, what a style sheet shows."""
    path = finders.find(name)
    if not isinstance(path, str) or not name.endswith((".js", ".css")) or "vendor/" in name:
        return []
    pattern = _IMPORTED if name.endswith(".js") else _NAMED
    return [normpath(join(dirname(name), each)) for each in pattern.findall(Path(path).read_text("utf-8"))]


def urls() -> list[str]:
    """The addresses of the files, as pages name them."""
    plain = [join(dirname(static("ui/js/ui.js")), "..", "..", name) for name in PLAIN]
    return [static(name) for name in names()] + [normpath(each) for each in plain]


def version() -> str:
    """Changes with any of the files: the browser then fetches the worker's new set."""
    return hashlib.sha256("\n".join(urls()).encode()).hexdigest()[:16]
