"""A program that calls the API with a token of an office."""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from jitasa.activities.services.content import cleaned
from jitasa.activities.tests.making import full_values
from jitasa.activities.values import as_json
from jitasa.api.choices import Scope
from jitasa.api.models import ApiToken
from jitasa.api.services.tokens import issue_token
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW

ALL = list(Scope.values)


def token_for(actor: Viewer, *scopes: str, days: int = 30) -> tuple[ApiToken, str]:
    return issue_token(
        actor=actor, name="ระบบสารบรรณ", scopes=scopes or ALL, days=days, now=NOW - timedelta(days=1)
    )


class Program:
    """One token; every answer is read as JSON into ``.data``."""

    def __init__(self, token: str, **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}", **headers}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.raw(method, path, headers=headers, **sent)

    def raw(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **sent: Any
    ) -> HttpResponse:
        call = getattr(self.client, method)
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        response: HttpResponse = call(f"/api/v1/{path}", headers={**self.headers, **named}, **sent)
        return response


def data_of(response: HttpResponse) -> Any:
    return json.loads(response.content)


def record_of(office: Organization, **changes: Any) -> dict[str, Any]:
    """A record that can be sent, as a program writes it."""
    values = as_json(cleaned(full_values(office)))
    del values["host_organization_id"]
    return {**values, **changes}
