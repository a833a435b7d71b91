"""What a program reads, letters, and the schema and page that describe it all."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.api.tests.calling import Program, data_of, token_for
from jitasa.letters.models import Dispatch, Receipt
from jitasa.rounds.selectors.tallies import totals
from tests import things
from tests.cast import NOW, Cast
from tests.things import World

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


@pytest.fixture
def program(cast: Cast) -> Program:
    make_lists()
    return Program(token_for(cast.boonmee)[1])


def test_offices_are_those_in_scope(cast: Cast, program: Program) -> None:
    own = data_of(program("get", "organizations"))["items"]
    assert [each["code"] for each in own] == [cast.aonang.code]
    above = Program(token_for(cast.dao)[1])
    assert cast.kokklang.code not in str(data_of(above("get", "organizations")))
    found = data_of(above("get", "organizations?q=องค์การบริหารส่วนตำบลอ่าวนาง"))["items"]
    assert [each["code"] for each in found] == [cast.aonang.code]
    first = data_of(above("get", "organizations?limit=1"))
    assert data_of(above("get", f"organizations?limit=1&cursor={first['next']}"))["items"] != first["items"]


def test_lists_months_and_days_are_read(program: Program) -> None:
    kinds = data_of(program("get", "lists/kinds"))["items"]
    assert [each["code"] for each in kinds] == ["development", "disaster"]
    assert data_of(program("get", "lists/measures"))["items"][0]["unit"] == "กก."
    assert program("get", "lists/nothing").status_code == 404
    month = data_of(program("get", "rounds/2569-11"))
    assert (month["nominal_due_on"], month["due_on"]) == ("2026-12-05", "2026-12-08")
    assert "name" in month["required"]
    for nonsense in ("2026-11-01", "x", "2569-13", "9" * 400):
        assert program("get", f"rounds/{nonsense}").status_code == 422
    assert data_of(program("get", "occasions?year=2569"))["items"] == []
    assert data_of(program("get", "occasions"))["items"] == []
    assert program("get", "occasions?year=1").status_code == 422


def test_sums_are_those_of_the_screens(cast: Cast, program: Program) -> None:
    make_sent(cast.anong)
    found = data_of(program("get", "summaries/2569-11"))
    sums = totals(cast.aonang, NOW.date().replace(day=1))
    assert (found["total"]["activities"], found["total"]["people"]) == (sums.live, sums.people) == (1, 66)
    assert found["by_kind"]["development"]["people"] == 66
    months = data_of(program("get", "returns?months=3"))["items"]
    assert [each["month"] for each in months] == ["2569-11", "2569-10", "2569-09"]
    assert months[0]["state"] == "in_progress"
    assert months[0]["sums"]["activities"] == 1


def test_letters_are_read_registered_and_answered(cast: Cast, program: Program) -> None:
    things.letter_received(World(cast), cast.aonang)
    letter = data_of(program("get", "letters?show=unregistered"))["items"][0]
    first = data_of(program("post", f"letters/{letter['id']}/register"))
    assert data_of(program("post", f"letters/{letter['id']}/register")) == first
    assert Receipt.objects.get().number == first["number"]
    assert Receipt.objects.get().by is None
    assert Dispatch.objects.get().opened_at is not None
    answered = program("post", f"letters/{letter['id']}/answer", {"text": "รับทราบ"})
    assert answered.status_code == 200, answer_words(answered)
    assert data_of(program("get", "letters?show=due"))["items"] == []
    assert program("post", "letters/999999/register").status_code == 404


def answer_words(response: object) -> str:
    return str(getattr(response, "content", b""), "utf-8")


def test_letters_of_others_are_not_found(cast: Cast, program: Program) -> None:
    things.letter_received(World(cast), cast.kokklang)
    other = Dispatch.objects.get()
    assert data_of(program("get", "letters"))["items"] == []
    assert program("post", f"letters/{other.pk}/register").status_code == 404
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "path", ["me", "organizations", "lists/kinds", "rounds/2569-11", "returns", "letters"]
)
def test_reading_takes_few_statements(program: Program, path: str) -> None:
    program("get", path)
    with CaptureQueriesContext(connection) as queries:
        assert program("get", path).status_code == 200
    assert len(queries) <= 10, [query["sql"][:80] for query in queries]


def test_answers_are_smaller_and_not_sent_twice(program: Program) -> None:
    whole = program("get", "public")
    assert program("get", "public", Accept_Encoding="gzip")["Content-Encoding"] == "gzip"
    assert program("get", "public", If_None_Match=whole["ETag"]).status_code == 304
    assert whole["Cache-Control"] == "private, no-cache"


def test_an_address_or_a_method_that_is_not_there_is_a_problem(program: Program) -> None:
    for method, path, status in (("get", "nothing", 404), ("delete", "me", 405), ("post", "me", 405)):
        answer = program(method, path)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
    assert program("get", "activities?q=%00").status_code == 400
    assert program("get", "activities?q=%ff").status_code == 400


def test_the_schema_and_its_page_are_for_everybody(db: None) -> None:
    client = Client()
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    assert schema["openapi"].startswith("3.1")
    assert len(schema["paths"]) >= 19
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert " · " in operation["summary"], (method, path)
            assert "\n\n" in operation["description"], (method, path)
    for address, words in (("/api/v1/docs", "เริ่มต้น"), ("/en/api/v1/docs", "Getting started")):
        page = client.get(address).content.decode()
        assert words in page
        assert "/api/v1/activities/batch" in strip_tags(page)
        assert "tambon_code" in page
        assert "<script>" not in page
        assert "style=" not in page


def test_a_fault_nobody_foresaw_is_a_problem_too(
    cast: Cast, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jitasa.api.routers import reading

    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "round_for", broken)
    answer = program("get", "rounds/2569-11")
    assert answer.status_code == 500
    assert data_of(answer)["code"] == "failed"
    assert "ZeroDivision" not in answer.content.decode()
