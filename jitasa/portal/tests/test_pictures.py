"""Public pictures: what is cleared and nothing else, kept by nobody for longer than a minute."""

import pytest
from django.test import Client
from django.urls import reverse

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.blur import blur, unblur
from jitasa.photos.services.prepare import prepare
from jitasa.portal.selectors.pictures import address
from jitasa.portal.tests.making import make_public, use_of
from tests.cast import NOW, Cast

AREA = (0.25, 0.25, 0.5, 0.5)


def url(use: ActivityPhoto, size: str = "small") -> str:
    return reverse("portal:picture", kwargs={"pk": use.pk, "size": size})


def test_a_guest_sees_a_cleared_picture_and_may_keep_it_a_minute(cast: Cast) -> None:
    answer = Client().get(url(use_of(make_public(cast))))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    again = Client().get(url(use_of(Activity.objects.get())), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_one_query_and_no_session_even_for_somebody_signed_in(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    use, client = use_of(make_public(cast)), cast.client("anong")
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture that counts
        assert client.get(url(use)).status_code == 200


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Activity, {"status": Status.SUBMITTED}),
        (Activity, {"status": Status.WITHDRAWN}),
        (ActivityPhoto, {"publish": False}),
        (ActivityPhoto, {"children_visible": True}),
        (Photo, {"state": PhotoState.PENDING}),
        (Photo, {"withheld_at": NOW}),
    ],
)
def test_what_is_not_cleared_is_not_there_not_even_for_its_office(
    cast: Cast, model: type[Activity], changes: dict[str, object]
) -> None:
    use = use_of(make_public(cast))
    model.objects.update(**changes)
    for name in ("guest", "anong"):
        answer = cast.client(name).get(url(use))
        assert answer.status_code == 404
        assert answer["Cache-Control"] == "no-store"


def test_a_blurred_picture_has_another_address_and_the_old_one_is_gone(cast: Cast) -> None:
    use = use_of(make_public(cast))
    prepare(use.photo)
    before = Client().get(f"{url(use)}?v=0")
    sharp = b"".join(before.streaming_content)  # type: ignore[attr-defined]  # a FileResponse
    made = blur(actor=cast.anong, photo=use.photo, areas=[AREA], now=NOW)
    assert Client().get(url(use)).status_code == 404, "nothing is shown before the new copies are made"
    prepare(use.photo)
    use = use_of(Activity.objects.get())
    assert address(use, "small") == f"{url(use)}?v=1"
    after = Client().get(address(use, "small"))
    blurred = b"".join(after.streaming_content)  # type: ignore[attr-defined]
    assert after.status_code == 200
    assert blurred != sharp
    assert after["ETag"] != before["ETag"]
    assert Client().get(f"{url(use)}?v=0").status_code == 404
    unblur(photo=use.photo, blurs=made, now=NOW)
    prepare(use.photo)
    assert b"".join(Client().get(url(use)).streaming_content) == sharp  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["999999-small", "1-original", "0-small", "-1-small"])
def test_other_addresses_are_not_there(cast: Cast, text: str) -> None:
    assert Client().get(f"/pictures/{text}.jpg").status_code == 404
