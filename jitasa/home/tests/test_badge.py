"""The number beside "review" in the navigation is the number of the list it leads to."""

import re

import pytest
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.organizations.choices import Role
from jitasa.review.services.accept import accept
from jitasa.review.services.return_record import return_record
from tests.cast import NOW, Cast, make_person, viewer


@pytest.fixture
def town_record(cast: Cast) -> Activity:
    """Sent by the town that lies in the district and answers to the province."""
    make_lists()
    clerk = viewer(make_person("tum", cast.town, Role.OFFICER), cast.town, Role.OFFICER)
    return make_sent(clerk, name="ล้างถนนหน้าศาลากลาง")


def numbers(cast: Cast, who: str) -> tuple[set[str], str, int]:
    """The badges of the page, the box's own count, the lines of the list."""
    page = cast.client(who).get(reverse("review:list")).content.decode()
    counted = re.search(r'id="count-waiting">([^<]*)<', page)
    assert counted is not None
    return (
        set(re.findall(r'data-nav-count="review">([^<]*)<', page)),
        counted[1],
        page.count('class="mail-link"'),
    )


def test_the_badge_of_a_district_is_its_list(cast: Cast, town_record: Activity) -> None:
    for _ in range(2):
        make_sent(cast.anong)
    assert numbers(cast, "dao") == ({"2"}, "2", 2), "the town answers to the province"
    assert numbers(cast, "ek") == ({"3"}, "3", 3)
    assert numbers(cast, "fah") == ({"3"}, "3", 3)
    accept(actor=cast.ek, activity=town_record, now=NOW)
    first = Activity.objects.filter(organization=cast.aonang).earliest("pk")
    return_record(actor=cast.dao, activity=first, reason="กรอกจำนวนคน", now=NOW)
    assert numbers(cast, "dao") == ({"1"}, "1", 1)
    assert numbers(cast, "ek") == ({"1"}, "1", 1)


def test_a_record_offers_review_only_to_whom_it_opens(cast: Cast, town_record: Activity) -> None:
    for who, opens in [("dao", False), ("ek", True), ("fah", True)]:
        client = cast.client(who)
        page = client.get(reverse("activities:detail", args=[town_record.uuid]))
        assert page.status_code == 200, who
        address = reverse("review:record", args=[town_record.uuid])
        assert (f'href="{address}"' in page.content.decode()) is opens, who
        assert (client.get(address).status_code == 200) is opens, who
