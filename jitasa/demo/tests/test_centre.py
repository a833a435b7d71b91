"""The demonstration's volunteer centre: its day with the order as a file, and its poster, seen as its own."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from jitasa.demo.services.centre import NAME, make_centre, third_saturday
from jitasa.publicity.models import Material
from jitasa.publicity.rules import may_edit_material
from jitasa.thai.dates import BANGKOK
from tests.cast import Cast

AT = datetime(2026, 11, 27, 10, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("month", "wanted"),
    [
        (date(2026, 12, 1), date(2026, 12, 19)),
        (date(2027, 5, 1), date(2027, 5, 15)),  # begins on a Saturday
        (date(2027, 8, 1), date(2027, 8, 21)),  # on a Sunday
    ],
)
def test_the_third_saturday(month: date, wanted: date) -> None:
    assert third_saturday(month) == wanted


def test_the_centre_has_set_a_day_by_an_order_that_its_offices_can_open(cast: Cast) -> None:
    day, _material = make_centre(now=AT)
    assert (day.date, day.by_centre, day.set_by) == (date(2026, 12, 19), True, "ศอ.จอส.จังหวัดกระบี่")
    anong = cast.client("anong")
    page = anong.get(reverse("occasions:calendar"), {"month": "2569-12"}).content.decode()
    assert NAME in page
    assert "กำหนดโดย ศอ.จอส.จังหวัดกระบี่" in page
    got = anong.get(reverse("occasions:order", args=[day.pk]))
    assert b"".join(got.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]


def test_its_poster_is_for_that_day_and_the_centres_own(cast: Cast) -> None:
    day, made = make_centre(now=AT)
    material = Material.objects.get(pk=made.pk)
    assert (material.occasion_id, material.by_centre, material.organization_id) == (
        day.pk,
        True,
        cast.krabi.pk,
    )
    assert material.files.count() == 1
    assert may_edit_material(cast.hathai, material)
    assert not may_edit_material(cast.ek, material)
