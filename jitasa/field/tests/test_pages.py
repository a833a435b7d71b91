"""The page without a signal is everybody's: nobody's data in it, every file it needs in the worker's set."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.field import assets
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def test_the_page_is_the_same_for_everybody_and_holds_no_token(cast: Cast) -> None:
    shown = [client.get("/field/") for client in (Client(), cast.client("anong"), cast.client("fah"))]
    assert len({page.content for page in shown}) == 1
    assert all(not page.cookies and "Cookie" not in page.get("Vary", "") for page in shown)
    html = shown[0].content.decode()
    assert 'name="csrfmiddlewaretoken" value=""' in html
    assert "hx-headers" not in html
    assert "อ่าวนาง" not in html
    assert Client().get("/en/field/").content.decode().startswith('<!doctype html>\n<html lang="en">')


def test_the_page_is_the_form_of_the_office_with_its_fields(cast: Cast) -> None:
    fields = re.compile(r' name="([a-z_0-9-]+)"')
    own = cast.client("anong").get("/work/activities/new/", follow=True).content.decode()
    everybodys = Client().get("/field/").content.decode()
    frame = {"q", "next", "language"}  # of the bar over an officer's pages
    assert set(fields.findall(own)) - frame == set(fields.findall(everybodys))


def test_the_worker_names_every_file_that_the_page_asks_for() -> None:
    code = Client().get("/sw.js")
    assert code["Content-Type"].startswith("text/javascript")
    assert code["Service-Worker-Allowed"] == "/"
    told = json.loads(re.search(r"start\((.*)\);", code.content.decode())[1])  # type: ignore[index]  # it is there
    page = Client().get("/field/").content.decode()
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) - {"/static/field/icon-512.png"}
    assert asked <= set(told["files"])
    assert all(isinstance(finders.find(each.removeprefix("/static/")), str) for each in told["files"])
    assert Client().get("/field/")["X-Field-Version"] == told["version"]


def test_no_module_of_the_set_imports_a_file_outside_it() -> None:
    imported = re.compile(r"""(?:\bfrom|\bimport)\s*(?:\(\s*)?["']([^"'\n]+)["']""")
    for name in assets.names():
        if not name.endswith(".js") or "vendor" in name or name.startswith("django_htmx"):
            continue
        path = finders.find(name)
        assert isinstance(path, str), name
        for each in imported.findall(Path(path).read_text("utf-8")):
            assert each.startswith("."), f"{name} imports {each}"
            target = (Path("/") / name).parent / each
            assert str(target.resolve()).lstrip("/") in assets.names(), f"{name} imports {each}"


def test_the_manifest_makes_an_app_that_takes_pictures() -> None:
    answer = Client().get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["scope"], told["start_url"], told["display"]) == ("/", "/field/", "standalone")
    assert told["share_target"]["params"]["files"][0]["accept"] == ["image/*", ".heic", ".heif"]
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_pictures_shared_before_the_worker_is_there_are_not_read() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/field/share/", {"photos": b"x"})
    assert (answer.status_code, answer["Location"]) == (302, "/field/?share=none")


def test_an_officer_gets_what_her_office_needs_and_nobody_else_anything(cast: Cast) -> None:
    sent = make_sent(cast.anong, name="เก็บขยะริมหาด", place="หาดนพรัตน์ธารา")
    desk = cast.client("anong").get("/work/field/desk.json")
    assert "no-store" in desk["Cache-Control"]
    told = desk.json()
    assert told["person"]["username"] == "anong"
    assert "อ่าวนาง" in told["office"]["name"]
    tambons = [code for group in told["lists"]["tambon_code"] for code, _words in group["options"]]
    assert "810116" in tambons
    record = told["earlier"][0]["record"]
    assert json.loads(record["fill"])["name"] == sent.name
    assert record["headline"] == sent.name
    assert Client().get("/work/field/desk.json").status_code == 401
    for who in ("dao", "ek", "fah"):  # no desk, and no refusal: everybody's page asks
        assert cast.client(who).get("/work/field/desk.json").json() == {"person": None}
    assert "เก็บขยะริมหาด" not in cast.client("chai").get("/work/field/desk.json").content.decode()
