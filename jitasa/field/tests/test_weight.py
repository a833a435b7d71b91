"""What the first visit of the recording page fetches, and what waits until it can be used (docs/adr/0079)."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import brotli  # type: ignore[import-untyped]  # ships no types
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from jitasa.activities.tests.making import make_lists
from jitasa.config import settings as ours
from jitasa.ui.modules import imported_by
from jitasa.ui.storage import LEFT_ALONE, without_comments
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
# What the form and the page import by themselves when it can be used, and what only when somebody wants it.
LATER = {"activities/record/later.js", "activities/device/prepare.js"}
WANTED = {"activities/device/old_copies.js", "ui/js/map.js", "ui/js/near.js", "ui/js/viewer.js"}
_IMPORTED_LATER = re.compile(r"""\bimport\(\s*["'](\.[^"']+)["']\s*\)""")

FACES = [
    f"ui/fonts/plex-looped-{face}-{weight}-dense.woff2" for face in ("thai", "ascii") for weight in (400, 600)
]
MOST = 145_000  # bytes over the wire, headers included, all that comes before and after the form can be used: 5,000 below
# what is wanted, for offices with longer lists
ALSO = ("/work/activities/proposals/", "/work/field/desk.json", "/sw.js")


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def test_the_page_names_all_its_modules_at_once_and_none_that_can_wait(cast: Cast) -> None:
    page = cast.client("anong").get("/work/activities/new/", follow=True).content.decode()
    named = set(re.findall(r'<link rel="modulepreload" href="/static/([^"]+)"', page))
    assert named == {*imported_by("activities/record.js"), *imported_by("ui/js/ui.js")}
    assert not named & (LATER | WANTED)
    shell = Client().get("/field/").content.decode()
    assert 'rel="modulepreload" href="/static/field/joint.js"' in shell


def test_page_and_lists_are_compressed(cast: Cast) -> None:
    client = cast.client("anong")
    for address in ("/work/activities/new/", "/work/field/desk.json", "/work/activities/proposals/"):
        plain = client.get(address, follow=True)
        small = client.get(address, follow=True, headers={"Accept-Encoding": "gzip"})
        assert small["Content-Encoding"] == "gzip", address
        assert len(small.content) < len(plain.content) * 0.6, address


def test_htmx_comes_when_the_form_can_be_used(cast: Cast) -> None:
    for client, address in ((cast.client("anong"), "/work/activities/new/"), (Client(), "/field/")):
        page = client.get(address, follow=True).content.decode()
        assert re.search(r'<template data-htmx="/static/django_htmx/htmx-2.min.js">', page), address
        assert not re.search(r"<script[^>]+htmx", page), address


def head_of(answer: Any) -> int:
    """Bytes of an answer's status line and headers, with those that the server adds (Date, Server, Connection)."""
    return 17 + sum(len(name) + len(value) + 4 for name, value in answer.items()) + 100


def files_of(page: str) -> set[str]:
    """All that the page names, what the form imports later and what the page asks for by itself."""
    page = re.sub(r'<link rel="apple-touch-icon"[^>]*>', "", page)  # asked for when the app is installed
    named = set(re.findall(r'(?:href|src|data-htmx)="/static/([^"]+?\.(?:js|css|svg|png|json))"', page))
    return named.union(*(imported_by(name) for name in LATER), FACES)


def test_what_is_imported_later_is_reckoned_or_waits_until_it_is_wanted(cast: Cast) -> None:
    page = cast.client("anong").get("/work/activities/new/", follow=True).content.decode()
    found: set[str] = set()
    for name in (each for each in files_of(page) if each.endswith(".js") and "django_htmx" not in each):
        text = Path(str(finders.find(name))).read_text("utf-8")
        found |= {normpath(join(dirname(name), each)) for each in _IMPORTED_LATER.findall(text)}
    assert found == LATER | WANTED


def test_the_first_visit_weighs_less_than_150_kb(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """Each file as it is served: without comments, brotli, with the headers it is served with; the page and the lists
    with gzip; the first answer, which leads to the record's own address; the proposals, the lists, the worker."""
    (tmp_path / "x.js").write_text("1")
    settings.STATIC_ROOT, settings.MIDDLEWARE = tmp_path, ours.MIDDLEWARE
    served = Client().get("/static/x.js", headers={"Accept-Encoding": "br"})
    head = head_of(served) + len("Content-Encoding: br\r\nVary: Accept-Encoding\r\n")
    client = cast.client("anong")
    page = client.get("/work/activities/new/", follow=True)
    answers = [client.get("/work/activities/new/")]
    answers += [
        client.get(address, headers={"Accept-Encoding": "gzip, br"})
        for address in (page.redirect_chain[-1][0], *ALSO)
    ]
    weight = sum(head_of(each) + len(each.content) for each in answers)
    names = files_of(page.content.decode())
    for name in sorted(names):
        data = Path(str(finders.find(name))).read_bytes()
        if name.endswith(".js") and not name.startswith(LEFT_ALONE):
            data = without_comments(data.decode()).encode()
        weight += head + (len(data) if name.endswith((".woff2", ".png")) else len(brotli.compress(data)))
    print(f"{weight} bytes, {len(names) + len(answers)} answers")  # noqa: T201 (for docs/performance.md)
    assert weight < MOST
