"""A record with flags is not accepted by one key: it is asked once more, with the evidence in sight."""

import pytest
from django.urls import reverse

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.photos.models import PhotoState
from jitasa.review.choices import FlagKind
from jitasa.review.models import Flag
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def at(name: str, activity: Activity) -> str:
    return reverse(f"review:{name}", args=[activity.uuid])


def flagged(cast: Cast) -> Activity:
    sent = make_sent(cast.anong)
    Flag.objects.filter(activity=sent).delete()
    evidence = {"count": 900, "usual": 57, "basis": "country", "times": 15.8}
    Flag.objects.create(activity=sent, kind=FlagKind.HEAD_COUNT, evidence=evidence, found_at=sent.updated_at)
    return sent


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_flagged_record_is_asked_about_once_more(cast: Cast, headers: dict[str, str]) -> None:
    sent, dao = flagged(cast), cast.client("dao")
    answer = dao.post(at("accept", sent), {"revision": sent.revision}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "มีข้อสังเกต 1 ข้อ" in page
    assert page.index("data-asks") < page.index("review-photos")
    assert f'name="sure" value="{sent.revision}"' in page
    assert page.count("data-accept>") == 1  # the key gives the second answer, not the first again
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED
    dao.post(at("accept", sent), {"revision": sent.revision, "sure": sent.revision}, headers=headers)
    sent.refresh_from_db()
    assert sent.status == Status.ACCEPTED


def test_a_yes_to_another_revision_is_none_and_without_flags_one_key_is_enough(cast: Cast) -> None:
    sent, dao = flagged(cast), cast.client("dao")
    dao.post(at("accept", sent), {"revision": sent.revision, "sure": sent.revision - 1})
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED
    Flag.objects.all().delete()
    dao.post(at("accept", sent), {"revision": sent.revision})
    sent.refresh_from_db()
    assert sent.status == Status.ACCEPTED


def test_the_next_records_pictures_are_fetched_ahead(cast: Cast) -> None:
    first, second = make_sent(cast.anong), make_sent(cast.anong, name="ปลูกต้นไม้ริมคลอง")
    dao = cast.client("dao")
    assert f'hx-get="{at("photos", second)}"' in dao.get(at("record", first), headers=HTMX).content.decode()
    ready, other = [row.photo for row in second.photos.order_by("position")]
    other.state = PhotoState.BROKEN
    other.save()
    ahead = dao.get(at("photos", second)).content.decode()
    assert reverse("photos:file", args=[ready.sha256, "large"]) in ahead
    assert reverse("photos:file", args=[ready.sha256, "medium"]) in ahead
    assert other.sha256 not in ahead
