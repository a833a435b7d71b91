"""Pages that anybody may keep: the same for all, without cookies, in two languages, 304 when known."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.portal.tests.making import make_public
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
LISTS = ("/", "/activities/", "/map/?province=81", "/p/81/", "/d/8101/", "/o/06810104/", "/calendar/")
NEAR = "/map/points.json?bounds=98,7,99,9"
PAGES = (*LISTS, "/map/", NEAR, "/days/", "/materials/", "/a/81-6911-000001/")
FORGERY = re.compile(rb"csrf", re.IGNORECASE)


@pytest.fixture(autouse=True)
def shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Activity:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return make_public(cast)


def test_everybody_gets_the_same_page_without_cookies(cast: Cast) -> None:
    anong = cast.client("anong")
    for address in PAGES:
        _same_for_all(address, anong)


def _same_for_all(address: str, signed_in: Client) -> None:
    guest, officer = Client().get(address), signed_in.get(address)
    assert guest.status_code == 200, address
    assert guest["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in guest.get("Vary", "")
    assert not guest.cookies
    assert not officer.cookies
    assert officer.content == guest.content
    assert not FORGERY.search(guest.content)
    again = Client().get(address, headers={"If-None-Match": guest["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_language_cookie_changes_no_page_an_address_does(client: Client) -> None:
    client.cookies["jitasa_language"] = "en"
    assert 'lang="th"' in client.get("/activities/").content.decode()
    english = client.get("/en/activities/").content.decode()
    assert 'lang="en"' in english
    assert 'href="/en/map/"' in english
    assert 'hreflang="th" href="http://localhost:8000/activities/"' in english
    assert '<link rel="canonical" href="http://localhost:8000/en/activities/">' in english
    assert "/en/pictures/" not in english


def test_the_other_language_keeps_the_question(client: Client) -> None:
    page = client.get("/activities/", {"q": "หาด", "page": "1"}).content.decode()
    assert 'href="/en/activities/?q=' in page
    page = client.get("/en/activities/", {"q": "หาดทราย"}).content.decode()
    assert 'href="/activities/?q=' in page


@pytest.mark.parametrize(
    ("address", "to"),
    [("/en/work/", "/work/"), ("/en/calendar.ics?x=1", "/calendar.ics?x=1"), ("/en/manual/", "/manual/")],
)
def test_what_has_one_language_leads_there(client: Client, address: str, to: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, to)


@pytest.mark.parametrize(
    "address", ["/en//evil.example/", "/en/%2F%2Fevil.example/", "/en/http://evil.example/"]
)
def test_no_address_leads_elsewhere(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_text_goes_compressed_to_those_who_read_it_so(client: Client) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert packed["ETag"] == f"W/{plain['ETag']}", "two codings of one text are alike, not the same bytes"
    for coding in ("gzip", "identity"):
        again = client.get("/", headers={"Accept-Encoding": coding, "If-None-Match": packed["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_page_only_shows(client: Client) -> None:
    for address in ("/", "/activities/", "/map/"):
        assert client.post(address).status_code == 405


def _copy(row: Activity, last: int, first: int = 0) -> None:
    """Further accepted records, each with the pictures of ``row``, written directly."""
    uses = list(row.photos.all())
    for number in range(first, last):
        copy = Activity.objects.get(pk=row.pk)
        copy.pk, copy.number = None, f"81-6911-2{number:05}"
        copy.uuid = type(row.uuid)(int=row.uuid.int ^ (number + 1))
        copy.save(force_insert=True)
        ActivityPhoto.objects.bulk_create(
            ActivityPhoto(activity=copy, photo=use.photo, position=use.position, publish=use.publish)
            for use in uses
        )


def test_queries_do_not_grow_with_rows(client: Client, shown: Activity) -> None:
    few = {}
    _copy(shown, 2)
    for address in (*LISTS, NEAR):
        client.get(address)  # what is kept for a minute is kept now
        few[address] = _queries(client, address)
        assert few[address] <= 16, address
    _copy(shown, 30, first=2)
    assert {address: _queries(client, address) for address in few} == few


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
        return len(captured)


def _weight(path: str) -> int:
    """Bytes over the wire: text compressed, faces as they are."""
    content = Path(str(finders.find(path))).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content))


MODULES = ("toast", "svg", "theme_switch", "confirm", "date")


def test_a_first_page_is_light(client: Client, shown: Activity) -> None:
    """Under 120 kB: the page, styles, scripts and both weights of the face; pictures come as one scrolls."""
    _copy(shown, 25)
    for address in ("/", "/activities/", "/a/81-6911-000001/", "/p/81/", "/calendar/"):
        total = _first_page(client.get(address).content)
        assert total < 120_000, f"{address}: {total}"


def _first_page(html: bytes) -> int:
    files = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', html.decode()))
    fonts = {
        f"ui/fonts/plex-looped-{face}-{weight}.woff2" for face in ("thai", "ascii") for weight in (400, 600)
    }
    modules = {f"ui/js/{name}.js" for name in MODULES}
    return len(gzip.compress(html)) + sum(_weight(path) for path in files | fonts | modules)
