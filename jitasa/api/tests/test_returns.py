"""Months and letters through the API: the services of the screens, with the rights of the token's office."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.api.models import ApiToken
from jitasa.api.tests.calling import Program, data_of, record_of, token_for
from jitasa.audit.models import Entry
from jitasa.letters.models import Answer, Dispatch, Letter
from jitasa.letters.tests.samples import PDF
from jitasa.rounds.models import MonthlyReturn
from tests import things
from tests.cast import NOW, Cast
from tests.things import World

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
MONTH = "returns/2569-11"


@pytest.fixture
def program(cast: Cast) -> Program:
    make_lists()
    return Program(token_for(cast.boonmee)[1])


def test_a_month_is_confirmed_once_and_taken_back(cast: Cast, program: Program) -> None:
    refused = program("put", f"{MONTH}/confirmation", {})
    assert refused.status_code == 400
    assert "ไม่มี" in data_of(refused)["detail"]
    make_sent(cast.anong)
    early = program("put", f"{MONTH}/confirmation", {})
    assert early.status_code == 200, early.content.decode()
    assert data_of(early)["state"] == "confirmed"
    again = data_of(program("put", f"{MONTH}/confirmation", {}))
    assert again["confirmed_at"] == data_of(early)["confirmed_at"]
    assert Entry.objects.filter(verb="return.confirm").count() == 1
    assert Entry.objects.get(verb="return.confirm").actor_name == "API ระบบสารบรรณ"
    back = data_of(program("delete", f"{MONTH}/confirmation"))
    assert back["confirmed_at"] is None


def test_a_late_month_asks_why_by_field(cast: Cast, program: Program) -> None:
    late = program("put", "returns/2569-09/nil", {"reason": ""})
    assert late.status_code == 422
    assert data_of(late)["errors"][0]["path"] == "/reason"


def test_no_activity_is_stated_with_a_reason(cast: Cast, program: Program) -> None:
    said = program("put", f"{MONTH}/nil", {"reason": "อยู่ระหว่างเตรียมงาน"})
    assert said.status_code == 200, said.content.decode()
    assert (data_of(said)["state"], data_of(said)["nil_reason"]) == ("nil", "อยู่ระหว่างเตรียมงาน")
    row = MonthlyReturn.objects.get()
    assert (row.organization, row.nil_by) == (cast.aonang, None)
    assert data_of(program("delete", f"{MONTH}/nil"))["nil_reason"] == ""
    make_sent(cast.anong)
    assert program("put", f"{MONTH}/nil", {"reason": "x"}).status_code == 400


def test_who_may_not_state_a_month_is_told(cast: Cast, program: Program) -> None:
    above = Program(token_for(cast.dao)[1])
    assert above("put", f"{MONTH}/nil", {"reason": "x"}).status_code == 403
    reading = Program(token_for(cast.boonmee, "returns:read")[1])
    for method, path, body in (
        ("put", "nil", {"reason": "x"}),
        ("delete", "nil", None),
        ("put", "confirmation", {}),
        ("delete", "confirmation", None),
    ):
        answer = reading(method, f"{MONTH}/{path}", body)
        assert (answer.status_code, data_of(answer)["code"]) == (403, "scope"), (method, path)
    assert not MonthlyReturn.objects.exists()


def test_a_file_answers_a_letter_that_asks_for_one(cast: Cast, program: Program) -> None:
    things.letter_received(World(cast), cast.aonang)
    Letter.objects.update(answer_kind="file")
    row = Dispatch.objects.get()

    def send(content: bytes, name: str = "แผนงาน.pdf", pk: int = row.pk) -> Any:
        return program.raw(
            "post",
            f"letters/{pk}/answer-with-file",
            data={"file": SimpleUploadedFile(name, content), "text": "ส่งแผนงาน"},
        )

    assert program("post", f"letters/{row.pk}/answer", {"text": "x"}).status_code == 422
    assert send(b"MZ nothing of ours").status_code == 422
    assert not Answer.objects.exists()
    for _again in range(2):
        answer = send(PDF)
        assert answer.status_code == 200, answer.content.decode()
    found = Answer.objects.get()
    assert (found.kind, found.file_name, found.text) == ("file", "แผนงาน.pdf", "ส่งแผนงาน")
    assert send(PDF, pk=999_999).status_code == 404
    nothing = program.raw("post", f"letters/{row.pk}/answer-with-file", data={"text": "x"})
    assert (nothing.status_code, data_of(nothing)["code"]) == (422, "file")


@pytest.mark.parametrize("change", ["expired", "revoked", "closed office"])
def test_a_token_that_ended_changes_nothing(cast: Cast, program: Program, change: str) -> None:
    if change == "expired":
        ApiToken.objects.update(expires_at=NOW)
    elif change == "revoked":
        ApiToken.objects.update(revoked_at=NOW)
    else:
        cast.aonang.closed_on = NOW.date() - timedelta(days=1)
        cast.aonang.save(update_fields=["closed_on"])
    for method, path, body in (
        ("put", f"{MONTH}/nil", {"reason": "x"}),
        ("put", "activities/0195c1a0-7c3e-7d5a-9b1f-2f6d0c4b8a11", record_of(cast.aonang)),
        ("post", "letters/1/register", None),
    ):
        assert program(method, path, body).status_code == 401, path
    assert not MonthlyReturn.objects.exists()


def test_a_time_with_a_zone_is_told_at_its_field(cast: Cast, program: Program) -> None:
    for wrong in ("08:30Z", "08:30:00+07:00", "25:00", "๐๘:๓๐"):
        path = "activities/0195c1a0-7c3e-7d5a-9b1f-2f6d0c4b8a11"
        answer = program("put", path, record_of(cast.aonang, start_time=wrong))
        assert answer.status_code == 422, wrong
        assert data_of(answer)["errors"][0]["path"] == "/start_time"
