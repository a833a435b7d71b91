"""Requests made from the schema, sensible and not: no answer is 5xx, none is undocumented, each has the shape it says.

``pytest -rP -k every_answer`` prints for each operation how many requests were sent and what was answered.
"""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.api.schemas import ActivityIn
from jitasa.api.tests.calling import token_for
from jitasa.api.v1 import schema
from jitasa.compilation.services.check import differences
from jitasa.letters.models import Dispatch
from tests import things
from tests.cast import NOW, Cast
from tests.things import World

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW), pytest.mark.long]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 20  # of each operation
described = schemathesis.openapi.from_dict(schema())
FOUND: list[Any] = list(described.get_all_operations())
OPERATIONS = [each.ok() for each in FOUND]


@pytest.fixture
def known(cast: Cast, settings: Any) -> dict[str, list[Any]]:
    """Addresses of things that are there, beside those that the schema makes up."""
    settings.API_PER_MINUTE = 1_000_000
    make_lists()
    things.letter_received(World(cast), cast.aonang)
    things.letter_received(World(cast), cast.kokklang)
    asked = things.invitation(World(cast), cast.aonang)
    rows = [make_draft(cast.anong), make_sent(cast.anong), make_draft(cast.chai)]
    return {
        "uuid": [*(str(row.uuid) for row in rows), str(asked["uuid"])],
        "pk": list(Dispatch.objects.values_list("pk", flat=True)),
        "month": ["2569-11", "2569-10"],
        "name": ["kinds", "measures"],
    }


@pytest.fixture
def inside() -> Any:
    """The program itself, in this process and transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=[each.label for each in OPERATIONS])
def test_every_answer_is_as_the_schema_says(
    cast: Cast, known: dict[str, list[Any]], inside: Any, operation: Any
) -> None:
    headers = {"Authorization": f"Bearer {token_for(cast.boonmee)[1]}", "Accept-Encoding": "identity"}

    answers: Counter[int] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), place=st.integers(0, 5))
    def walk(case: Any, place: int) -> None:
        for name, values in known.items():
            if name in (case.path_parameters or {}) and place < len(values):
                case.path_parameters[name] = values[place]
        case.operation.app = inside
        response = case.call(headers=headers)
        answers[response.status_code] += 1
        case.validate_response(response, checks=CHECKS, headers=headers)

    walk()
    told = ", ".join(f"{count} × {status}" for status, count in sorted(answers.items()))
    print(f"fuzz {operation.label}: {answers.total()} requests: {told}")  # noqa: T201 (the summary)
    assert max(answers) < 500
    assert list(differences()) == []


def test_examples_of_the_schema_hold_its_shapes() -> None:
    from jsonschema_rs import validator_for

    whole = schema()
    for name, shape in whole["components"]["schemas"].items():
        checker = validator_for({"$ref": f"#/components/schemas/{name}", "components": whole["components"]})
        for example in shape.get("examples", ()):
            checker.validate(example)


def test_every_body_and_answer_has_an_example() -> None:
    whole = schema()
    shapes = whole["components"]["schemas"]

    def shown(content: Any) -> bool:
        if parts := content.get("multipart/form-data"):
            return bool(parts["schema"]["properties"].keys() == parts.get("example", {}).keys())
        found = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        return not found or bool(shapes[found.rpartition("/")[2]].get("examples"))

    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            assert shown(operation.get("requestBody", {}).get("content", {})), (method, path)
            for status, each in operation["responses"].items():
                assert shown(each.get("content", {})), (method, path, status)
    written = str(shapes["ActivityIn"]["examples"])
    assert "Beach clean-up" in written
    assert "ทำความสะอาด" in written
    sent = whole["paths"]["/api/v1/activities/{uuid}/with-photos"]["post"]["requestBody"]["content"]
    assert ActivityIn.model_validate_json(sent["multipart/form-data"]["example"]["record"]).name


def test_each_operation_says_its_answers_in_both_languages() -> None:
    for path, operations in schema()["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert " · " in operation["summary"], where
            done = [each for status, each in operation["responses"].items() if status < "300"]
            assert done, where
            for each in done:
                shape = each.get("content", {}).get("application/json", {}).get("schema", {})
                assert method == "head" or "$ref" in shape, where
            for each in operation["responses"].values():
                assert " · " in each["description"], where
