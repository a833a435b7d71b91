"""Joint events through the API: two offices' programs, each with its own token."""

from uuid import uuid4

import pytest

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_draft, make_lists
from jitasa.activities.tests.test_steps import totals
from jitasa.api.tests.calling import Program, data_of, record_of, token_for
from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW, Cast, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


@pytest.fixture
def host(cast: Cast) -> Program:
    make_lists()
    return Program(token_for(cast.boonmee)[1])


@pytest.fixture
def guest(cast: Cast) -> Program:
    return Program(token_for(administrator_of_guest(cast))[1])


def administrator_of_guest(cast: Cast) -> Viewer:
    return viewer(cast.people["chai"], cast.kokklang, Role.ADMINISTRATOR)


def test_invite_accept_record_and_one_event(cast: Cast, host: Program, guest: Program) -> None:
    event = make_draft(cast.anong)
    path = f"activities/{event.uuid}/invitations"
    asked = data_of(host("post", path, {"organizations": [cast.kokklang.code]}))["items"]
    assert [(each["state"], each["organization"]["code"]) for each in asked] == [("open", cast.kokklang.code)]

    (waiting,) = data_of(guest("get", "invitations"))["items"]
    assert waiting["host"]["code"] == cast.aonang.code
    accepted = guest("post", f"invitations/{waiting['uuid']}/accept")
    assert (accepted.status_code, data_of(accepted)["state"]) == (200, "accepted")
    own = record_of(cast.kokklang)
    body = {**waiting["record"], "groups": {"people": 25}, "result": "ร่วมเก็บขยะ", "photos": own["photos"]}
    sent = guest("put", f"activities/{uuid4()}?submit=true", body)
    assert (sent.status_code, data_of(sent)["status"]) == (201, "submitted")
    assert host("post", f"activities/{event.uuid}/submit").status_code == 200
    assert totals() == {"activities": 2, "events": 1, "participants": 91, "people": 66}
    (line,) = data_of(host("get", path))["items"]
    assert (line["record"]["participants"], line["record"]["photos"]) == (25, 2)
    assert data_of(guest("get", "invitations"))["items"] == []


def test_refusals(cast: Cast, host: Program, guest: Program) -> None:
    event = make_draft(cast.anong)
    path = f"activities/{event.uuid}/invitations"
    unknown = host("post", path, {"organizations": ["00000000"]})
    assert unknown.status_code == 422
    assert unknown["Content-Type"].startswith("application/problem+json")
    assert data_of(unknown)["errors"][0]["path"] == "/organizations"
    above = host("post", path, {"organizations": [cast.mueang.code]})
    assert (above.status_code, data_of(above)["errors"][0]["path"]) == (422, "/organizations")
    assert guest("post", path, {"organizations": [cast.saithai.code]}).status_code == 404

    asked = data_of(host("post", path, {"organizations": [cast.kokklang.code]}))["items"][0]["uuid"]
    assert host("post", f"invitations/{asked}/accept").status_code == 404
    assert guest("post", f"invitations/{asked}/cancel").status_code == 404
    assert guest("post", f"invitations/{uuid4()}/accept").status_code == 404
    reader = Program(token_for(administrator_of_guest(cast), "activities:read")[1])
    assert reader("post", f"invitations/{asked}/accept").status_code == 403
    assert host("post", f"invitations/{asked}/cancel").status_code == 200
    gone = guest("post", f"invitations/{asked}/accept")
    assert (gone.status_code, data_of(gone)["code"]) == (409, "wrong_state")
    assert not Activity.objects.filter(organization=cast.kokklang).exists()


def test_decline_with_a_reason(cast: Cast, host: Program, guest: Program) -> None:
    event = make_draft(cast.anong)
    path = f"activities/{event.uuid}/invitations"
    asked = data_of(host("post", path, {"organizations": [cast.kokklang.code]}))["items"][0]["uuid"]
    declined = guest("post", f"invitations/{asked}/decline", {"reason": "ติดภารกิจอื่น"})
    assert data_of(declined)["state"] == "declined"
    assert data_of(host("get", path))["items"][0]["reason"] == "ติดภารกิจอื่น"
    late = host("post", f"invitations/{asked}/cancel")
    assert (late.status_code, data_of(late)["code"]) == (409, "wrong_state")
