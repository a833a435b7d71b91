"""The pages of the important days: who sees what, who gets which buttons, queries that do not grow."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import SYSTEM
from tests.cast import NOW, Cast

FORM = {
    "date": "14 พ.ย. 2569",
    "kind": "local",
    "name": "วันฝนหลวงกระบี่",
    "short_name": "วันฝนหลวง",
    "window_before": "๗",
    "window_after": "3",
    "guidance": "",
}


def a_day(name: str = "วันของจังหวัด", organization: Organization | None = None, number: int = 1) -> Occasion:
    return Occasion.objects.create(
        code=f"d-{number}",
        date=date(2026, 1, 1) + timedelta(days=number),
        name=name,
        short_name=name,
        kind=OccasionKind.LOCAL,
        organization=organization,
    )


def test_a_guest_signs_in_first(cast: Cast) -> None:
    assert cast.client("guest").get(reverse("occasions:list")).status_code == 302


@pytest.mark.parametrize("name", ["anong", "dao", "ek", "fah"])
def test_everybody_sees_the_year_and_keepers_their_buttons(cast: Cast, name: str) -> None:
    install_occasions(years=[2569], actor=SYSTEM, now=NOW)
    page = cast.client(name).get(reverse("occasions:list"), {"year": "2569"})
    assert page.status_code == 200
    assert "วันนวมินทรมหาราช" in page.content.decode()
    assert (b"data-confirm" in page.content) == (name == "fah")
    assert (reverse("occasions:add").encode() in page.content) == (name in ("ek", "fah"))


@pytest.mark.at(NOW)
def test_the_province_adds_edits_retires_and_restores_its_day(cast: Cast) -> None:
    client = cast.client("ek")
    assert client.get(reverse("occasions:add")).status_code == 200
    answer = client.post(reverse("occasions:add"), FORM)
    assert answer.headers["Location"] == reverse("occasions:list") + "?year=2569"
    day = Occasion.objects.get()
    assert (day.organization, day.window_before) == (cast.krabi, 7)
    client.post(reverse("occasions:edit", args=[day.pk]), FORM | {"name": "วันฝนหลวง 2569"})
    new = Occasion.objects.get(retired_at=None)
    assert (new.name, Occasion.objects.count()) == ("วันฝนหลวง 2569", 2)
    page = client.get(reverse("occasions:edit", args=[new.pk])).content.decode()
    assert "<del>วันฝนหลวงกระบี่</del>" in page
    client.post(reverse("occasions:retire", args=[new.pk]))
    assert not Occasion.objects.active().exists()
    client.post(reverse("occasions:restore", args=[new.pk]))
    assert Occasion.objects.active().get() == new


def test_a_mistake_is_shown_at_its_field(cast: Cast) -> None:
    answer = cast.client("fah").post(reverse("occasions:add"), FORM | {"date": "31 ก.พ. 2569", "name": ""})
    page = answer.content.decode()
    assert "อ่านวันที่นี้ไม่ได้" in page
    assert 'href="#id_name"' in page
    assert not Occasion.objects.exists()


def test_a_day_of_another_province_is_not_there_and_a_national_one_forbidden(cast: Cast) -> None:
    other = Organization.objects.create(
        code="82", type="province", name="สถจ.พังงา", short_name="สถจ.พังงา", level="province",
        province_code="82", founded_on=date(2010, 1, 1),
    )  # fmt: skip
    theirs, national = a_day(organization=other), a_day("วันชาติ", number=2)
    client = cast.client("ek")
    for act in ("edit", "retire", "restore"):
        assert client.post(reverse(f"occasions:{act}", args=[theirs.pk]), FORM).status_code == 404
        assert client.post(reverse(f"occasions:{act}", args=[national.pk]), FORM).status_code == 403
    assert client.get(reverse("occasions:edit", args=[national.pk])).status_code == 200
    assert cast.client("anong").get(reverse("occasions:add")).status_code == 403
    assert Occasion.objects.active().count() == 2
    assert cast.client("fah").get(reverse("occasions:edit", args=[theirs.pk])).status_code == 200


def test_filling_a_year(cast: Cast) -> None:
    cast.client("fah").post(reverse("occasions:fill"), {"year": "2570"})
    assert Occasion.objects.filter(date__year=2027).count() > 20
    assert cast.client("anong").post(reverse("occasions:fill"), {"year": "2570"}).status_code == 403


def test_queries_do_not_grow_with_the_days(cast: Cast) -> None:
    client, counts = cast.client("ek"), []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            a_day(f"วันที่ {number}", cast.krabi, number)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("occasions:list"), {"year": "2569"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
