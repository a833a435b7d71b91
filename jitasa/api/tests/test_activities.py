"""Records through the API: the same road, the same refusals, the same numbers."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_draft, make_lists
from jitasa.api.tests.calling import Program, data_of, record_of, token_for
from jitasa.audit.models import Entry
from jitasa.compilation.services.check import differences
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


@pytest.fixture
def program(cast: Cast) -> Program:
    make_lists()
    return Program(token_for(cast.boonmee)[1])


def test_a_record_is_kept_sent_and_the_same_again_is_the_same(cast: Cast, program: Program) -> None:
    uuid, record = uuid4(), record_of(cast.aonang)
    first = program("put", f"activities/{uuid}?submit=true", record)
    assert first.status_code == 201, first.content.decode()
    receipt = data_of(first)
    assert receipt["status"] == "submitted"
    assert receipt["number"]
    assert receipt["problems"] == []
    again = program("put", f"activities/{uuid}?submit=true", record)
    assert again.status_code == 200
    assert data_of(again)["number"] == receipt["number"]
    row = Activity.objects.get()
    assert row.created_by is None
    assert row.organization == cast.aonang
    entry = Entry.objects.get(verb="activity.submit")
    assert entry.actor_name == "API ระบบสารบรรณ"
    assert entry.office_id == cast.aonang.pk
    assert list(differences()) == []


def test_what_was_read_can_be_sent_again(cast: Cast, program: Program) -> None:
    uuid = uuid4()
    program("put", f"activities/{uuid}", record_of(cast.aonang))
    read = program("get", f"activities/{uuid}")
    assert read["ETag"] == '"1"'
    assert program("get", f"activities/{uuid}", If_None_Match='"1"').status_code == 304
    same = program("put", f"activities/{uuid}", data_of(read)["record"], If_Match='"1"')
    assert same.status_code == 200
    assert data_of(same)["revision"] == 1


def test_a_record_that_looks_like_another_is_asked_about(cast: Cast, program: Program) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    record = record_of(cast.aonang)
    program("put", f"activities/{first}?submit=true", record)
    kept = data_of(program("put", f"activities/{second}?submit=true", record))
    assert (kept["status"], kept["number"], kept["looks_like"]) == ("draft", "", [str(first)])
    refused = program("post", f"activities/{second}/submit")
    assert refused.status_code == 400
    assert data_of(refused)["code"] == "looks_like"
    sent = data_of(program("post", f"activities/{second}/submit?told_apart={first}"))
    assert sent["status"] == "submitted"
    item = {"uuid": str(third), "record": record}
    asked = data_of(program("post", "activities/batch", {"records": [item]}))["answers"][0]
    assert (asked["code"], set(asked["looks_like"])) == ("looks_like", {str(first), str(second)})
    item["record"] = {**record, "told_apart": asked["looks_like"], "revision": asked["revision"]}
    assert data_of(program("post", "activities/batch", {"records": [item]}))["answers"][0]["number"]


def test_a_record_that_lacks_something_is_kept_and_says_what(cast: Cast, program: Program) -> None:
    uuid = uuid4()
    answer = data_of(program("put", f"activities/{uuid}?submit=true", record_of(cast.aonang, name="")))
    assert answer["status"] == "draft"
    assert [each["path"] for each in answer["problems"]] == ["/name"]
    refused = program("post", f"activities/{uuid}/submit")
    assert refused.status_code == 422
    assert data_of(refused)["errors"][0]["path"] == "/name"


def test_an_old_revision_is_a_conflict_that_shows_both(cast: Cast, program: Program) -> None:
    uuid, record = uuid4(), record_of(cast.aonang)
    program("put", f"activities/{uuid}", record)
    second = program("put", f"activities/{uuid}", {**record, "name": "ฉบับสอง"}, If_Match='"1"')
    assert data_of(second)["revision"] == 2
    for old in ({"If_Match": '"1"'}, {}):
        answer = program("put", f"activities/{uuid}", {**record, "name": "ฉบับสาม"}, **old)
        both = data_of(answer)
        assert answer.status_code == 409
        assert both["code"] == "stale_revision"
        assert answer["ETag"] == '"2"'
        assert (both["stored"]["name"], both["sent"]["name"]) == ("ฉบับสอง", "ฉบับสาม")
        assert both["differing"] == ["name"]
        assert both["revision"] == 2
        assert both["stored"]["host_organization_code"] == ""
        assert "host_organization_id" not in both["stored"]
    taken = {**both["stored"], "name": "ฉบับสาม"}
    assert Activity.objects.get().name == "ฉบับสอง"
    assert program("put", f"activities/{uuid}", taken, If_Match='"2"').status_code == 200
    assert Activity.objects.get().name == "ฉบับสาม"


def test_steps_send_and_withdraw(cast: Cast, program: Program) -> None:
    uuid = uuid4()
    program("put", f"activities/{uuid}", record_of(cast.aonang))
    sent = data_of(program("post", f"activities/{uuid}/submit"))
    assert sent["status"] == "submitted"
    assert data_of(program("post", f"activities/{uuid}/submit"))["number"] == sent["number"]
    assert program("post", f"activities/{uuid}/withdraw", {}).status_code in (400, 422)
    gone = program("post", f"activities/{uuid}/withdraw", {"reason": "บันทึกซ้ำกับรายการอื่น"})
    assert data_of(gone)["status"] == "withdrawn"


def test_records_of_other_offices_are_not_found(cast: Cast, program: Program) -> None:
    foreign = make_draft(cast.chai)
    for method, path, body in (
        ("get", "", None),
        ("put", "", record_of(cast.aonang)),
        ("post", "/submit", None),
        ("post", "/withdraw", {"reason": "x"}),
    ):
        answer = program(method, f"activities/{foreign.uuid}{path}", body)
        assert answer.status_code == 404, (method, path, answer.content.decode())
    assert data_of(program("get", "activities"))["items"] == []


def test_a_token_does_only_what_it_was_made_for(cast: Cast) -> None:
    make_lists()
    program = Program(token_for(cast.boonmee, "activities:read")[1])
    assert program("get", "activities").status_code == 200
    for method, path, body in (
        ("put", f"activities/{uuid4()}", record_of(cast.aonang)),
        ("post", "activities/batch", {"records": [{"uuid": str(uuid4()), "record": {}}]}),
        ("post", "photos/missing", {"sha256": []}),
        ("get", "letters", None),
        ("get", "summaries/2569-11", None),
    ):
        answer = program(method, path, body)
        assert (answer.status_code, data_of(answer)["code"]) == (403, "scope"), path
    assert not Activity.objects.exists()


def test_what_needs_approval_waits_for_the_approver(cast: Cast, program: Program) -> None:
    cast.aonang.approval_required = True
    cast.aonang.save(update_fields=["approval_required"])
    answer = program("put", f"activities/{uuid4()}?submit=true", record_of(cast.aonang))
    assert data_of(answer)["status"] == "awaiting"


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"nonsense": 1}, "/nonsense"),
    ({"start_date": "2569-11-20"}, "/start_date"),
    ({"start_date": "20/11/2026"}, "/start_date"),
    ({"moo": 100}, "/moo"),
    ({"groups": {"x": -1}}, "/groups/x"),
    ({"groups": {"x": 10**30}}, "/groups/x"),
    ({"measures": {"x": "1e999"}}, "/measures/x"),
    ({"occasion_id": 2**63}, "/occasion_id"),
    ({"publicity_link": "javascript:alert(1)"}, "/publicity_link"),
    ({"publicity": ["smoke"]}, "/publicity/0"),
    ({"photos": [{"sha256": "ABC"}]}, "/photos/0/sha256"),
    ({"kind": "nothing"}, "/kind"),
    ({"name": "ก" * 251}, "/name"),
    ({"tambon_code": "000000"}, "/tambon_code"),
    ({"part": "guest", "host_organization_code": "99999999"}, "/host_organization_code"),
    ({"part": "guest", "host_activity": str(uuid4())}, "/host_activity"),
    ({"occasion_id": 999_999}, "/occasion_id"),
    ({"end_date": "2026-01-01"}, "/end_date"),
    ({"latitude": 51.5, "longitude": 0.1}, "/point"),
]


@pytest.mark.parametrize(("change", "path"), FAULTS, ids=[path for _change, path in FAULTS])
def test_a_fault_is_told_by_its_path(cast: Cast, program: Program, change: dict[str, Any], path: str) -> None:
    answer = program("put", f"activities/{uuid4()}", {**record_of(cast.aonang), **change})
    assert answer.status_code == 422, answer.content.decode()
    assert path in [each["path"] for each in data_of(answer)["errors"]]
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b'{"name": "\\u0000"}', b'{"name": "\\ud800"}', b"[" * 5000, b'{"latitude": NaN}'],
)
def test_a_body_that_cannot_be_read_is_400(program: Program, body: bytes) -> None:
    answer = program.raw("put", f"activities/{uuid4()}", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_texts_are_cleaned_as_in_a_form(cast: Cast, program: Program) -> None:
    program("put", f"activities/{uuid4()}", record_of(cast.aonang, name="  เเม่​น้ำ\u202e "))
    assert Activity.objects.get().name == "แม่น้ำ"


def test_a_batch_answers_each_and_the_same_again_changes_nothing(cast: Cast, program: Program) -> None:
    sent: tuple[dict[str, Any], ...] = (
        {"uuid": str(uuid4()), "record": record_of(cast.aonang)},
        {"uuid": str(uuid4()), "record": record_of(cast.aonang, kind="nothing")},
        {"uuid": str(uuid4()), "record": {"name": "แผนเดือนหน้า"}, "submit": False},
        {"uuid": str(uuid4()), "record": record_of(cast.aonang, part="guest", host_organization_code="9")},
    )
    body = {"records": list(sent)}
    first = data_of(program("post", "activities/batch", body))["answers"]
    assert [each["result"] for each in first] == ["sent", "refused", "kept", "refused"]
    assert [each["uuid"] for each in first] == [each["uuid"] for each in sent]
    assert first[1]["errors"][0]["path"] == "/kind"
    again = data_of(program("post", "activities/batch", body))["answers"]
    assert [each["result"] for each in again] == ["same", "refused", "same", "refused"]
    assert again[0]["number"] == first[0]["number"]
    assert Activity.objects.count() == 2


def test_five_hundred_and_one_are_refused(program: Program) -> None:
    body = {"records": [{"uuid": str(uuid4()), "record": {}} for _ in range(501)]}
    assert program("post", "activities/batch", body).status_code == 422
    assert not Activity.objects.exists()


def test_the_list_goes_on_by_cursor(cast: Cast, program: Program) -> None:
    for _ in range(5):
        make_draft(cast.anong)
    make_draft(cast.chai)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = data_of(program("get", f"activities?limit=2&cursor={cursor}"))
        seen += [each["uuid"] for each in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 5
    assert data_of(program("get", "activities?status=submitted"))["items"] == []
    assert program("get", "activities?limit=0").status_code == 422
    assert data_of(program("get", "activities?changed_since=2030-01-01T00:00:00Z"))["items"] == []


def statements(program: Program, *call: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert program(*call).status_code < 300
    return len(queries)


def test_statements_do_not_grow_with_records(cast: Cast, program: Program) -> None:
    make_draft(cast.anong)
    program("get", "activities")
    one = statements(program, "get", "activities")
    for _ in range(4):
        make_draft(cast.anong)
    assert statements(program, "get", "activities") == one

    def batch(count: int) -> dict[str, Any]:
        return {"records": [{"uuid": str(uuid4()), "record": record_of(cast.aonang)} for _ in range(count)]}

    few = statements(program, "post", "activities/batch", batch(2))
    assert statements(program, "post", "activities/batch", batch(20)) <= few


def test_a_new_record_takes_few_statements(cast: Cast, program: Program) -> None:
    program("put", f"activities/{uuid4()}?submit=true", record_of(cast.aonang))
    call = ("put", f"activities/{uuid4()}?submit=true", record_of(cast.aonang, name="อีกรายการ"))
    assert statements(program, *call) <= 24
