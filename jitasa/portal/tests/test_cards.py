"""Share cards over HTTP: public, kept by hash, gone with the record."""

import struct
from typing import Any

import pytest
from django.test import Client

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.photos.models import Photo
from jitasa.portal.tests.making import make_public
from jitasa.portal.views import cards as views
from tests.cast import NOW, Cast

PNG = b"\x89PNG\r\n\x1a\nwhat was drawn"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Shapes that were drawn; the drawing itself is tested where it is made."""
    shapes: list[str] = []

    def draw(_activity: Activity, shape: str, **_more: Any) -> bytes:
        shapes.append(shape)
        return PNG

    monkeypatch.setattr("jitasa.publicity.cards.draw", draw)
    return shapes


def url(activity: Activity, shape: str = "wide") -> str:
    return f"/a/{activity.number}/card-{shape}.png"


def test_a_real_card_is_a_picture_of_the_promised_size(cast: Cast) -> None:
    answer = Client().get(url(make_public(cast)))
    assert answer["Content-Type"] == "image/png"
    assert struct.unpack(">II", answer.content[16:24]) == (1600, 900)
    assert "Cookie" not in answer.get("Vary", "")


def test_whoever_has_it_gets_304_and_nothing_is_drawn(cast: Cast, drawn: list[str]) -> None:
    activity = make_public(cast)
    first = Client().get(url(activity))
    assert first["Cache-Control"] == "public, max-age=60, must-revalidate"
    again = Client().get(url(activity), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, drawn) == (304, b"", ["wide"])


def test_a_picture_taken_down_makes_another_card(cast: Cast, drawn: list[str]) -> None:
    activity = make_public(cast)
    first = Client().get(url(activity))["ETag"]
    Photo.objects.update(withheld_at=NOW)
    assert Client().get(url(activity), headers={"If-None-Match": first}).status_code == 200


def test_only_of_accepted_records_and_in_three_shapes(cast: Cast, drawn: list[str]) -> None:
    activity = make_public(cast)
    for shape in ("square", "tall"):
        assert Client().get(url(activity, shape)).status_code == 200
    for shape in ("round", "wide2"):
        assert Client().get(url(activity, shape)).status_code == 404
    Activity.objects.update(status=Status.RETURNED)
    assert Client().get(url(activity)).status_code == 404


def test_who_asks_too_often_waits(cast: Cast, drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_A_MINUTE", 1)
    activity = make_public(cast)
    assert [Client().get(url(activity)).status_code for _ in range(4)][-1] == 429


def test_the_card_is_the_one_its_office_made(cast: Cast, drawn: list[str]) -> None:
    from jitasa.publicity.services.post import save_post

    activity = make_public(cast)
    before = Client().get(url(activity))["ETag"]
    save_post(
        actor=cast.anong, activity=activity, title="ชื่อสั้น", text="ขอบคุณ", pictures=[], base_revision=0, now=NOW
    )
    after = Client().get(url(activity), headers={"If-None-Match": before})
    assert (after.status_code, after["ETag"] != before) == (200, True)
