"""Tokens: made by administrators, shown once, ended at once; and the screens for it."""

import re
from datetime import timedelta
from typing import Any

import pytest

from jitasa.api.models import ApiToken
from jitasa.api.rules import TOKENS_MOST
from jitasa.api.services.tokens import issue_token, revoke_token
from jitasa.api.tests.calling import ALL, Program, data_of, token_for
from jitasa.audit.models import Entry
from jitasa.organizations.choices import Role
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast, just_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


def test_a_token_is_kept_as_a_keyed_hash_and_audited(cast: Cast) -> None:
    row, token = issue_token(
        actor=cast.boonmee, name="ระบบสารบรรณ", scopes=["letters:read"], days=30, now=NOW
    )
    assert token.startswith("jt_")
    assert token not in str(vars(row))
    assert row.expires_at == NOW + timedelta(days=30)
    entry = Entry.objects.get(verb="api.issue_token")
    assert token not in str(entry.data)
    assert entry.data["scopes"] == ["letters:read"]


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ALL, 30, "name"),
        ("ก" * 81, ALL, 30, "name"),
        ("ก", [], 30, "scopes"),
        ("ก", ["everything"], 30, "scopes"),
        ("ก", ALL, 0, "days"),
        ("ก", ALL, 367, "days"),
    ],
)
def test_what_is_wrong_with_a_token_is_said_by_field(
    cast: Cast, name: str, scopes: list[str], days: int, field: str
) -> None:
    with pytest.raises(Refusal) as caught:
        issue_token(actor=cast.boonmee, name=name, scopes=scopes, days=days, now=NOW)
    assert list(caught.value.fields) == [field]
    assert not ApiToken.objects.exists()


def test_officers_make_none_and_an_office_has_so_many(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        issue_token(actor=cast.anong, name="ก", scopes=ALL, days=1, now=NOW)
    for _ in range(TOKENS_MOST):
        token_for(cast.boonmee)
    with pytest.raises(Refusal) as caught:
        token_for(cast.boonmee)
    assert caught.value.code == "too_many_tokens"


def test_only_the_offices_own_administrator_ends_a_token(cast: Cast) -> None:
    row, _token = token_for(cast.boonmee)
    for stranger in (cast.anong, cast.chai, cast.dao, cast.fah):
        with pytest.raises(Forbidden):
            revoke_token(actor=stranger, token=row, now=NOW)
    assert revoke_token(actor=cast.boonmee, token=row, now=NOW).revoked_at == NOW
    revoke_token(actor=cast.boonmee, token=row, now=NOW + timedelta(hours=1))
    assert Entry.objects.filter(verb="api.revoke_token").count() == 1


def test_a_program_may_not_make_tokens_and_never_approves(cast: Cast) -> None:
    from jitasa.api import rules
    from jitasa.api.selectors.tokens import viewer_of_token

    row, _token = token_for(cast.boonmee)
    program = viewer_of_token(row, "127.0.0.1")
    assert not rules.may_issue_token(program)
    assert program.roles == {Role.OFFICER}
    assert program.user_name == "API ระบบสารบรรณ"
    reading, _ = token_for(cast.boonmee, "activities:read")
    assert viewer_of_token(reading, "").roles == {Role.VIEWER}


def test_the_screens_make_show_once_list_and_end(cast: Cast) -> None:
    client = cast.client("boonmee")
    made = client.post(
        "/work/api/new/", {"name": "ระบบสารบรรณ", "scopes": ["activities:write"], "days": "๓๐"}
    )
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    token = re.search(r"<kbd>(jt_[\w-]+)</kbd>", made.content.decode())
    assert token is not None
    row = ApiToken.objects.get()
    page = client.get("/work/api/").content.decode()
    assert token[1] not in page
    assert token[1][:8] in page
    assert "ยังไม่เคยใช้" in page
    assert Program(token[1])("get", "me").status_code == 200
    assert "ยังไม่เคยใช้" not in client.get("/work/api/").content.decode()
    assert client.post(f"/work/api/{row.pk}/revoke/").status_code == 302
    assert Program(token[1])("get", "me").status_code == 401


def test_a_slip_keeps_what_was_typed(cast: Cast) -> None:
    page = cast.client("boonmee").post("/work/api/new/", {"name": "ระบบสารบรรณ", "days": "999"})
    assert page.status_code == 422
    assert 'value="ระบบสารบรรณ"' in page.content.decode()
    assert not ApiToken.objects.exists()


def test_an_old_sign_in_is_asked_again_before_a_token_is_made(cast: Cast) -> None:
    client = cast.client("boonmee")
    just_signed_in(client, cast.people["boonmee"], ago=3600)
    page = client.post("/work/api/new/", {"name": "ก", "scopes": ["letters:read"], "days": "1"})
    assert page.status_code == 401
    assert not ApiToken.objects.exists()


def test_a_token_of_another_office_is_not_found(cast: Cast) -> None:
    row, _token = token_for(cast.fah)
    assert cast.client("boonmee").post(f"/work/api/{row.pk}/revoke/").status_code == 404


def test_expired_revoked_and_unknown_tokens_open_nothing(cast: Cast) -> None:
    _row, token = token_for(cast.boonmee)
    program = Program(token)
    answer = program("get", "me")
    assert answer.status_code == 200
    assert data_of(answer)["organization"]["code"] == cast.aonang.code
    assert answer["RateLimit-Limit"] == "600"
    assert answer["RateLimit-Remaining"] == "599"
    ApiToken.objects.update(expires_at=NOW)
    over = program("get", "me")
    assert (over.status_code, data_of(over)["code"]) == (401, "token")
    assert "หมดอายุ" in data_of(over)["detail"]
    assert "WWW-Authenticate" in over
    ApiToken.objects.update(revoked_at=NOW)
    assert "ยกเลิก" in data_of(program("get", "me"))["detail"]
    for text in ("", "jt_", "jt_wrong", "jt_" + "x" * 5000, "ก", token + "x"):
        assert Program(text.encode().decode("latin-1"))("get", "me").status_code == 401


def test_the_words_are_english_for_who_asks(cast: Cast) -> None:
    answer = Program("nothing", **{"Accept-Language": "en-GB,en;q=0.9"})("get", "me")
    assert answer["Content-Language"] == "en"
    assert answer["Content-Type"] == "application/problem+json"
    assert data_of(answer)["detail"].isascii() or "…" in data_of(answer)["detail"]
    assert Program("nothing")("get", "me")["Content-Language"] == "th"


def test_a_token_asks_so_often_and_is_told_when_to_come_again(cast: Cast, settings: Any) -> None:
    settings.API_PER_MINUTE = 2
    program = Program(token_for(cast.boonmee)[1])
    assert [program("get", "me").status_code for _ in range(3)] == [200, 200, 429]
    answer = program("get", "me")
    assert int(answer["Retry-After"]) <= 60
    assert answer["RateLimit-Remaining"] == "0"


def test_cookies_open_nothing_at_the_api(cast: Cast) -> None:
    client = cast.client("fah")
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert not answer.cookies
