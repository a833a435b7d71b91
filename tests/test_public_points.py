"""No public face of a record points finer than 100 m: every public address is asked, and every dataset."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.activities.public_point import public_point
from jitasa.opendata.datasets import BY_SLUG
from jitasa.opendata.services.refresh import refresh
from jitasa.portal.selectors import points
from jitasa.portal.tests.making import make_public, use_of
from jitasa.thai.dates import day_of
from jitasa.ui.maps import points_on
from tests.cast import NOW, Cast
from tests.routes import ROUTES
from tests.things import World

pytestmark = pytest.mark.django_db
LATITUDE, LONGITUDE = 8.034567, 98.812345
SHOWN = (8.035, 98.812)
FINER = re.compile(rb"8\.03456|8\.0345|8\.0346|98\.8123|034567|812345")
PUBLIC = [route.name for route in ROUTES if route.sight == "public" and not route.post]
# Addresses of this very record, where the walk of access would make another one.
OF_THE_RECORD = ("portal:activity", "portal:card", "portal:picture", "portal:takedown")


@pytest.fixture(autouse=True)
def record(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Activity:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    made = make_public(cast, latitude=LATITUDE, longitude=LONGITUDE)
    assert (made.latitude, made.longitude) == (LATITUDE, LONGITUDE), "the office keeps what it recorded"
    return made


def body(response: Any) -> bytes:
    """Content and headers; the content of a stream, too."""
    found = b"".join(response.streaming_content) if response.streaming else response.content
    return found + str(response.headers).encode()


def arguments(name: str, cast: Cast, record: Activity) -> dict[str, Any]:
    if name in OF_THE_RECORD:
        own: dict[str, Any] = {
            "number": record.number,
            "pk": use_of(record).pk,
            "shape": "wide",
            "size": "small",
        }
        wanted = {"portal:activity": ["number"], "portal:card": ["number", "shape"]}
        return {key: own[key] for key in wanted.get(name, ["pk", "size"] if "picture" in name else ["pk"])}
    route = next(each for each in ROUTES if each.name == name)
    return route.build(World(cast), cast.aonang) if route.build else {}


@pytest.mark.parametrize("name", PUBLIC)
def test_no_public_address_points_finer(cast: Cast, record: Activity, name: str) -> None:
    address = reverse(name, kwargs=arguments(name, cast, record))
    for asked in (address, f"/en{address}", f"{address}?province=81&period=12&q=เก็บ"):
        response = Client().get(asked)
        assert response.status_code < 500
        assert not FINER.search(body(response)), asked


def test_the_walk_knows_every_face_of_the_record() -> None:
    assert {*OF_THE_RECORD, "portal:map_points", "portal:office", "portal:feed"} <= set(PUBLIC)


def test_the_map_shows_the_rounded_point_and_is_searched_by_it() -> None:
    def found(west: float, south: float, east: float, north: float) -> list[Any]:
        answer = Client().get(f"/map/points.json?bounds={west},{south},{east},{north}")
        assert not FINER.search(answer.content)
        return [each["geometry"]["coordinates"] for each in answer.json()["features"]]

    assert found(98.5, 7.5, 99.5, 8.7) == [[SHOWN[1], SHOWN[0]]]
    assert found(98.8119, 8.0349, 98.8121, 8.0351) == [[SHOWN[1], SHOWN[0]]], "around what is shown"
    assert found(98.8122, 8.0344, 98.8125, 8.0347) == [], "around what was recorded"
    assert found(98.8119, 8.0344, 98.8121, 8.0347) == []


def test_drawn_maps_have_their_dot_where_the_rounded_point_is(cast: Cast, record: Activity) -> None:
    (dot,) = points_on("81", [(*SHOWN, record.name)])["dots"]
    assert public_point(LATITUDE, LONGITUDE) == SHOWN
    assert points.of_office(cast.aonang, day_of(NOW))[0][:2] == SHOWN
    page = Client().get(f"/a/{record.number}/").content.decode()
    assert f'cx="{dot.x}" cy="{dot.y}"' in page


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_open_data_rounds_with_the_same_rule(form: str) -> None:
    refresh(dataset=BY_SLUG["activities"], now=NOW)
    content = body(Client().get(f"/opendata/activities.{form}"))
    assert not FINER.search(content)
    assert b"8.035" in content
    assert b"98.812" in content
