"""The Atom feeds, read by somebody else's parser; the site map."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest
from django.test import Client
from django.urls import resolve, reverse

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.occasions.models import Occasion
from jitasa.portal import atom, feeds
from jitasa.portal.selectors import sitemap
from jitasa.portal.tests.making import make_public, use_of
from jitasa.portal.views import feeds as views
from jitasa.thai.dates import add_months
from tests.cast import NOW, Cast

ATOM = "/feed.atom"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(address: str = ATOM) -> Any:
    parsed = feedparser.parse(Client().get(address).content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_a_feed_reader_understands_it(cast: Cast) -> None:
    activity = make_public(cast, name="เก็บขยะ <b>&</b> ปลูกป่า\u0007")
    parsed = read()
    entry = parsed.entries[0]
    assert (parsed.feed.id, parsed.feed.language) == ("tag:dla.go.th,2026:jitasa/feed/all", "th")
    assert entry.id == f"tag:dla.go.th,2026:jitasa/activity/{activity.uuid}"
    assert entry.link == f"http://localhost:8000/a/{activity.number}/"
    assert entry.title_detail.type == "text/plain"
    assert "ปลูกป่า" in entry.title
    assert "\u0007" not in entry.title
    assert entry.author == "อบต.อ่าวนาง"
    assert entry.updated_parsed[:5] == NOW.timetuple()[:5]
    assert entry.tags[0]["term"] == "development"
    assert "66 คน" in entry.summary
    picture = entry.enclosures[0]
    assert picture["type"] == "image/jpeg"
    assert picture["href"] == f"http://localhost:8000/pictures/{use_of(activity).pk}-medium.jpg"
    body = Client().get(picture["href"].removeprefix("http://localhost:8000"))
    assert len(b"".join(body.streaming_content)) == int(picture["length"])  # type: ignore[attr-defined]  # a FileResponse


def test_newest_accepted_first_and_nothing_else(cast: Cast) -> None:
    first, second, third = (make_public(cast, seed=n, now=NOW + timedelta(minutes=n)) for n in range(3))
    Activity.objects.filter(pk=second.pk).update(status=Status.WITHDRAWN)
    assert [entry.id[-36:] for entry in read().entries] == [str(third.uuid), str(first.uuid)]


def test_of_a_place(cast: Cast) -> None:
    make_public(cast)
    for address, entries in (
        ("/feed.atom?province=81", 1),
        ("/o/81/feed.atom", 1),
        ("/o/8101/feed.atom", 1),
        ("/o/06810104/feed.atom", 1),
        ("/o/8103/feed.atom", 0),
    ):
        assert len(read(address).entries) == entries, address
    for address in ("/feed.atom?province=99", "/feed.atom?province=x", "/o/x/feed.atom"):
        assert Client().get(address).status_code == 404


def test_a_reader_that_has_it_gets_nothing_again(cast: Cast) -> None:
    activity = make_public(cast)
    first = Client().get(ATOM)
    assert first["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert "Cookie" not in first.get("Vary", "")
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        again = Client().get(ATOM, headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
    Activity.objects.filter(pk=activity.pk).update(status=Status.WITHDRAWN)
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        changed = Client().get(ATOM, headers={header: value})
        assert changed.status_code == 200, "what was withdrawn must go, though nothing newer came"
        assert str(activity.uuid).encode() not in changed.content


def test_a_reader_that_asks_every_second_is_told_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_A_MINUTE", 3)
    answers = [Client().get(ATOM) for _ in range(5)]
    assert sum(answer.status_code == 429 for answer in answers) >= 1
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"
    assert "รอหนึ่งนาที" in answers[-1].content.decode()


def test_few_queries_however_much_there_is(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for n in range(3):
        make_public(cast, seed=n)
    with django_assert_max_num_queries(3):
        assert Client().get(ATOM).status_code == 200


def test_an_empty_feed_is_a_feed(cast: Cast) -> None:
    assert read().entries == []


def test_the_time_of_a_change_never_stands_still() -> None:
    etag, at = feeds.freshness(b"one", "x", NOW)
    assert feeds.freshness(b"one", "x", NOW + timedelta(hours=1)) == (etag, at)
    other, later = feeds.freshness(b"two", "x", NOW)
    assert other != etag
    assert later > at


def test_times_are_written_in_utc() -> None:
    assert (
        "<updated>2026-11-22T03:00:00+00:00</updated>"
        in atom.document(atom.Feed("id", "t", "s", "u", "p", NOW), "icon").decode()
    )


# --- site map --------------------------------------------------------------------------------------


def test_every_part_of_the_site_map_is_there_and_every_address_answers(cast: Cast) -> None:
    activity = make_public(cast)
    Occasion.objects.create(code="chakri", date=NOW.date(), name="วันจักรี", short_name="วันจักรี", kind="royal")
    client, found = Client(), []
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    for place in index.findall("s:sitemap/s:loc", SPACE):
        part = client.get((place.text or "").removeprefix("http://localhost:8000"))
        found += ElementTree.fromstring(part.content).findall("s:url", SPACE)
    paths = [(url.findtext("s:loc", "", SPACE)).removeprefix("http://localhost:8000") for url in found]
    assert f"/a/{activity.number}/" in paths
    assert {"/", "/about/", "/o/06810104/", "/d/8101/", "/p/81/", "/days/2569/chakri/"} <= set(paths)
    assert len(paths) == len(set(paths))
    lastmod = next(url for url in found if f"/a/{activity.number}/" in url.findtext("s:loc", "", SPACE))
    assert lastmod.findtext("s:lastmod", "", SPACE) == "2026-11-22"
    for path in paths:
        resolve(path)
    for path in (f"/a/{activity.number}/", "/o/06810104/", "/d/8101/", "/p/81/", "/days/2569/chakri/"):
        assert client.get(path).status_code == 200, path


def test_parts_hold_no_more_than_so_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap.PublicAddresses, "limit", 2)
    for n in range(3):
        make_public(cast, seed=n)
    client = Client()
    places = ElementTree.fromstring(client.get("/sitemap.xml").content).findall("s:sitemap/s:loc", SPACE)
    parts = [place.text or "" for place in places if "activities" in (place.text or "")]
    first = "http://localhost:8000/sitemap-activities-256911.xml"
    assert parts == [first, f"{first}?p=2"]
    pages = [client.get(part.removeprefix("http://localhost:8000")).content for part in parts]
    assert [len(ElementTree.fromstring(page).findall("s:url", SPACE)) for page in pages] == [2, 1]
    assert client.get("/sitemap-activities-256911.xml?p=3").status_code == 404


def test_the_index_counts_all_months_at_once_and_only_once_an_hour(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for n in range(3):
        activity = make_public(cast, seed=n)
        month = add_months(NOW.date().replace(day=1), -n)
        Activity.objects.filter(pk=activity.pk).update(month=month)
    client = Client()
    with django_assert_num_queries(3):  # days, places, and the records of every month
        first = client.get("/sitemap.xml").content.decode()
    assert [month for month in ("256909", "256910", "256911") if f"activities-{month}.xml" in first] == [
        "256909",
        "256910",
        "256911",
    ]
    with django_assert_num_queries(0):
        assert client.get("/sitemap.xml").content.decode() == first


def test_addresses_are_the_sites_own_whatever_host_is_asked(cast: Cast, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for address in ("/sitemap.xml", "/sitemap-places.xml"):
        content = Client().get(address, headers={"host": "elsewhere.example"}).content
        assert b"elsewhere" not in content, address
        assert b"http://localhost:8000/" in content, address


@pytest.mark.parametrize(
    "name", ["pages-2", "activities-1-256911", "activities-256913", "x-1", "activities-0", "activities"]
)
def test_other_parts_are_not_there(cast: Cast, name: str) -> None:
    assert Client().get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_are_shown_the_site_map(cast: Cast) -> None:
    words = Client().get(reverse("portal:robots")).content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in words
    assert "Disallow: /work/" in words
