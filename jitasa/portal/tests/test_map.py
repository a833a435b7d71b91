"""Points on the map."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.organizations.models import Organization
from jitasa.portal.selectors import points
from jitasa.portal.tests.making import make_public
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
KRABI = "98.5,7.5,99.5,8.7"


@pytest.fixture(autouse=True)
def shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Activity:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return make_public(cast)


def test_a_wide_view_has_numbers_of_provinces(client: Client) -> None:
    found = client.get("/map/points.json").json()
    assert found["grouped"]
    assert [each["properties"]["count"] for each in found["features"]] == [1]
    assert found["features"][0]["properties"]["url"] == "/p/81/"
    assert client.get("/map/points.json?bounds=97,5,106,21").json()["grouped"]


def test_a_near_view_has_points(client: Client, shown: Activity) -> None:
    answer = client.get(f"/map/points.json?bounds={KRABI}")
    assert answer["Content-Type"] == "application/geo+json"
    found = answer.json()
    assert not found["grouped"]
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [98.8, 8.04]}
    assert feature["properties"]["url"] == f"/a/{shown.number}/"
    assert client.get("/map/points.json?bounds=100,13,101,14").json()["features"] == []


def test_filters_of_the_map(client: Client) -> None:
    assert client.get(f"/map/points.json?bounds={KRABI}&kind=disaster").json()["features"] == []
    assert client.get("/map/points.json?kind=disaster").json()["features"] == []
    assert (
        len(client.get(f"/map/points.json?bounds={KRABI}&kind=development&period=1").json()["features"]) == 1
    )
    Activity.objects.update(month="2026-08-01")
    assert client.get(f"/map/points.json?bounds={KRABI}&period=3").json()["features"] == []


ODD_BOUNDS = [
    ("2,48,3,49", "นอกประเทศไทย"),
    ("99,8,98,7", "กลับด้าน"),
    ("1,2,3", "ตัวเลขสี่ตัว"),
    ("a,b,c,d", "ตัวเลขสี่ตัว"),
    ("nan,nan,nan,nan", "กลับด้าน"),
    ("-inf,-inf,inf,inf", ""),
    ("9" * 10_000, "ตัวเลขสี่ตัว"),
    ("'; DROP TABLE x; --", "ตัวเลขสี่ตัว"),
]


def test_bounds_that_cannot_be_are_said(client: Client) -> None:
    for bounds, words in ODD_BOUNDS:
        answer = client.get("/map/points.json", {"bounds": bounds})
        if words:
            assert answer.status_code == 400, bounds
            assert words in answer.json()["error"]
        else:
            assert answer.json()["grouped"]


def test_no_more_points_than_a_phone_can_draw(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "MOST_POINTS", 0)
    found = client.get(f"/map/points.json?bounds={KRABI}").json()
    assert found["more"]
    assert found["features"] == []


def test_the_map_is_a_list_without_script(client: Client, shown: Activity) -> None:
    page = client.get("/map/").content.decode()
    assert "?province=81" in page
    page = client.get("/map/?province=81").content.decode()
    assert shown.name in page
    assert client.get("/map/?province=99&kind=%27&period=x").status_code == 200


def test_every_province_has_a_middle_in_thailand() -> None:
    assert len(points.centres()) == 77
    for longitude, latitude in points.centres().values():
        assert points.WEST < longitude < points.EAST
        assert points.SOUTH < latitude < points.NORTH


def _on(row: Activity, day: date, index: int) -> None:
    copy = Activity.objects.get(pk=row.pk)
    copy.pk, copy.number, copy.name = None, f"81-6911-20000{index}", str(day)
    copy.uuid = type(row.uuid)(int=row.uuid.int ^ index)
    copy.start_date, copy.month = day, day.replace(day=1)
    copy.save(force_insert=True)


def test_a_place_shows_its_newest_points_however_far_back_they_are(
    cast: Cast, shown: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [date(2026, 11, 2), date(2026, 10, 30), date(2026, 3, 1), date(2020, 1, 5), date(2019, 1, 5)]
    for index, day in enumerate(reversed(days), start=1):
        _on(shown, day, index)
    Activity.objects.filter(pk=shown.pk).update(start_date=date(2026, 11, 1))
    wanted = [str(days[0]), shown.name, *map(str, days[1:])]

    def names(office: Organization) -> list[str]:
        return [dot[2] for dot in points.of_office(office, date(2026, 11, 22))]

    for most in range(1, 7):
        monkeypatch.setattr(points, "ON_A_PAGE", most)
        assert [names(office) for office in (cast.krabi, cast.mueang, cast.aonang)] == [wanted[:most]] * 3
    assert names(cast.lanta) == []
