"""A record that waited on a device: kept or sent once, refused with what to do, never for somebody else."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists
from jitasa.activities.tests.test_record_page import typed
from tests.at_once import at_once
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


def send(client: Client, uuid: object, form: dict[str, Any], action: str = "submit") -> Any:
    return client.post(reverse("activities:send", args=[uuid]), form | {"action": action})


def test_sent_once_however_often_it_comes(cast: Cast) -> None:
    anong, uuid, form = cast.client("anong"), uuid4(), typed(cast)
    first, again = send(anong, uuid, form), send(anong, uuid, form)
    assert first.json() == again.json()
    told = first.json()
    assert (told["sent"], told["number"], told["status"]) == (
        True,
        Activity.objects.get().number,
        "submitted",
    )
    assert told["number"].startswith("81-")


def test_kept_as_a_draft_when_that_was_asked(cast: Cast) -> None:
    answer = send(cast.client("anong"), uuid4(), typed(cast, name="ร่าง", photo=[]), "save")
    assert (answer.status_code, answer.json()["sent"], Activity.objects.get().number) == (200, False, "")


def test_what_is_missing_is_said_and_the_rest_is_kept(cast: Cast) -> None:
    answer = send(cast.client("anong"), uuid4(), typed(cast, photo=[], place=""))
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "mend")
    assert {"photos", "id_place"} <= {line["anchor"] for line in told["lines"]}
    assert told["error"]
    assert Activity.objects.get().name == "ทำความสะอาดชายหาด"


def test_what_cannot_be_read_is_refused_and_nothing_is_stored(cast: Cast) -> None:
    answer = send(cast.client("anong"), uuid4(), typed(cast, start_date="32 พ.ย. 2569"))
    assert (answer.status_code, answer.json()["code"]) == (422, "mend")
    assert not Activity.objects.exists()


def test_another_phone_was_first_and_both_versions_stay(cast: Cast) -> None:
    anong, uuid, form = cast.client("anong"), uuid4(), typed(cast)
    send(anong, uuid, form, "save")
    send(anong, uuid, form | {"page": "phone", "base_revision": "1", "name": "จากเครื่องแรก"}, "save")
    late = send(anong, uuid, form | {"page": "other", "base_revision": "1", "name": "จากเครื่องที่สอง"})
    assert late.status_code == 409
    assert late.json()["url"] == reverse("activities:edit", args=[uuid])
    assert Activity.objects.get().name == "จากเครื่องแรก"


def test_sent_already_with_other_words_is_no_silent_loss(cast: Cast) -> None:
    anong, uuid, form = cast.client("anong"), uuid4(), typed(cast)
    send(anong, uuid, form)
    late = send(anong, uuid, form | {"name": "อีกชื่อหนึ่ง"})
    assert late.status_code == 409
    assert late.json()["error"]


def test_a_draft_belongs_to_its_writer(cast: Cast) -> None:
    form, uuid = typed(cast), uuid4()
    assert send(cast.client("boonmee"), uuid, form).json()["code"] == "other_person"
    assert send(Client(), uuid, form).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.client("anong").cookies
    assert send(strict, uuid, form).status_code == 403
    assert not Activity.objects.exists()


def test_a_record_of_another_office_is_not_found(cast: Cast) -> None:
    uuid = uuid4()
    send(cast.client("anong"), uuid, typed(cast))
    chai = send(cast.client("chai"), uuid, typed(cast, who="chai"))
    assert chai.status_code == 404


def test_asking_the_approver_twice_asks_once(cast: Cast) -> None:
    cast.aonang.approval_required = True
    cast.aonang.save()
    anong, uuid, form = cast.client("anong"), uuid4(), typed(cast)
    first, again = send(anong, uuid, form), send(anong, uuid, form)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.json()["status"], again.json()["number"]) == ("awaiting", "")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_at_the_same_moment_are_one_record(cast: Cast) -> None:
    uuid, form = uuid4(), typed(cast)
    clients = [cast.client("anong") for _ in range(10)]
    answers = at_once([lambda client=client: send(client, uuid, form) for client in clients])  # type: ignore[misc]  # bound now
    assert [answer.status_code for answer in answers] == [200] * 10
    assert {answer.json()["number"] for answer in answers} == {Activity.objects.get().number}
